//! What a word means, at the learners' level: from our own dictionary, else from its parts, else from WordNet by context.

use cefr::PartOfSpeech;
use course_format::Level;
use course_format::course::Proven;

use super::compose::compose;
use crate::engine::english::text::word_count;
use crate::engine::english::words::{is_function, names_people};
use crate::engine::{lexicon, wordnet};

/// Words of the longest definition (PEDAGOGY section 5).
pub fn longest(level: Level) -> usize {
    match level {
        Level::A1 => 8,
        Level::A2 | Level::B1 => 12,
        Level::B2 | Level::C1 | Level::C2 => 18,
    }
}

/// The meaning of `term` as it is used in `context`, a sentence of `text`, in words of the level; nothing where that is not sure.
pub fn define(term: &str, part: &str, level: Level, context: &str, text: &str) -> Option<Proven> {
    let own = lexicon::meaning_here(term, part, context, text).filter(|meaning| word_count(meaning) <= longest(level));
    let composed = || compose(term, level).filter(|_| part == "noun");
    let from_wordnet = || {
        let part = part_of(part).filter(|_| lexicon::entries(term).is_empty() && !term.ends_with("ing"))?;
        let found = wordnet::sense(&term.to_lowercase(), part, context)
            .filter(|found| found.is_plain() || found.is_only && level >= Level::B2)?;
        let text = if part == PartOfSpeech::Verb { format!("to {}", found.text) } else { found.text };
        at_level(&text, level).then_some(text)
    };
    Some(Proven::language(own.map(str::to_owned).or_else(composed).or_else(from_wordnet)?))
}

/// "discard the bandages" -> "to throw the bandages away": the verb's meaning with the chunk's own thing in it.
pub fn chunk(term: &str, level: Level) -> Option<Proven> {
    let (verb, object) = term.split_once(' ')?;
    let bare = object.split_once(' ').filter(|(first, _)| is_function(first)).map_or(object, |(_, rest)| rest);
    let place = [" in ", " into ", " to ", " on ", " onto ", " from ", " against ", " with "];
    if lexicon::has_senses(verb, "verb") || place.iter().any(|p| object.contains(p)) {
        return None;
    }
    let meaning = lexicon::meaning(verb, "verb", "")?;
    let slot = if names_people(bare.rsplit(' ').next()?) { "somebody" } else { "something" };
    let (before, after) = meaning.split_once(slot)?;
    let whole = before.starts_with("to ") && before.ends_with(' ') && (after.is_empty() || after.starts_with(' '));
    // "to say that something is right": there it is no thing that somebody acts on.
    let acted_on = !before.split(' ').any(|w| matches!(w, "that" | "what" | "how" | "if" | "where" | "about"));
    let once = !after.contains(slot) && (slot == "somebody" || !after.contains("somebody")) && !meaning.contains(';');
    let text = format!("{before}{object}{after}");
    (whole && acted_on && once && word_count(&text) <= longest(level)).then(|| Proven::language(text))
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
    fn a_term_with_another_sense_elsewhere_needs_its_company() {
        let balance = |context| define("balance", "noun", Level::A2, context, "").map(|d| d.text);
        assert_eq!(balance("Place the beaker on the balance.").as_deref(), Some("a machine that weighs small things"));
        assert_ne!(balance("Pay the balance.").as_deref(), Some("a machine that weighs small things"));
    }

    #[test]
    fn a_chunk_is_explained_by_its_verb_and_its_own_thing() {
        let of = |term| chunk(term, Level::B1).map(|d| d.text);
        assert_eq!(of("inspect the trailer").as_deref(), Some("to look at the trailer carefully"));
        assert_eq!(of("discard the bandages").as_deref(), Some("to throw the bandages away"));
        assert_eq!(of("inform the nurse").as_deref(), Some("to tell the nurse something"));
        assert_eq!(of("confirm the identity"), None);
    }

    #[test]
    fn a_definition_is_not_harder_than_its_readers() {
        assert!(at_level("a box for food", Level::A2));
        assert!(!at_level("an agent that inhibits the growth of microorganisms", Level::B1));
    }
}
