//! The table of easier words: one sense each, written and read by people.

use std::collections::HashMap;
use std::sync::LazyLock;

use cefr::PartOfSpeech;

use crate::engine::english::words::is_function;

/// What kind of word an entry replaces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    Verb,
    Noun,
    Adjective,
    Adverb,
    /// Words that are replaced as they stand.
    Fixed,
}

impl Part {
    /// The part of speech; fixed words have none.
    pub fn part(self) -> Option<PartOfSpeech> {
        match self {
            Self::Verb => Some(PartOfSpeech::Verb),
            Self::Noun => Some(PartOfSpeech::Noun),
            Self::Adjective => Some(PartOfSpeech::Adjective),
            Self::Adverb => Some(PartOfSpeech::Adverb),
            Self::Fixed => None,
        }
    }
}

/// What must hold around the word, so that the sense is sure.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Condition {
    Next(Vec<&'static str>),
    Before(Vec<&'static str>),
    Not(Vec<&'static str>),
    With(Vec<&'static str>),
    Object,
    Clause,
    End,
    NoArticle,
    Active,
}

/// A hard word and the easier one.
#[derive(Clone, Debug)]
pub struct Entry {
    pub part: Part,
    /// Base form; several words where the first is inflected and the others stand as they are.
    pub hard: Vec<&'static str>,
    pub easy: &'static str,
    pub conditions: Vec<Condition>,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = include_str!("synonyms.txt").lines().filter_map(entry).collect();
    entries.sort_by_key(|e| std::cmp::Reverse(e.hard.len()));
    entries
});

static BY_FIRST: LazyLock<HashMap<&'static str, Vec<&'static Entry>>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Vec<&'static Entry>> = HashMap::new();
    for entry in TABLE.iter() {
        out.entry(entry.hard[0]).or_default().push(entry);
    }
    out
});

fn entry(line: &'static str) -> Option<Entry> {
    let (part, rest) = line.split_once(' ')?;
    let part = match part {
        "v" => Part::Verb,
        "n" => Part::Noun,
        "a" => Part::Adjective,
        "r" => Part::Adverb,
        "x" => Part::Fixed,
        _ => return None,
    };
    let mut fields = rest.split(" | ");
    let (hard, easy) = fields.next()?.split_once(" = ")?;
    let conditions = fields.filter_map(condition).collect();
    Some(Entry { part, hard: hard.split(' ').collect(), easy, conditions })
}

fn condition(text: &'static str) -> Option<Condition> {
    let (name, words) = text.split_once(' ').unwrap_or((text, ""));
    let words = || words.split(' ').collect();
    Some(match name {
        "next" => Condition::Next(words()),
        "before" => Condition::Before(words()),
        "not" => Condition::Not(words()),
        "with" => Condition::With(words()),
        "object" => Condition::Object,
        "clause" => Condition::Clause,
        "end" => Condition::End,
        "nodet" => Condition::NoArticle,
        "active" => Condition::Active,
        _ => return None,
    })
}

/// The entries whose first word has this base form, longest first.
pub fn entries(lemma: &str) -> &'static [&'static Entry] {
    BY_FIRST.get(lemma).map_or(&[], Vec::as_slice)
}

/// The word of the easier wording that carries its meaning: "throw" for "discard".
pub fn easy_head(lemma: &str) -> Option<&'static str> {
    let entry = entries(lemma).iter().find(|e| e.part != Part::Fixed && e.hard.len() <= 2)?;
    entry.easy.split(' ').find(|w| !is_function(w))
}

/// The easier word as a meaning, with its part of speech: for places where it may not stand in the sentence.
pub fn easy_meaning(lemma: &str) -> Option<(Part, &'static str)> {
    entries(lemma).iter().find(|e| e.hard.len() == 1).map(|e| (e.part, e.easy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let lines = include_str!("synonyms.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(TABLE.len(), lines, "a line could not be read");
        assert!(lines >= 200);
        let fields: usize = include_str!("synonyms.txt")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split(" | ").skip(1).count())
            .sum();
        assert_eq!(TABLE.iter().map(|e| e.conditions.len()).sum::<usize>(), fields, "a condition could not be read");
    }
}
