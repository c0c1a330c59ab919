//! R20, steps joined for readers from B1 on: "After cooling the soup, seal the container." What is done first is said or
//! done first, an order stays an order, and what is joined is checked by the lock like every other wording.

mod case;
mod order;
mod pair;
mod state;
mod steps;
#[cfg(test)]
mod tests;

use course_format::Level;

use super::phrase::bare;
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::text::capitalise;
use crate::engine::english::words::is_verb;
use order::Order;

pub use case::inverted;
pub use pair::{in_one_clause, side_by_side};
pub use state::many_act;

/// A sentence that may be joined.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub text: &'a str,
    /// It sets a limit: it keeps a main clause of its own.
    pub critical: bool,
}

/// How sentences are related where they come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Bond {
    /// Steps with numbers, one after the other.
    Steps,
    /// A step and the first of the steps below it: what to do in a case that the step may show.
    Branch,
    /// Points of one list or paragraph.
    Points,
    /// A warning beside what it goes with: both keep a main clause.
    Warned,
}

/// What joins the parts of a sentence. A text that has the same joint in every line reads like a list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Joint {
    And,
    List,
    Then,
    When,
    After,
    Once,
    Having,
    Before,
    Relative,
    Whereas,
    Case,
    Semicolon,
}

/// Sentences said in one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Way {
    pub joint: Joint,
    pub text: String,
}

impl Way {
    fn new(joint: Joint, text: &str) -> Self {
        Self { joint, text: capitalise(text) }
    }
}

/// The ways to say these sentences in one, the plainest first.
pub fn ways(parts: &[Part<'_>], bond: Bond, level: Level, document: &str) -> Vec<Way> {
    let mut out = Vec::new();
    if let ([first, second], Bond::Warned) = (parts, bond) {
        return pair::warned(first.text, second.text, document);
    }
    if bond != Bond::Branch {
        let orders: Option<Vec<Order>> = parts.iter().map(Order::of_part).collect();
        out.extend(match (orders.as_deref(), bond) {
            (Some([a, b]), Bond::Steps) => steps::two(a, b, level),
            (Some([a, b, c]), Bond::Steps) => steps::three(a, b, c),
            (Some(points @ ([_, _] | [_, _, _])), _) => steps::points(points),
            _ => Vec::new(),
        });
        out.extend(steps::bans(parts));
        out.extend(state::several(parts, document));
    }
    if let [first, second] = parts {
        if bond == Bond::Steps {
            out.extend(steps::somebody_else(first, second, document));
        }
        if bond != Bond::Branch {
            out.extend(pair::relative(first.text, second.text).map(|s| Way::new(Joint::Relative, &s)));
            let said = state::two(first.text, second.text, second.critical, document);
            out.extend(said.into_iter().filter(|w| level >= Level::B2 || w.joint != Joint::Whereas));
        }
        if level >= Level::B2 {
            out.extend(case::cases(first.text, second.text));
            out.extend(case::goes_on(first.text, second.text));
        }
        if level >= Level::B2 && out.is_empty() && bond == Bond::Points {
            let apart = pair::about_one_thing(first.text, second.text, document);
            out.extend(apart.map(|s| Way::new(Joint::Semicolon, &s)));
        }
    }
    out
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
