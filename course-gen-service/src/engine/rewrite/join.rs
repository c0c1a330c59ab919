//! R20, steps joined for readers from B1 on: "After cooling the soup, seal the container." What is done first is said or
//! done first, an order stays an order, and what is joined is checked by the lock like every other wording.

mod order;
mod pair;
#[cfg(test)]
mod tests;

use course_format::Level;

use super::phrase::bare;
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::text::capitalise;
use crate::engine::english::words::is_verb;
use order::Order;
use pair::{cases, relative, statements};

pub use pair::{in_one_clause, many_act};

/// A sentence that may be joined.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub text: &'a str,
    /// It sets a limit: it keeps a main clause of its own.
    pub critical: bool,
}

/// The ways to say these sentences in one, in the order in which they are to be tried. `turn` varies the first of them.
pub fn ways(parts: &[Part<'_>], ordered: bool, level: Level, document: &str, turn: usize) -> Vec<String> {
    let orders: Option<Vec<Order>> = parts.iter().map(Order::of_part).collect();
    let mut out = match (orders.as_deref(), ordered) {
        (Some([a, b]), true) => steps(a, b, level),
        (Some([a, b, c]), true) => three_steps(a, b, c),
        (Some([a, b]), false) => rules(a, b, level),
        _ => Vec::new(),
    };
    if !out.is_empty() {
        let by = turn % out.len();
        out.rotate_left(by);
    }
    if let [first, second] = parts {
        out.extend(relative(first.text, second.text));
        out.extend(statements(first.text, second.text, document));
        if level >= Level::B2 {
            out.extend(cases(first.text, second.text));
        }
    }
    out.into_iter().map(|s| capitalise(&s)).collect()
}

fn steps(a: &Order, b: &Order, level: Level) -> Vec<String> {
    let mut out = Vec::new();
    if !b.is_step() {
        return out;
    }
    if a.is_finished() {
        if level >= Level::B2 {
            out.push(format!("after {}, {}.", a.doing(), b.text));
            out.push(format!("once you have {}, {}.", a.done(), b.text));
        } else {
            out.push(format!("when you have {}, {}.", a.done(), b.text));
            out.push(format!("after {}, {}.", a.doing(), b.text));
        }
        if level >= Level::B2 {
            out.push(format!("having {}, {}.", a.done(), b.text));
        }
    }
    if b.is_finished() && b.phrases.len() == 1 && a.phrases.len() == 1 && a.is_step() && !a.tied() {
        out.push(format!("{} before {}.", a.text, b.doing()));
    }
    if a.is_step() && !a.is_open() && !b.is_open() {
        out.push(format!("{}, and then {}.", a.text, b.text));
    }
    out
}

fn three_steps(a: &Order, b: &Order, c: &Order) -> Vec<String> {
    let single = a.phrases.len() == 1 && b.phrases.len() == 1 && c.phrases.len() == 1;
    if !single || !a.is_finished() || !b.is_step() || !c.is_step() || b.tied() || c.tied() {
        return Vec::new();
    }
    let mut out = vec![format!("after {}, {}, and then {}.", a.doing(), b.text, c.text)];
    if b.is_finished() {
        out.push(format!("once you have {} and {}, {}.", a.done(), b.done(), c.text));
    }
    out
}

fn rules(a: &Order, b: &Order, level: Level) -> Vec<String> {
    if a.tied() || b.tied() || a.phrases.len() + b.phrases.len() > 3 {
        return Vec::new();
    }
    let mut out = vec![format!("{}, and {}.", a.text, b.text)];
    if level >= Level::B2 && a.phrases.len() == 1 && !a.critical {
        out.push(format!("as well as {}, {}.", a.doing(), b.text));
    }
    out
}

/// "If a reading is high, close the valve." -> "Should a reading be high, close the valve."
pub fn inverted(sentence: &str) -> Option<String> {
    let (condition, rest) = sentence.strip_prefix("If ")?.split_once(", ")?;
    let words: Vec<&str> = condition.split(' ').collect();
    let be = words.iter().position(|w| matches!(*w, "is" | "are"))?;
    let subject = &words[..be];
    let plain = (1..=6).contains(&be)
        && matches!(subject[0], "the" | "a" | "an" | "any" | "it" | "your")
        && !subject.iter().any(|w| matches!(*w, "that" | "which" | "who" | "and" | "or"))
        && !condition.contains(" and ")
        && !words[be + 1..].iter().any(|w| matches!(*w, "is" | "are" | "has" | "have"));
    let orders = matches!(parse(rest), Form::Do(_) | Form::DoNot(_));
    (plain && orders && be + 1 < words.len())
        .then(|| format!("Should {} be {}, {rest}", subject.join(" "), words[be + 1..].join(" ")))
}

/// "Next, open the valve.": a word that leads from the sentence before to an order.
pub fn led(sentence: &str, cue: &str) -> Option<String> {
    let first = sentence.split(' ').next()?;
    let order = matches!(parse(sentence), Form::Do(_)) && !bare(first).to_lowercase().ends_with("ly");
    let step = Order::of(sentence).is_none_or(|o| o.is_step());
    let free = !["First", "Then", "Next", "Finally", "After", "Once", "When", "If", "Before", "Having", "Always", "As"]
        .iter()
        .any(|w| bare(first) == *w);
    let small = format!("{}{}", first.to_lowercase(), &sentence[first.len()..]);
    (order && step && free && is_verb(&first.to_lowercase())).then(|| format!("{cue} {small}"))
}
