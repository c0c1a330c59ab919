//! Noun phrases and verb chunks, found by the small words around them.

use std::collections::BTreeMap;

use super::Candidate;
use crate::engine::english::parse::Form;
use crate::engine::english::words::{base_of_third_person, is_easy, is_finite, is_function, is_noun_like, is_verb};
use crate::engine::facts::{self, Fact};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;
use course_format::sop::ClauseKind;

fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "each" | "every" | "your" | "any" | "another")
}

/// Words that end a noun phrase although they are not in every list of function words.
fn ends_phrase(word: &str) -> bool {
    const MORE: [&str; 36] = [
        "outside", "inside", "above", "below", "near", "against", "within", "across", "along", "off", "used", "using", "immediately", "first",
        "last", "itself", "around", "next", "beside", "behind", "once", "twice", "directly", "together", "back", "now", "according", "based",
        "including", "unless", "whose", "please", "regularly", "daily", "weekly", "monthly",
    ];
    is_function(word) || is_finite(word) || MORE.contains(&word) || word.ends_with("ly") || word.chars().any(|c| c.is_ascii_digit())
}

/// Noun phrases of one to three words after a determiner, with how often the document uses them.
pub(super) fn nouns(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut found: BTreeMap<String, (ClauseRef, u32, bool)> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        for term in in_text(&library.clause(*at).text) {
            let critical = is_critical(library, *at);
            let entry = found.entry(term).or_insert((*at, 0, false));
            entry.1 += 1;
            entry.2 |= critical;
        }
    }
    found
        .into_iter()
        .filter(|(term, _)| worth_teaching(term))
        .map(|(term, (at, count, critical))| {
            let words = u32::try_from(term.split(' ').count()).unwrap_or(1);
            let score = 10 * words.min(2) + 3 * count.min(4) + if critical { 6 } else { 0 };
            Candidate { term, part_of_speech: Some("noun"), definition: None, at, score }
        })
        .collect()
}

fn is_prose(library: &Library, at: ClauseRef) -> bool {
    matches!(library.clause(at).kind, ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning | ClauseKind::Fact)
}

fn worth_teaching(term: &str) -> bool {
    let words: Vec<&str> = term.split(' ').collect();
    match words.as_slice() {
        [one] => one.chars().count() >= 5 && !is_easy(one) && !is_easy(one.trim_end_matches('s')),
        _ => !words.iter().all(|w| is_easy(w)) || words.len() == 2,
    }
}

fn in_text(text: &str) -> Vec<String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if !is_determiner(&token.to_lowercase()) {
            continue;
        }
        if let Some(term) = phrase_at(&tokens[i + 1..]) {
            out.push(term);
        }
    }
    out
}

/// The words up to the next small word or punctuation mark; nothing when that is no plain noun phrase.
fn phrase_at(tokens: &[&str]) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let odd = bare.is_empty() || bare.chars().next().is_some_and(char::is_uppercase) || !token.starts_with(bare);
        let next = tokens.get(i + 1).map(|t| t.to_lowercase()).unwrap_or_default();
        let verb = base_of_third_person(&lower).is_some_and(|base| !is_noun_like(&base) || is_determiner(&next));
        if odd {
            return None;
        }
        if ends_phrase(&lower) || verb && i > 0 {
            break;
        }
        words.push(bare.to_owned());
        if token.len() != bare.len() {
            break;
        }
    }
    let participle = words.last().is_some_and(|w| w.ends_with("ed") || w.ends_with("ing") && !is_noun_ing(w));
    let ends_in_adjective = words.last().is_some_and(|w| matches!(w.as_str(), "clean" | "dry" | "empty" | "open" | "tidy" | "closed" | "full" | "unsafe" | "safe" | "hot" | "cold"));
    let first_ing = words.first().is_some_and(|w| matches!(w.as_str(), "same" | "own" | "whole" | "other" | "following" | "new" | "used"));
    ((1..=3).contains(&words.len()) && !participle && !ends_in_adjective && !first_ing).then(|| words.join(" "))
}

fn is_noun_ing(word: &str) -> bool {
    matches!(word, "reading" | "packaging" | "setting" | "heading" | "training" | "building" | "weighing" | "coating" | "lighting" | "masking" | "tubing" | "opening" | "meeting")
}

/// "record the temperature": a verb with its object, as the SOP joins them.
pub(super) fn verbs(library: &Library, facts: &[Fact]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for fact in facts {
        let (Form::Do(command) | Form::DoNot(command)) = &fact.form else { continue };
        for phrase in &command.phrases {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let Some(verb) = words.first().filter(|v| is_verb(v)) else { continue };
            let Some(determiner) = words.get(1).filter(|d| matches!(**d, "the" | "a" | "an" | "your")) else { continue };
            let Some(noun) = phrase_at(&words[2..]) else { continue };
            if noun.split(' ').count() > 2 || facts::refers_elsewhere(phrase) || is_easy(verb) && noun.split(' ').all(is_easy) {
                continue;
            }
            let term = format!("{verb} {determiner} {noun}");
            if out.iter().all(|c| c.term != term) {
                let score = 21 + if is_critical(library, fact.at) { 6 } else { 0 };
                out.push(Candidate { term, part_of_speech: Some("verb phrase"), definition: None, at: fact.at, score });
            }
        }
    }
    out.sort_by(|a, b| b.score.cmp(&a.score).then(a.at.cmp(&b.at)));
    out
}
