//! A text names nothing that its clauses do not name: no other thing, no other person, no name.

use std::collections::BTreeSet;

use cefr::PartOfSpeech::{Adverb, Function, Noun, Verb};

use super::checks::words;
use super::plain::SMALL_TALK;
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::stems;
use crate::engine::english::words::names_people;

/// Nouns that name nothing of the SOP: people and things in general, and what a class works with.
pub const GENERAL: [&str; 40] = [
    "thing",
    "things",
    "way",
    "time",
    "place",
    "work",
    "job",
    "people",
    "person",
    "colleague",
    "colleagues",
    "team",
    "staff",
    "shift",
    "day",
    "morning",
    "moment",
    "problem",
    "question",
    "answer",
    "reason",
    "rule",
    "rules",
    "step",
    "steps",
    "part",
    "end",
    "start",
    "kind",
    "number",
    "name",
    "word",
    "words",
    "example",
    "someone",
    "somebody",
    "everyone",
    "anyone",
    "lot",
    "right",
];

/// `around`: stems of the clauses that the text cites. What a question asks about may be anything of the lesson.
pub fn grounded(text: &str, around: &BTreeSet<String>, lesson: &BTreeSet<String>) -> Result<(), String> {
    let (mut content, mut shared) = (0_u32, 0_u32);
    for (_, sentence) in sentences(text) {
        let asks = sentence.ends_with('?');
        let words: Vec<&str> = words(sentence).collect();
        for (i, word) in words.iter().enumerate() {
            let own = stems(word);
            if own.is_empty() {
                continue;
            }
            content += 1;
            if own.iter().all(|s| around.contains(s)) {
                shared += 1;
            } else if names(&words, i) && !(asks && own.iter().all(|s| lesson.contains(s))) {
                return Err(format!("names “{word}”, which its clause does not"));
            }
        }
    }
    if shared * 2 < content { Err("has little in common with its clause".to_owned()) } else { Ok(()) }
}

/// Whether the word names a thing, a person or a proper name where it stands.
fn names(words: &[&str], at: usize) -> bool {
    let word = words[at];
    let lower = word.to_lowercase();
    if GENERAL.contains(&lower.as_str()) {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |p| words[p]).to_lowercase();
    let determined =
        matches!(before.as_str(), "a" | "an" | "the" | "your" | "each" | "every" | "some" | "any" | "my" | "our");
    // "once", "OK", "then" may be nouns by the list; standing alone, they are not.
    let other = [Verb, Adverb, Function].into_iter().any(|part| cefr::can_be(&lower, part))
        || SMALL_TALK.contains(&lower.as_str());
    let noun = cefr::can_be(&lower, Noun) && (!other || determined);
    let proper = at > 0 && word.chars().next().is_some_and(char::is_uppercase);
    noun || proper || names_people(word)
}
