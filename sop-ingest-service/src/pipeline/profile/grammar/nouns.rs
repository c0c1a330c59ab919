//! Noun phrases: "the number of portions", "tables, sinks and doors".

use super::{Tag, Token};
use crate::pipeline::words::{is_noun_too, is_verb};

/// How things are after something was done to them: no part of their name.
const STATES: &[&str] = &[
    "open",
    "closed",
    "shut",
    "clean",
    "dry",
    "dirty",
    "wet",
    "empty",
    "full",
    "upright",
    "clear",
    "ready",
    "locked",
    "unlocked",
    "warm",
    "cold",
    "hot",
    "cool",
    "safe",
    "tidy",
    "horizontal",
    "vertical",
    "stable",
    "visible",
    "free",
    "unattended",
    "uncovered",
    "covered",
    "sealed",
    "incomplete",
    "air-dry",
];

/// Verbs that a SOP says far more often than the nouns that look like them.
const STRONG: &[&str] = &[
    "place", "record", "check", "label", "wash", "return", "report", "store", "close", "call", "sign", "press", "note",
    "wait", "rinse", "wipe", "transfer", "repeat", "switch", "turn", "start", "stop", "notify", "put", "use",
];

/// Where the noun phrase that begins at `from` ends, without what is said of it afterwards.
pub fn simple(tokens: &[Token<'_>], from: usize) -> Option<usize> {
    let tag = |at: usize| tokens.get(at).map(|t| t.tag);
    if tag(from) == Some(Tag::Pronoun) {
        return Some(from + 1);
    }
    let (mut at, mut end) = (from, None);
    while let Some(token) = tokens.get(at) {
        match token.tag {
            Tag::Determiner if end.is_none() || token.lower.contains('\'') => {}
            Tag::Number => {
                if at > from
                    || tag(at + 1).is_none_or(|t| matches!(t, Tag::Stop | Tag::Comma | Tag::And | Tag::Preposition))
                {
                    end = Some(at + 1);
                }
            }
            Tag::Adjective => {}
            Tag::Past if end.is_none() => {}
            Tag::Gerund if at == from || end.is_none() && tag(at + 1) == Some(Tag::Noun) => {
                if tag(at + 1) != Some(Tag::Noun) {
                    end = Some(at + 1);
                }
            }
            Tag::Noun => end = Some(at + 1),
            Tag::Adverb if end.is_none() && tag(at + 1).is_some_and(|t| matches!(t, Tag::Adjective | Tag::Past)) => {}
            // "broken or missing items", "detergent / degreaser products"
            Tag::And | Tag::Comma if end.is_none() && at > from => {}
            Tag::And if token.text == "/" || token.text == "&" && tag(at + 1) == Some(Tag::Noun) => {}
            _ => break,
        }
        at += 1;
    }
    // "the patient", "the safe": a word that says how things are may name one.
    let named = at > from + 1 && tag(from) == Some(Tag::Determiner) && tag(at - 1) == Some(Tag::Adjective);
    end.map(|end| without_state(tokens, from, end)).or(named.then_some(at))
}

/// "the door open" is about the door.
fn without_state(tokens: &[Token<'_>], from: usize, end: usize) -> usize {
    let last = &tokens[end - 1];
    let named = end - from >= 2 && tokens[end - 2].tag == Tag::Noun;
    if named && STATES.contains(&last.lower.as_str()) && !matches!(tokens[end - 2].lower.as_str(), "water" | "air") {
        end - 1
    } else {
        end
    }
}

/// The whole phrase: with "of …", names in brackets, "that …" and what is joined by commas and "and".
pub fn whole(tokens: &[Token<'_>], from: usize) -> Option<usize> {
    let end = said_of_it(tokens, simple(tokens, from)?);
    Some(joined(tokens, end))
}

fn said_of_it(tokens: &[Token<'_>], mut end: usize) -> usize {
    while let Some(token) = tokens.get(end) {
        let more = match token.tag {
            Tag::Preposition if token.lower == "of" => simple(tokens, amount(tokens, end + 1)),
            Tag::Open => bracket(tokens, end),
            Tag::Relative if token.lower != "whose" => Some(relative(tokens, end)),
            _ => None,
        };
        match more {
            Some(more) if more > end => end = more,
            _ => break,
        }
    }
    end
}

/// "of less than 1 litre": where the number stands.
fn amount(tokens: &[Token<'_>], from: usize) -> usize {
    let limits = |at: &usize| {
        tokens.get(*at).is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "less" | "more" | "fewer" | "than" | "at" | "least" | "most" | "up" | "to" | "about"
            )
        })
    };
    let number = (from..from + 4).find(|at| !limits(at)).unwrap_or(from);
    if tokens.get(number).is_some_and(|t| t.tag == Tag::Number) { number } else { from }
}

/// "Incident Response (IR) Team": a bracket inside of a name.
fn bracket(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let close = open + tokens[open..].iter().position(|t| t.tag == Tag::Close)?;
    let inside = &tokens[open + 1..close];
    let acronym = matches!(inside, [one] if one.text.chars().all(char::is_uppercase));
    match tokens.get(close + 1)?.tag {
        Tag::Noun if acronym => simple(tokens, close + 1),
        Tag::And
            if inside.len() <= 2 && tokens.get(close + 2).is_some_and(|t| t.tag == Tag::Noun && !is_verb(&t.lower)) =>
        {
            simple(tokens, close + 2)
        }
        _ => None,
    }
}

/// "that weigh over 40 kg": up to the end of the clause.
fn relative(tokens: &[Token<'_>], from: usize) -> usize {
    let ends = |at: usize| {
        let token = &tokens[at];
        matches!(token.tag, Tag::Stop | Tag::Comma | Tag::Open | Tag::Subordinator)
            || token.tag == Tag::And && tokens.get(at + 1).is_some_and(|n| is_verb(&n.lower) && n.tag == Tag::Verb)
    };
    (from + 1..tokens.len()).find(|at| ends(*at)).unwrap_or(tokens.len())
}

/// "tables, sinks and doors": the names after the first one belong to it where no verb stands among them.
fn joined(tokens: &[Token<'_>], first: usize) -> usize {
    let (mut end, mut commas) = (first, first);
    while let Some(token) = tokens.get(commas) {
        let and = match token.tag {
            Tag::And if token.lower != "then" => true,
            Tag::Comma => tokens.get(commas + 1).is_some_and(|t| t.tag == Tag::And && t.lower != "then"),
            _ => break,
        };
        let from = commas + 1 + usize::from(and && token.tag == Tag::Comma);
        if is_deed(tokens, from, and && token.tag == Tag::Comma) {
            break;
        }
        let Some(next) = simple(tokens, from) else { break };
        let next = said_of_it(tokens, next);
        // What is followed by a verb is the subject of another clause.
        if tokens.get(next).is_some_and(|t| matches!(t.tag, Tag::Be | Tag::Modal | Tag::Have | Tag::Verb | Tag::Do)) {
            break;
        }
        commas = next;
        if and || closes_list(tokens, next) {
            end = next;
        }
    }
    end
}

/// A list without "and" ends where the sentence does, or where something else is said.
fn closes_list(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_none_or(|t| matches!(t.tag, Tag::Stop | Tag::Open))
}

/// "and sign the log": another action. "and tap water": another thing.
fn is_deed(tokens: &[Token<'_>], at: usize, after_comma: bool) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let next = tokens.get(at + 1);
    let opens = next.is_some_and(|n| {
        matches!(
            n.tag,
            Tag::Determiner | Tag::Pronoun | Tag::Number | Tag::Preposition | Tag::To | Tag::Question | Tag::Relative
        )
    });
    let shouted = next.is_some_and(|n| n.text.len() > 1 && n.text.chars().all(char::is_uppercase));
    match token.tag {
        Tag::Verb | Tag::Adverb | Tag::Not | Tag::Do | Tag::Be | Tag::Modal => true,
        Tag::Noun if is_verb(&token.lower) && token.text.starts_with(char::is_lowercase) => {
            let strong = after_comma || STRONG.contains(&token.lower.as_str());
            let thing = next.is_some_and(|n| matches!(n.tag, Tag::Noun | Tag::Adjective));
            let of = next.is_some_and(|n| n.lower == "of");
            !is_noun_too(&token.lower) || opens && !of || shouted || strong && thing
        }
        _ => false,
    }
}
