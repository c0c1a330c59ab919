//! What is negated or restricted, and to which word it belongs.

use super::concept;
use super::literal::Literal;
use super::token::{Kind, Token};

/// A word that turns the meaning round or narrows it, and the concepts that stand right after it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Turn {
    pub sign: Sign,
    /// The next concept, which it applies to.
    pub on: Option<String>,
    /// The concepts of the sentence that follow it, near ones first.
    pub near: Vec<String>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Sign {
    Not,
    Without,
    Only,
    Except,
    Instead,
}

/// The turns of a sentence; "no" inside "no more than 5" belongs to the number.
pub fn turns(tokens: &[Token], literals: &[Literal]) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if literals.iter().any(|l| (l.from..l.to).contains(&at)) {
            continue;
        }
        let Some(sign) = sign(tokens, at) else { continue };
        let own = token.text.strip_prefix("un").filter(|_| UN.contains(&token.text.as_str())).map(concept::of_word);
        let near: Vec<String> = own
            .into_iter()
            .chain(tokens[at + 1..].iter().take_while(|t| !t.is(",")).filter_map(concept::of))
            .take(4)
            .collect();
        if token.is("forbidden") || token.is("prohibited") || token.is("banned") {
            let before: Vec<String> = tokens[..at].iter().rev().filter_map(concept::of).take(4).collect();
            out.push(Turn { sign, on: before.first().cloned(), near: before });
            continue;
        }
        // "unless the light is green" is "if the light is not green": the word that it applies to is open.
        let on = near.first().filter(|_| !token.is("unless")).cloned();
        out.push(Turn { sign, on, near });
    }
    out
}

/// "unsure" is "not sure".
const UN: [&str; 6] = ["unsure", "unable", "unsafe", "unclear", "uncertain", "unavailable"];

fn sign(tokens: &[Token], at: usize) -> Option<Sign> {
    let token = &tokens[at];
    if token.kind != Kind::Word {
        return None;
    }
    Some(match token.text.as_str() {
        "not" | "never" | "no" | "none" | "neither" | "nor" | "unless" | "nobody" | "nothing" | "forbidden"
        | "prohibited" | "banned" => Sign::Not,
        word if UN.contains(&word) => Sign::Not,
        "without" => Sign::Without,
        "only" | "solely" | "exclusively" => Sign::Only,
        "except" | "excluding" => Sign::Except,
        "instead" | "rather" => Sign::Instead,
        _ => return None,
    })
}
