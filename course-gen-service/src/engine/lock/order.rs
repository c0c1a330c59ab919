//! The actions of a text in the order in which they are done.

use super::concept;
use super::span::{Part, orders, parts};
use super::token::{Kind, Token};
use crate::engine::english::words::{base_of_participle, is_verb};

/// Concepts of the verbs, in the order of time: "Before closing it, wipe it" is wipe, close.
pub fn actions(sentences: &[Vec<Token>]) -> Vec<String> {
    sentences.iter().flat_map(|s| of_sentence(s)).collect()
}

fn of_sentence(tokens: &[Token]) -> Vec<String> {
    let parts = parts(tokens);
    let orders = orders(tokens, &parts);
    let mut done: Vec<String> = Vec::new();
    let mut later: Vec<String> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let Some(verb) = verb(tokens, &orders, at) else { continue };
        let concept = concept::of_word(&verb);
        match part {
            Part::Case | Part::Other => {}
            Part::Before if done.is_empty() => later.push(concept),
            Part::After if !done.is_empty() => done.insert(done.len() - 1, concept),
            Part::Main | Part::Before | Part::After => done.push(concept),
        }
    }
    done.extend(later);
    done
}

/// The base of the verb that stands here, if it is something to do.
fn verb(tokens: &[Token], orders: &[usize], at: usize) -> Option<String> {
    let token = &tokens[at];
    if token.kind != Kind::Word {
        return None;
    }
    if orders.contains(&at) {
        return Some(token.text.clone());
    }
    let lemma = cefr::lemma(&token.text);
    let before: Vec<&Token> =
        tokens[..at].iter().rev().filter(|t| !t.is_one_of(&["not", "always", "be", "also"])).take(1).collect();
    let after_modal = before.iter().any(|t| t.is_one_of(&["must", "should", "may", "can", "shall", "you", "to"]));
    if after_modal && is_verb(&token.text) {
        return Some(token.text.clone());
    }
    let after_joint = before.iter().any(|t| t.is_one_of(&["before", "after", "by", "once", "without"]));
    if after_joint && token.text.ends_with("ing") && is_verb(&lemma) {
        return Some(lemma);
    }
    let passive = at > 0 && tokens[at - 1].is("be") && base_of_participle(&token.text).is_some();
    passive.then_some(lemma)
}

#[cfg(test)]
mod tests {
    use super::super::token::sentences;
    use super::*;

    #[test]
    fn time_decides_and_not_the_place_in_the_sentence() {
        let expected = actions(&sentences("Wipe the lid. Close it."));
        assert_eq!(expected.len(), 2);
        for text in [
            "Before closing the lid, wipe it.",
            "Wipe the lid before you close it.",
            "Close the lid after wiping it.",
            "First wipe the lid. Then close it.",
        ] {
            assert_eq!(actions(&sentences(text)), expected, "{text}");
        }
        assert_ne!(actions(&sentences("Close the lid. Wipe it.")), expected);
    }
}
