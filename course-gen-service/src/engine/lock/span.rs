//! Which part of a sentence is a condition, a time or a reason, and which part says what to do.

use super::token::{Kind, Token};
use crate::engine::english::part::is_preposition;
use crate::engine::english::words::{
    can_open_an_order, is_finite, is_function, is_noun_like, is_verb, needs_no_object,
};

/// What opens a part that is not the main clause.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    Main,
    /// if, when, unless, should it ...; a question that is a case
    Case,
    /// before, until
    Before,
    /// after, once
    After,
    /// because, so that, that, which, who
    Other,
}

/// The part that each token belongs to.
pub fn parts(tokens: &[Token]) -> Vec<Part> {
    if tokens.iter().any(|t| t.is("?")) {
        return vec![Part::Case; tokens.len()];
    }
    let mut out = Vec::with_capacity(tokens.len());
    let mut now = if inverted_should(tokens) { Part::Case } else { Part::Main };
    for (i, token) in tokens.iter().enumerate() {
        let ends = token.is_one_of(&[",", ":", ")", "-"]) || token.is("then");
        if ends && now != Part::Main {
            out.push(now);
            now = Part::Main;
            continue;
        }
        if let Some(part) = opener(tokens, i) {
            now = part;
        }
        out.push(now);
    }
    out
}

fn opener(tokens: &[Token], at: usize) -> Option<Part> {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    match token.text.as_str() {
        "if" | "unless" | "whenever" | "where" | "provided" | "whether" => Some(Part::Case),
        "when" | "while" | "whilst" | "case" if token.is("case") == (at > 0 && tokens[at - 1].is("in")) => {
            Some(Part::Case)
        }
        // "in the event of a fire", "in the event that it fails"
        "event"
            if at > 1
                && tokens[at - 1].is("the")
                && tokens[at - 2].is("in")
                && next.is_some_and(|t| t.is_one_of(&["of", "that"])) =>
        {
            Some(Part::Case)
        }
        "before" | "until" | "prior" => Some(Part::Before),
        "after" | "once" if !next.is_some_and(|t| t.is_one_of(&["a", "per", "every"])) => Some(Part::After),
        "because" | "since" | "that" | "which" | "who" | "so" | "whose" => Some(Part::Other),
        _ => None,
    }
}

/// "Should a reading fall outside the range, ..."
fn inverted_should(tokens: &[Token]) -> bool {
    let words: Vec<&Token> = tokens.iter().filter(|t| t.kind != Kind::Sign).take(2).collect();
    matches!(words[..], [first, second] if first.is("should") && !is_verb(&second.text))
}

/// Verbs in the base form that tell somebody to do something, with their places: "open", "do not rub" -> "rub".
pub fn orders(tokens: &[Token], parts: &[Part]) -> Vec<usize> {
    (0..tokens.len()).filter(|at| parts[*at] == Part::Main && is_order(tokens, parts, *at)).collect()
}

const MODALS: [&str; 10] = ["must", "should", "may", "might", "can", "cannot", "could", "will", "would", "shall"];

fn is_order(tokens: &[Token], parts: &[Part], at: usize) -> bool {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    let auxiliary = token.is("do") && next.is_some_and(|n| n.is_one_of(&["not", "you", "i", "we", "they"]));
    // "are kept in the box and must not be used": a modal gives no order by itself, it is counted as what it is.
    let modal = token.is_one_of(&MODALS);
    if token.kind != Kind::Word || auxiliary || modal || !can_open_an_order(&token.text) {
        return false;
    }
    let sure = !is_noun_like(&token.text) || next.is_some_and(|n| followed_as_a_verb(&token.text, n));
    match start_before(tokens, parts, at) {
        Some(Start::Sentence) => {
            !next.is_some_and(|n| is_finite(&n.text) && !n.is("do") || n.is("of")) && !finite_follows(tokens, parts, at)
        }
        Some(Start::Joint) => sure,
        None => false,
    }
}

enum Start {
    Sentence,
    Joint,
}

/// What stands before a verb that makes it the beginning of an order; cue words and adverbs are skipped.
fn start_before(tokens: &[Token], parts: &[Part], at: usize) -> Option<Start> {
    let mut i = at;
    // After "do not" a word that may be a noun ("count", "label") is an order.
    let denied = at >= 2 && tokens[at - 1].is("not") && tokens[at - 2].is("do");
    loop {
        let Some(before) = i.checked_sub(1).map(|b| &tokens[b]) else { return Some(Start::Sentence) };
        let cue = before.is_one_of(&[
            "then",
            "first",
            "next",
            "finally",
            "please",
            "always",
            "also",
            "now",
            "never",
            "not",
            "do",
            "afterwards",
        ]) || before.kind == Kind::Word && before.text.ends_with("ly") && before.text.len() > 4;
        if cue {
            i -= 1;
        } else if before.is_one_of(&[",", ":", "and", "or", "but", "-", "&", "andor"]) {
            let opens = i >= 2 && parts[i - 1] != Part::Main || before.is_one_of(&[":", "-"]);
            return Some(if opens || denied { Start::Sentence } else { Start::Joint });
        } else {
            return None;
        }
    }
}

fn finite_follows(tokens: &[Token], parts: &[Part], at: usize) -> bool {
    (at + 1..tokens.len())
        .take_while(|i| parts[*i] == Part::Main && !tokens[*i].is_one_of(&[",", "and", "but"]))
        .any(|i| is_finite(&tokens[i].text) && !tokens[i].is_one_of(&["do", "does"]))
}

fn followed_as_a_verb(verb: &str, next: &Token) -> bool {
    let other = ["of", "is", "are", "must", "should", "may", "and", "or", "for"];
    let listed = is_function(&next.text) && !next.is_one_of(&other);
    next.kind == Kind::Number || listed && (!is_preposition(&next.text.to_lowercase()) || needs_no_object(verb))
}
