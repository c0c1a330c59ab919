//! Which things are of one kind, so that a reader could take one for the other: a fridge and a freezer, not a fridge and a fee.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use cefr::PartOfSpeech;

use super::FILES;
use super::files::{Files, Sense};

/// Senses of a word that count, and the steps up to a wider term.
const SENSES: usize = 2;
const STEPS: usize = 4;

/// One sense: its words, its field, and the wider terms above it, the nearest first.
#[derive(Clone, Debug)]
struct Kind {
    words: Vec<String>,
    domain: u32,
    above: Vec<u64>,
    above_words: Vec<String>,
}

type Kinds = HashMap<String, Vec<Kind>>;
static SEEN: LazyLock<Mutex<Kinds>> = LazyLock::new(|| Mutex::new(Kinds::new()));

/// Whether two nouns name things of one kind and neither of them can stand for the other.
pub fn alike(a: &str, b: &str) -> bool {
    shared(a, b).is_some()
}

/// The same for things that can be seen and touched, people and places: there a wrong word is a wrong act.
pub fn alike_in_the_hand(a: &str, b: &str) -> bool {
    // objects, food, places, people, substances
    shared(a, b).is_some_and(|domain| matches!(domain, 6 | 13 | 15 | 18 | 27))
}

/// The field that the two share.
fn shared(a: &str, b: &str) -> Option<u32> {
    let files = FILES.as_ref()?;
    let (first, second) = (kinds(files, a), kinds(files, b));
    let (a, b) = (base(a), base(b));
    let stands_for =
        |kinds: &[Kind], word: &String| kinds.iter().any(|k| k.words.contains(word) || k.above_words.contains(word));
    if a == b || stands_for(&first, &b) || stands_for(&second, &a) {
        return None;
    }
    let pairs = first.iter().flat_map(|x| second.iter().map(move |y| (x, y)));
    let mut same = pairs.filter(|(x, y)| x.domain == y.domain && x.above.iter().any(|k| y.above.contains(k)));
    same.next().map(|(x, _)| x.domain)
}

fn base(word: &str) -> String {
    cefr::lemma(&word.to_lowercase())
}

fn kinds(files: &Files, word: &str) -> Vec<Kind> {
    let base = base(word);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.entry(base.clone()).or_insert_with(|| {
        let mut senses = files.senses(&base, PartOfSpeech::Noun);
        senses.sort_by_key(|s| std::cmp::Reverse(s.count));
        senses.iter().take(SENSES).map(|s| kind(files, s)).collect()
    });
    seen.get(&base).cloned().unwrap_or_default()
}

fn kind(files: &Files, sense: &Sense) -> Kind {
    let mut out = Kind { words: small(&sense.words), domain: sense.domain, above: Vec::new(), above_words: Vec::new() };
    let mut next = sense.wider;
    while let Some(offset) = next.filter(|_| out.above.len() < STEPS) {
        let Some(wider) = files.sense_at(PartOfSpeech::Noun, offset) else { break };
        let words = small(&wider.words);
        if words.iter().any(|w| says_nothing(w)) {
            break;
        }
        out.above.push(offset);
        out.above_words.extend(words);
        next = wider.wider;
    }
    out
}

fn small(words: &[String]) -> Vec<String> {
    words.iter().map(|w| w.replace('_', " ").to_lowercase()).collect()
}

/// Terms so wide that things below them have little in common.
fn says_nothing(word: &str) -> bool {
    const WIDE: [&str; 34] = [
        "entity",
        "physical entity",
        "abstraction",
        "abstract entity",
        "object",
        "whole",
        "unit",
        "artifact",
        "matter",
        "substance",
        "thing",
        "group",
        "grouping",
        "relation",
        "attribute",
        "psychological feature",
        "event",
        "act",
        "activity",
        "action",
        "state",
        "communication",
        "causal agent",
        "instrumentality",
        "device",
        "part",
        "property",
        "quality",
        "cognition",
        "content",
        "process",
        "phenomenon",
        "material",
        "commodity",
    ];
    WIDE.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_one_kind_could_be_confused_and_others_could_not() {
        if super::super::version() == "none" {
            return;
        }
        for (a, b) in [("box", "bag"), ("gloves", "aprons")] {
            assert!(alike(a, b) || alike(b, a), "{a} {b}");
        }
        for (a, b) in [("sheet", "temperature"), ("medicines", "hands"), ("tubes", "cracks"), ("resident", "pharmacy")]
        {
            assert!(!alike(a, b), "{a} {b}");
        }
        assert!(!alike("oversight", "supervision"), "one stands for the other");
    }
}
