//! What a word is about, whatever its form: "discarded" and "throw away" are one concept, "removal" and "remove" too.

use rust_stemmers::{Algorithm, Stemmer};

use super::token::{Kind, Token};
use crate::engine::english::words::is_function;
use crate::engine::rewrite::synonym;

/// Words that carry a meaning of their own for the lock's own checks and therefore are not content.
const OTHER: [&str; 29] = [
    "not",
    "never",
    "without",
    "unless",
    "only",
    "except",
    "away",
    "andor",
    "make",
    "sure",
    "immediately",
    "once",
    "first",
    "then",
    "next",
    "finally",
    "need",
    "needs",
    "needed",
    "required",
    "allowed",
    "permitted",
    "forbidden",
    "prohibited",
    "banned",
    "ensure",
    "exceed",
    "exceeds",
    "prior",
];

/// The concept of a word, or nothing for words that only hold a sentence together.
pub fn of(token: &Token) -> Option<String> {
    if token.kind != Kind::Word || is_function(&token.text) || OTHER.contains(&token.text.as_str()) {
        return None;
    }
    Some(of_word(&token.text))
}

/// The concept of a word in any form.
pub fn of_word(word: &str) -> String {
    let lemma = match cefr::lemma(word).as_str() {
        "entry" => "enter".to_owned(),
        "loss" => "lose".to_owned(),
        lemma => lemma.to_owned(),
    };
    let easy = synonym::easy_head(word).or_else(|| synonym::easy_head(&lemma)).unwrap_or(&lemma);
    Stemmer::create(Algorithm::English).stem(&cefr::lemma(easy)).into_owned()
}

/// The concepts of a sentence, in order.
pub fn all(tokens: &[Token]) -> Vec<String> {
    tokens.iter().filter_map(of).collect()
}
