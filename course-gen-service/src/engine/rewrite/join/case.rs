//! Conditions beside each other and beside what they follow.

use super::order::Order;
use super::state::declares;
use super::{Joint, Way};
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::sentence::sentences;
use crate::engine::english::words::{base_of_third_person, is_noun_like, is_verb};
use crate::engine::rewrite::phrase::Mask;

/// "If A, do X." with nothing that another part could be taken into.
fn is_case(sentence: &str) -> bool {
    let plain = sentence.starts_with("If ") && sentence.ends_with('.') && !sentence.contains([';', '?', '!', '→']);
    let mask = Mask::of(sentence).filter(|m| plain && !m.text.contains(": ") && sentences(sentence).len() == 1);
    mask.is_some_and(|m| matches!(parse(&m.text), Form::When { .. }))
}

/// "If A, do X. If B, do Y." -> "If A, do X; if B, do Y."
pub fn cases(first: &str, second: &str) -> Vec<Way> {
    let Some(rest) = second.strip_prefix("If ").filter(|_| is_case(first) && is_case(second)) else {
        return Vec::new();
    };
    let start = first.trim_end_matches('.');
    let apart = Way::new(Joint::Semicolon, &format!("{start}; if {rest}"));
    // Behind two orders ", and if" would hang on their "and".
    if start.contains(" and ") {
        return vec![apart];
    }
    vec![apart, Way::new(Joint::Case, &format!("{start}, and if {rest}"))]
}

/// "Check the cover. If it is wet, replace it." -> "Check the cover, and if it is wet, replace it."
pub fn goes_on(first: &str, second: &str) -> Vec<Way> {
    let Some(rest) = second.strip_prefix("If ").filter(|_| is_case(second)) else { return Vec::new() };
    let order = Order::of(first);
    let free = order.as_ref().map_or_else(|| declares(first), |o| !o.leaves_open());
    if !free {
        return Vec::new();
    }
    let apart = Way::new(Joint::Semicolon, &format!("{}; if {rest}", first.trim_end_matches('.')));
    let joined = order.map(|o| Way::new(Joint::Case, &format!("{}, and if {rest}", o.text)));
    joined.into_iter().chain([apart]).collect()
}

/// "If a reading is high, close the valve." -> "Should a reading be high, close the valve."
pub fn inverted(sentence: &str) -> Option<String> {
    let (condition, rest) = sentence.strip_prefix("If ")?.split_once(", ")?;
    let words: Vec<&str> = condition.split(' ').collect();
    let orders = matches!(parse(rest), Form::Do(_) | Form::DoNot(_));
    let single = !condition.contains(" and ") && !condition.contains(" or ");
    let (at, verb) = words.iter().enumerate().skip(1).find_map(|(at, w)| Some((at, base(&words, at, w)?)))?;
    let subject = &words[..at];
    let plain = (1..=6).contains(&at)
        && matches!(subject[0], "the" | "a" | "an" | "any" | "it" | "you" | "your")
        && !subject.iter().any(|w| matches!(*w, "that" | "which" | "who"))
        && !words[at + 1..].iter().any(|w| matches!(*w, "is" | "are" | "has" | "have"));
    (plain && single && orders && at + 1 < words.len())
        .then(|| format!("Should {} {verb} {}, {rest}", subject.join(" "), words[at + 1..].join(" ")))
}

/// The base form of the verb of a condition, where the word is one for sure: "is", "reports", "(you) find".
fn base(words: &[&str], at: usize, word: &str) -> Option<String> {
    let you = words[0] == "you" && at == 1;
    match word {
        "is" | "are" => Some("be".to_owned()),
        "do" | "does" | "has" | "have" => None,
        _ if you => is_verb(word).then(|| word.to_owned()),
        _ => base_of_third_person(word).filter(|b| !is_noun_like(b) && is_verb(b)),
    }
}
