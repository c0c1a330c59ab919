//! Words: level, frequency, base form, and "unknown" as an answer of its own.
//!
//! A listed word has the level of the list. A word that the list only calls "C2, by default" and a word that is not
//! listed at all have a level by their frequency. An inflected form is never harder than its base, a derived form is a
//! little harder than what it is made from.

use serde::{Deserialize, Serialize};

use crate::classes::Classes;
use crate::level::Level;
use crate::morphology::{self, Form};
use crate::table::{self, Entry, Group};

/// A part of speech, as far as word levels differ by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfSpeech {
    Noun,
    Verb,
    Adjective,
    Adverb,
    /// Articles, pronouns, prepositions, conjunctions, interjections.
    Function,
}

/// How the level of a word came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// Listed, itself or its base form.
    Known,
    /// Not listed, but frequent enough to be judged by frequency.
    ByFrequency,
    /// Made from a known word by a prefix or suffix.
    Derived,
    /// Made from known words by hyphens; as hard as the hardest.
    Compound,
    /// A number, in digits.
    Number,
    /// No level can be given.
    Unknown,
}

/// What is known of a word form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Base form in lower case; the form itself when no base is known.
    pub lemma: String,
    pub form: Form,
    /// 1.0 (A1) to 6.0 (C2); none for numbers and unknown words.
    pub score: Option<f32>,
    pub level: Option<Level>,
    /// log10 of occurrences in a billion words: 6 is very common, below 3 is rare, 0 is not known.
    pub zipf: f32,
    pub kind: WordKind,
}

/// Everything known of a word form, in any part of speech.
///
/// ```
/// let word = cefr::word("Washing");
/// assert_eq!(word.lemma, "wash");
/// assert_eq!(word.level, Some(cefr::Level::A1));
/// assert_eq!(cefr::word("grolbat").level, None);
/// ```
pub fn word(form: &str) -> Word {
    let lower = form.trim().to_lowercase().replace('’', "'");
    if lower.starts_with(|c: char| c.is_numeric()) {
        return Word { lemma: lower, form: Form::Base, score: None, level: None, zipf: 0.0, kind: WordKind::Number };
    }
    let entry = table::get(&lower);
    let found = score_of(&lower, entry);
    let (lemma, grammatical) = base(&lower).unwrap_or_else(|| (lower.clone(), Form::Base));
    let zipf = entry.map_or(0.0, Entry::zipf);
    let (score, kind) = match found {
        Some((score, kind)) => (Some(score), kind),
        None => match compound(&lower) {
            Some(score) => (Some(score), WordKind::Compound),
            None => (None, WordKind::Unknown),
        },
    };
    Word { lemma, form: grammatical, score, level: score.map(Level::from_score), zipf, kind }
}

/// The level of a word form in one part of speech; in any, where the list does not tell them apart.
pub fn word_as(form: &str, part: PartOfSpeech) -> Word {
    let mut word = word(form);
    let group = match part {
        PartOfSpeech::Noun => Group::Noun,
        PartOfSpeech::Verb => Group::Verb,
        PartOfSpeech::Adjective => Group::Adjective,
        PartOfSpeech::Adverb => Group::Adverb,
        PartOfSpeech::Function => Group::Function,
    };
    let listed = table::get(&word.lemma).and_then(|entry| entry.level_as(group));
    let by_default = word.score.is_some_and(|score| score < FALLBACK) && listed.is_some_and(|level| level >= FALLBACK);
    if let Some(score) = listed.filter(|_| !by_default) {
        word.score = Some(score);
        word.level = Some(Level::from_score(score));
    }
    word
}

/// The level of a word form, if it has one.
pub fn level(form: &str) -> Option<Level> {
    word(form).level
}

/// Zipf frequency of a word form: 6 is very common, below 3 is rare, 0 is not known.
pub fn zipf(form: &str) -> f32 {
    table::get(&form.to_lowercase()).map_or(0.0, Entry::zipf)
}

/// The base form of a word, in lower case: "children" -> "child", "stopped" -> "stop".
pub fn lemma(form: &str) -> String {
    word(form).lemma
}

/// Whether the word can be this part of speech, by the list.
pub fn can_be(form: &str, part: PartOfSpeech) -> bool {
    let word = word_as(form, part);
    let group = match part {
        PartOfSpeech::Noun => Group::Noun,
        PartOfSpeech::Verb => Group::Verb,
        PartOfSpeech::Adjective => Group::Adjective,
        PartOfSpeech::Adverb => Group::Adverb,
        PartOfSpeech::Function => Group::Function,
    };
    [form, word.lemma.as_str()]
        .into_iter()
        .any(|w| table::get(&w.to_lowercase()).is_some_and(|entry| entry.can_be(group)))
}

/// Number of word forms with a record of their own.
pub fn word_count() -> usize {
    table::len()
}

/// From here up the list says "C2" of every word it has no better knowledge of.
const FALLBACK: f32 = 5.5;

/// The level of a lower-case word whose record is `entry`.
pub(crate) fn score_of(lower: &str, entry: Option<Entry>) -> Option<(f32, WordKind)> {
    let own = entry.and_then(entry_score);
    match own {
        Some((score, _)) if score <= 2.0 => own,
        _ => {
            let base = base_score(lower);
            match (own, base) {
                (Some((a, _)), Some((b, kind))) if b < a => Some((b, kind)),
                (None, base) => base.or_else(|| derived(lower)),
                (Some((a, WordKind::ByFrequency)), _) => derived(lower).filter(|found| found.0 < a).or(own),
                _ => own,
            }
        }
    }
}

fn entry_score(entry: Entry) -> Option<(f32, WordKind)> {
    match listed_level(entry) {
        Some(level) if level < FALLBACK => Some((level, WordKind::Known)),
        _ if entry.zipf() >= 1.0 => Some((level_by_frequency(entry.zipf()), WordKind::ByFrequency)),
        Some(level) => Some((level.min(6.0), WordKind::Known)),
        None => None,
    }
}

/// The level by the list. Common words are met in their easiest use; of rare words that is not known.
fn listed_level(entry: Entry) -> Option<f32> {
    let (mean, easiest) = (entry.listed()?, entry.easiest()?);
    let common = (entry.zipf() - 3.5).clamp(0.0, 1.0);
    Some(common * easiest + (1.0 - common) * mean)
}

/// Zipf frequencies and the levels that words of such frequency have in the middle.
const BY_FREQUENCY: [(f32, f32); 7] =
    [(5.6, 1.0), (5.2, 1.5), (4.7, 2.2), (4.1, 3.2), (3.6, 4.0), (3.0, 5.0), (2.4, 6.0)];

fn level_by_frequency(zipf: f32) -> f32 {
    let mut above = BY_FREQUENCY[0];
    if zipf >= above.0 {
        return above.1;
    }
    for point in BY_FREQUENCY {
        if zipf >= point.0 {
            let share = (above.0 - zipf) / (above.0 - point.0).max(f32::EPSILON);
            return above.1 + share * (point.1 - above.1);
        }
        above = point;
    }
    above.1
}

/// The base form of a lower-case word, when it is a word of the right kind.
pub(crate) fn base(lower: &str) -> Option<(String, Form)> {
    if Classes::of(lower).has(Classes::FUNCTION)
        && !matches!(
            lower,
            "has" | "had" | "having" | "does" | "did" | "is" | "are" | "was" | "were" | "been" | "being" | "am"
        )
    {
        return None;
    }
    match lower {
        "is" | "am" | "are" => return Some(("be".to_owned(), Form::ThirdPerson)),
        "being" => return Some(("be".to_owned(), Form::Ing)),
        "has" => return Some(("have".to_owned(), Form::ThirdPerson)),
        "does" => return Some(("do".to_owned(), Form::ThirdPerson)),
        _ => {}
    }
    if matches!(lower, "news" | "lens" | "always" | "perhaps" | "series" | "species" | "thing" | "morning" | "evening")
    {
        return None;
    }
    if let Some((base, form)) = morphology::irregular_base(lower) {
        return Some((base.to_owned(), form));
    }
    let own = table::get(lower);
    let (base, form) = morphology::regular_base(lower, |base, form| fits(base, form, own))?;
    let plural_of_verb = form == Form::Plural && !table::get(&base).is_some_and(|entry| entry.can_be(Group::Noun));
    Some((base, if plural_of_verb { Form::ThirdPerson } else { form }))
}

/// Whether `base` is a word that has this form.
fn fits(base: &str, form: Form, inflected: Option<Entry>) -> bool {
    let Some(entry) = table::get(base) else {
        return false;
    };
    let frequent_enough = entry.zipf() >= 2.0 && inflected.is_none_or(|own| entry.zipf() + 1.2 >= own.zipf());
    let group = match form {
        Form::Plural | Form::ThirdPerson => entry.can_be(Group::Noun) || entry.can_be(Group::Verb),
        Form::Comparative | Form::Superlative => {
            (entry.can_be(Group::Adjective) || entry.can_be(Group::Adverb))
                && inflected.is_none_or(|own| !own.can_be(Group::Noun) && !own.can_be(Group::Verb))
        }
        _ => entry.can_be(Group::Verb),
    };
    frequent_enough && group
}

fn base_score(lower: &str) -> Option<(f32, WordKind)> {
    let irregular = morphology::irregular_base(lower).and_then(|(base, _)| table::get(base)).and_then(entry_score);
    if irregular.is_some() {
        return irregular;
    }
    let own = table::get(lower);
    let mut found = None;
    morphology::regular_base(lower, |base, form| {
        if fits(base, form, own) {
            found = table::get(base).and_then(entry_score);
        }
        found.is_some()
    });
    found
}

/// Prefixes and suffixes, what stands in their place, and how much harder they make a word.
const SUFFIXES: &[(&str, &[&str], f32)] = &[
    ("ily", &["y"], 0.5),
    ("ly", &["", "le"], 0.5),
    ("ness", &["", "y"], 1.0),
    ("less", &[""], 1.0),
    ("ful", &[""], 0.5),
    ("able", &["", "e"], 1.0),
    ("er", &["", "e"], 0.5),
    ("ers", &["", "e"], 0.5),
    ("ment", &[""], 1.0),
    ("proof", &[""], 1.0),
];
const PREFIXES: &[(&str, f32)] =
    &[("un", 1.0), ("re", 0.5), ("non", 0.5), ("over", 1.0), ("pre", 1.0), ("dis", 1.0), ("mis", 1.0)];

fn derived(lower: &str) -> Option<(f32, WordKind)> {
    let known = |base: &str| table::get(base).filter(|entry| entry.zipf() >= 3.0).and_then(entry_score);
    let harder = |(score, _): (f32, WordKind), by: f32| ((score + by).min(6.0), WordKind::Derived);
    for &(suffix, endings, by) in SUFFIXES {
        let Some(stem) = lower.strip_suffix(suffix).filter(|stem| stem.len() >= 3) else {
            continue;
        };
        for ending in endings {
            if let Some(found) = with_ending(stem, ending, known) {
                return Some(harder(found, by));
            }
        }
    }
    for &(prefix, by) in PREFIXES {
        let stem = lower.strip_prefix(prefix).filter(|stem| stem.len() >= 4);
        if let Some(found) = stem.and_then(|stem| known(stem).or_else(|| base_score(stem))) {
            return Some(harder(found, by));
        }
    }
    None
}

fn with_ending<T>(stem: &str, ending: &str, look_up: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut buffer = [0u8; 48];
    let target = buffer.get_mut(..stem.len() + ending.len())?;
    target[..stem.len()].copy_from_slice(stem.as_bytes());
    target[stem.len()..].copy_from_slice(ending.as_bytes());
    look_up(std::str::from_utf8(target).ok()?)
}

fn compound(lower: &str) -> Option<f32> {
    if !lower.contains('-') {
        return None;
    }
    let mut hardest = None;
    for part in lower.split('-').filter(|part| !part.is_empty()) {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let (score, _) = score_of(part, table::get(part))?;
        hardest = Some(score.max(hardest.unwrap_or(1.0)));
    }
    hardest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_easy_and_technical_words_are_hard() {
        for easy in ["hand", "wash", "children", "went", "dog", "water", "dries", "biggest"] {
            assert!(level(easy) <= Some(Level::A2), "{easy} {:?}", word(easy));
        }
        for hard in ["disinfectant", "corrosive", "autoclave", "calibration", "forklift", "notwithstanding"] {
            assert!(level(hard) >= Some(Level::B2), "{hard} {:?}", word(hard));
        }
    }

    #[test]
    fn unknown_words_numbers_and_compounds_are_told_apart() {
        assert_eq!(word("blorptang").kind, WordKind::Unknown);
        assert_eq!(word("20").kind, WordKind::Number);
        assert_eq!(word("food-safe").kind, WordKind::Compound);
        assert_eq!(word("").kind, WordKind::Unknown);
    }

    #[test]
    fn lemmas_are_base_forms() {
        for (form, expected) in [
            ("stopped", "stop"),
            ("used", "use"),
            ("children", "child"),
            ("dries", "dry"),
            ("was", "be"),
            ("boxes", "box"),
            ("this", "this"),
            ("bus", "bus"),
            ("thing", "thing"),
            ("glass", "glass"),
            ("is", "be"),
        ] {
            assert_eq!(lemma(form), expected, "{form}");
        }
    }

    #[test]
    fn a_part_of_speech_changes_the_level() {
        assert!(word_as("record", PartOfSpeech::Noun).score.is_some());
        assert!(can_be("record", PartOfSpeech::Verb) && !can_be("hygiene", PartOfSpeech::Verb));
    }
}
