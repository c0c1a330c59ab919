//! R1, one action a sentence.

use crate::engine::english::parse::{Form, is_statement, parse};
use crate::engine::english::text::{capitalise, word_count};

/// "Open it and add 5 mL." -> "Open it. Add 5 mL." as far as the level allows only so many actions a sentence.
pub fn actions(sentence: &str, at_most: usize) -> Option<Vec<String>> {
    if !sentence.ends_with('.') {
        return None;
    }
    let Form::Do(command) = parse(sentence) else { return None };
    let last = command.phrases.last()?;
    if command.phrases.len() <= at_most || reaches_back(last) || sentence.contains(" or ") {
        return None;
    }
    let then = sentence.contains(" then ");
    let count = command.phrases.len();
    let out = command.phrases.iter().enumerate().map(|(i, phrase)| {
        let lead = if then && i + 1 == count { "then " } else { "" };
        format!("{}.", capitalise(&format!("{lead}{phrase}")))
    });
    Some(out.collect())
}

/// A time or condition at the end may be meant for everything before it.
fn reaches_back(phrase: &str) -> bool {
    const WORDS: [&str; 14] = [
        "at once",
        "same time",
        "immediately",
        " if ",
        " unless ",
        " when ",
        " before ",
        " after ",
        " every ",
        " each ",
        "daily",
        "weekly",
        "together",
        " while ",
    ];
    let phrase = format!(" {phrase} ");
    WORDS.iter().any(|w| phrase.contains(w))
}

/// "The lid is hot, and the tray is heavy." -> two sentences, where both halves stand on their own.
pub fn clauses(sentence: &str, words: usize) -> Option<Vec<String>> {
    let text = sentence.strip_suffix('.')?;
    if word_count(text) <= words || text.contains(['(', '“', '"', ':']) {
        return None;
    }
    for (joint, lead) in [("; ", ""), (", and ", ""), (", but ", "But "), (", so ", "So ")] {
        let Some((left, right)) = text.split_once(joint) else { continue };
        let lower = format!(" {} ", left.to_lowercase());
        let open = [
            " if ",
            " when ",
            " unless ",
            " before ",
            " after ",
            " until ",
            " that ",
            " which ",
            " who ",
            " because ",
            " while ",
            " once ",
        ]
        .iter()
        .any(|w| lower.contains(w));
        let own_subject = ["the ", "a ", "an ", "all ", "this ", "these ", "it ", "they ", "you ", "do not ", "we "]
            .iter()
            .any(|w| right.starts_with(w));
        if !open && own_subject && stands(left) && stands(right) && !right.contains(joint) {
            return Some(vec![format!("{left}."), format!("{}.", capitalise(&format!("{lead}{right}")))]);
        }
    }
    None
}

fn stands(text: &str) -> bool {
    is_statement(text) || matches!(parse(text), Form::Do(_) | Form::DoNot(_) | Form::Duty { .. } | Form::Role { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_action_a_sentence() {
        assert_eq!(actions("Open the tube and add 5 mL.", 1).unwrap(), ["Open the tube.", "Add 5 mL."]);
        assert_eq!(actions("Stop work, close the room and go to the desk.", 1).unwrap().len(), 3);
        assert_eq!(actions("Open the tube and add 5 mL.", 2), None);
    }

    #[test]
    fn what_belongs_together_stays_together() {
        for sentence in [
            "Hold the lid and turn it at the same time.",
            "Close the valve and stop the pump immediately.",
            "Label and date leftovers.",
            "Call the nurse or ring the bell.",
            "Wash the tray and dry it if it is wet.",
        ] {
            assert_eq!(actions(sentence, 1), None, "{sentence}");
        }
    }

    #[test]
    fn two_statements_become_two_sentences() {
        assert_eq!(
            clauses("The lid is hot, and the tray is heavy.", 6).unwrap(),
            ["The lid is hot.", "The tray is heavy."]
        );
        assert_eq!(clauses("If the lid is hot, and the tray is heavy, stop.", 6), None);
        assert_eq!(clauses("The lid is hot, and the tray is heavy.", 20), None);
    }
}
