//! What a word means, at the learners' level: from our own list of words of work, else from WordNet by context.

use std::sync::LazyLock;

use cefr::PartOfSpeech;
use course_format::Level;
use course_format::course::Proven;

use crate::engine::english::text::{contains_word, word_count};
use crate::engine::english::words::is_function;
use crate::engine::wordnet;

/// One line of the list.
struct Entry {
    term: &'static str,
    part: &'static str,
    meaning: &'static str,
    /// Words one of which must stand near it, for a term that has another sense elsewhere.
    near: Vec<&'static str>,
}

static WORKPLACE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    include_str!("workplace.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split(" | ");
            let (term, part, meaning) = (fields.next()?, fields.next()?, fields.next()?);
            Some(Entry { term, part, meaning, near: fields.next().map(|n| n.split(' ').collect()).unwrap_or_default() })
        })
        .collect()
});

/// Longest definition (PEDAGOGY section 5).
fn longest(level: Level) -> usize {
    match level {
        Level::A1 => 8,
        Level::A2 | Level::B1 => 12,
        Level::B2 | Level::C1 | Level::C2 => 18,
    }
}

/// The meaning of `term` as it is used in `context`, in words of the level; nothing where that is not sure.
pub fn define(term: &str, part: &str, level: Level, context: &str) -> Option<Proven> {
    let lower = term.to_lowercase();
    let own = listed(&lower, part, context).filter(|meaning| word_count(meaning) <= longest(level));
    let from_wordnet = || {
        let found = wordnet::sense(&lower, part_of(part)?, context)?;
        at_level(&found.text, level).then_some(found.text)
    };
    let text = own.or_else(from_wordnet)?;
    Some(Proven::language(text))
}

/// From the list: the term itself, or its singular.
pub fn listed(term: &str, part: &str, context: &str) -> Option<String> {
    let singular = term.strip_suffix('s').unwrap_or(term);
    let context = context.to_lowercase();
    let fits = |e: &&Entry| {
        e.part == part
            && (e.term == term || e.term == singular && part == "noun")
            && (e.near.is_empty()
                || e.near.iter().any(|near| contains_word(&context, near) || context.contains(&format!(" {near}"))))
    };
    WORKPLACE.iter().find(fits).map(|e| e.meaning.to_owned())
}

/// Whether the list knows the term in any sense: such words are worth teaching.
pub fn is_listed(term: &str, part: &str) -> bool {
    let singular = term.strip_suffix('s').unwrap_or(term);
    WORKPLACE.iter().any(|e| e.part == part && (e.term == term || e.term == singular))
}

pub fn is_exactly_listed(term: &str, part: &str) -> bool {
    WORKPLACE.iter().any(|e| e.part == part && e.term == term)
}

fn part_of(name: &str) -> Option<PartOfSpeech> {
    match name {
        "noun" => Some(PartOfSpeech::Noun),
        "verb" => Some(PartOfSpeech::Verb),
        "adjective" => Some(PartOfSpeech::Adjective),
        "adverb" => Some(PartOfSpeech::Adverb),
        _ => None,
    }
}

/// Short enough, and no word harder than the learners' own.
fn at_level(text: &str, level: Level) -> bool {
    let limit = level.score() + 0.45;
    word_count(text) <= longest(level)
        && text
            .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
            .filter(|w| !w.is_empty())
            .all(|word| is_function(word) || cefr::word(word).score.is_some_and(|score| score <= limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_short_and_easy_enough_for_its_level() {
        for entry in WORKPLACE.iter() {
            assert!(word_count(entry.meaning) <= 12, "{}", entry.term);
            let stem: String = entry.term.chars().take(6).collect();
            let circular = entry.term.len() > 5 && !entry.term.contains(' ') && entry.meaning.contains(&stem);
            assert!(!circular, "{} explains itself", entry.term);
        }
    }

    #[test]
    fn a_term_with_another_sense_elsewhere_needs_its_company() {
        let balance = |context| define("balance", "noun", Level::A2, context).map(|d| d.text);
        assert_eq!(balance("Place the beaker on the balance.").as_deref(), Some("a machine that weighs small things"));
        assert_ne!(balance("Pay the balance.").as_deref(), Some("a machine that weighs small things"));
    }

    #[test]
    fn a_definition_is_not_harder_than_its_readers() {
        assert!(at_level("a box for food", Level::A2));
        assert!(!at_level("an agent that inhibits the growth of microorganisms", Level::B1));
    }
}
