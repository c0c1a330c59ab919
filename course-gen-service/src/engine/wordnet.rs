//! What a word means, from WordNet 3.0: the sense that fits the text, or nothing.
//!
//! The engine's only files. Debian's `wordnet-base` puts them in `/usr/share/wordnet`; `WORDNET_DIR` names another
//! folder. Where they are absent no word has a sense, and [`version`] says so.

mod files;
mod kinds;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use cefr::PartOfSpeech;

use super::english::text::stems;
use files::{Files, Sense};

pub use kinds::{alike, alike_in_the_hand};

/// A sense, as WordNet words it.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Base form of the word.
    pub lemma: String,
    pub part: PartOfSpeech,
    pub text: String,
    /// The word has no other sense.
    pub is_only: bool,
}

impl Definition {
    /// Short, and in words that are no riddle themselves.
    pub fn is_plain(&self) -> bool {
        const WORDS: usize = 8;
        let words: Vec<&str> = self.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        words.len() <= WORDS && words.iter().all(|w| cefr::word(w).score.is_some_and(|score| score <= 3.2))
    }
}

static FILES: LazyLock<Option<Files>> = LazyLock::new(|| {
    let folder = std::env::var_os("WORDNET_DIR").unwrap_or_else(|| "/usr/share/wordnet".into());
    Files::open(Path::new(&folder)).ok()
});

/// For the quality report: which dictionary took part.
pub fn version() -> &'static str {
    if FILES.is_some() { "WordNet 3.0" } else { "none" }
}

/// The sense of `word` in `context`, the clause and what stands around it. Nothing where two senses are about as likely:
/// a wrong sense is worse than none.
pub fn sense(word: &str, part: PartOfSpeech, context: &str) -> Option<Definition> {
    let files = FILES.as_ref()?;
    let lower = word.to_lowercase();
    let lemma = [cefr::lemma(&lower), lower].into_iter().find(|w| !files.senses(w, part).is_empty())?;
    let senses = files.senses(&lemma, part);
    let mut around = stems(context);
    around.retain(|stem| !stems(&lemma).contains(stem));
    let chosen = choose(files, part, &senses, &around)?;
    let text = plain(&chosen.gloss)?;
    (!stems(&text).iter().any(|s| same_family(s, &lemma))).then_some(Definition {
        lemma,
        part,
        text,
        is_only: senses.len() == 1,
    })
}

/// Whether WordNet knows the word in this part of speech at all.
pub fn knows(word: &str, part: PartOfSpeech) -> bool {
    FILES.as_ref().is_some_and(|files| !files.senses(&word.to_lowercase(), part).is_empty())
}

/// The first sense where the others are rare, otherwise the one whose definition, examples and wider term share words
/// with the context, by a clear margin.
fn choose(files: &Files, part: PartOfSpeech, senses: &[Sense], around: &BTreeSet<String>) -> Option<Sense> {
    if let [only] = senses {
        return Some(only.clone());
    }
    let total: u32 = senses.iter().map(|s| s.count).sum();
    let mut scored: Vec<(f32, &Sense)> = senses
        .iter()
        .enumerate()
        .map(|(rank, sense)| {
            let prior = (sense.count as f32 + 0.5) / (total as f32 + 0.5 * senses.len() as f32);
            let first = if rank == 0 { 0.25 } else { 0.0 };
            (3.0 * prior + first + shared(files, part, sense, around) + at_work(sense), sense)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, second) = (scored.first()?, scored.get(1)?);
    (best.0 - second.0 >= 1.8).then(|| best.1.clone())
}

/// Rare shared words weigh more than frequent ones.
fn shared(files: &Files, part: PartOfSpeech, sense: &Sense, around: &BTreeSet<String>) -> f32 {
    let mut own = stems(&sense.gloss);
    own.extend(sense.words.iter().flat_map(|w| stems(&w.replace('_', " "))));
    if let Some(wider) = sense.wider.and_then(|offset| files.sense_at(part, offset)) {
        own.extend(wider.words.iter().flat_map(|w| stems(&w.replace('_', " "))));
    }
    own.intersection(around).map(|word| (6.5 - cefr::zipf(word)).clamp(0.3, 3.0) * 0.5).sum::<f32>().min(3.0)
}

/// What instructions at work speak of, and what they hardly ever do. Numbers are WordNet's lexicographer files.
fn at_work(sense: &Sense) -> f32 {
    const SPECIAL: [&str; 16] = [
        "(music",
        "(sport",
        "(baseball",
        "(football",
        "(cricket",
        "(chess",
        "(law",
        "(grammar",
        "(linguistics",
        "(poker",
        "(heraldry",
        "(theology",
        "(astronomy",
        "(botany",
        "(zoology",
        "(slang",
    ];
    let lower = sense.gloss.to_lowercase();
    if SPECIAL.iter().any(|s| lower.starts_with(s)) {
        return -2.0;
    }
    match sense.domain {
        // objects, food, substances; actions with the body and on things; what people do and say at work
        6 | 13 | 27 | 35 => 0.4,
        // animals, parts of the body, plants, feelings, shapes of land, heraldry and myths
        5 | 8 | 12 | 16 | 17 | 20 | 37 => -1.0,
        _ => 0.0,
    }
}

/// The definition without examples, brackets and second thoughts.
fn plain(gloss: &str) -> Option<String> {
    let definition = gloss.split("; \"").next().unwrap_or(gloss).split(';').next().unwrap_or(gloss);
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in definition.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let text = out.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
    let text = text.trim_matches([' ', ':', ',', '"']).to_owned();
    (text.split(' ').count() >= 2 && depth == 0).then_some(text)
}

/// "disinfect" explains nothing about "disinfectant".
fn same_family(stem: &str, lemma: &str) -> bool {
    lemma.split(' ').any(|word| {
        let common = stem.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        common >= 5 || common >= 3 && common == stem.chars().count().min(word.chars().count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_and_remarks_are_no_definition() {
        assert_eq!(
            plain("(used of walls) a barrier that keeps people out; \"the fence\"").as_deref(),
            Some("a barrier that keeps people out")
        );
        assert_eq!(plain("(music)"), None);
    }

    #[test]
    fn a_word_does_not_explain_its_own_family() {
        assert!(same_family("disinfect", "disinfectant"));
        assert!(!same_family("kill", "disinfectant"));
    }

    #[test]
    fn where_two_senses_are_as_likely_there_is_none() {
        if version() == "none" {
            return;
        }
        assert_eq!(sense("range", PartOfSpeech::Noun, "Note it."), None);
        let disinfectant = sense("disinfectant", PartOfSpeech::Noun, "Spray the worktop with disinfectant.");
        assert!(disinfectant.is_some_and(|d| d.text.contains("microorganisms")));
        assert_eq!(sense("xyzzy", PartOfSpeech::Noun, ""), None);
    }
}
