//! Word lists that the rules read: plain text files, one kind of word each.

use std::{collections::HashSet, sync::LazyLock};

type Words = LazyLock<HashSet<&'static str>>;

macro_rules! word_lists {
    ($($name:ident = $file:literal;)+) => {
        $(static $name: Words = LazyLock::new(|| include_str!(concat!("words/", $file, ".txt")).split_whitespace().collect());)+
    };
}

word_lists! {
    VERBS = "verbs";
    NOUNS_TOO = "nouns_too";
    NOUN_PHRASE_OPENERS = "noun_phrase_openers";
    ADJECTIVES = "adjectives";
    PREPOSITIONS = "prepositions";
    FUNCTION_WORDS = "function_words";
    AUXILIARIES = "auxiliaries";
    ADVERBS = "adverbs";
    ROLES = "roles";
    GIVEN_NAMES = "given_names";
    GIVEN_NAMES_TOO = "given_names_too";
    THINGS = "things";
    DOCUMENT_WORDS = "document_words";
    EQUIPMENT_WORDS = "equipment_words";
    SUBSTANCE_WORDS = "substance_words";
    PLAIN_WORDS = "plain_words";
}

/// A word that tells people what to do when it opens a sentence ("remove", "check").
pub fn is_verb(word: &str) -> bool {
    VERBS.contains(word) || NOUNS_TOO.contains(word)
}

/// A verb that is as often a noun or adjective ("check", "label", "clean").
pub fn is_noun_too(word: &str) -> bool {
    NOUNS_TOO.contains(word)
}

/// A word that begins a noun phrase. What stands before it, at the start of a sentence, is a verb.
pub fn opens_noun_phrase(word: &str) -> bool {
    NOUN_PHRASE_OPENERS.contains(word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// A word that says how a thing is.
pub fn is_adjective(word: &str) -> bool {
    ADJECTIVES.contains(word)
}

/// Prepositions and particles that follow a verb.
pub fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(word)
}

/// Words that are never a command: pronouns, articles, conjunctions, question words, auxiliaries.
pub fn is_function_word(word: &str) -> bool {
    is_preposition(word) || FUNCTION_WORDS.contains(word)
}

pub fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(word)
}

/// Adverbs that may stand before a command.
pub fn is_opening_adverb(word: &str) -> bool {
    const VERBS_IN_LY: [&str; 7] = ["apply", "supply", "reply", "comply", "rely", "multiply", "assembly"];
    ADVERBS.contains(word) || (word.len() > 4 && word.ends_with("ly") && !VERBS_IN_LY.contains(&word))
}

/// A job or group of people, by the last word of its name.
pub fn is_role(name: &str) -> bool {
    let head = name.split(['(', ',']).next().unwrap_or_default();
    let last = head.split_whitespace().last().unwrap_or_default().to_lowercase();
    ROLES.contains(last.strip_suffix('s').unwrap_or(&last))
}

/// A given name that is no other word ("Maria").
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word) && !GIVEN_NAMES_TOO.contains(word)
}

/// A given name that is as often something else ("Mark", "Grace").
pub fn is_given_name_too(word: &str) -> bool {
    GIVEN_NAMES_TOO.contains(word)
}

/// Words that end the names of places, companies and methods, and never that of a person.
pub fn is_thing(word: &str) -> bool {
    THINGS.contains(word.to_lowercase().as_str())
}

/// The last word of the name of a record, form or sign.
pub fn is_document_word(word: &str) -> bool {
    DOCUMENT_WORDS.contains(word)
}

/// The last word of the name of a machine, tool, vessel or programme.
pub fn is_equipment_word(word: &str) -> bool {
    EQUIPMENT_WORDS.contains(word)
}

/// The last word of the name of a material.
pub fn is_substance_word(word: &str) -> bool {
    SUBSTANCE_WORDS.contains(word)
}

/// A word that every SOP uses and that names nothing in particular ("procedure", "available").
pub fn is_plain_word(word: &str) -> bool {
    PLAIN_WORDS.contains(word)
}
