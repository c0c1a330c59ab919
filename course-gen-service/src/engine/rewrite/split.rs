//! R1, one action a sentence.

use super::join::many_act;
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
pub fn reaches_back(phrase: &str) -> bool {
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

/// Words whose clause may go on after the joint.
const OPEN: [&str; 12] = [
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
];

/// "The lid is hot, and the tray is heavy." -> two sentences, where both halves stand on their own.
pub fn clauses(sentence: &str, words: usize) -> Option<Vec<String>> {
    let text = sentence.strip_suffix('.')?;
    if let Some(parts) = otherwise(text) {
        return Some(parts);
    }
    if text.contains(['(', '“', '"', ':']) {
        return None;
    }
    for (joint, lead) in [("; ", ""), (", and ", ""), (", but ", "But "), (", so ", "So ")] {
        // A semicolon parts two sentences, however short they are.
        if joint != "; " && word_count(text) <= words {
            continue;
        }
        let Some((left, right)) = text.split_once(joint) else { continue };
        let own_subject = ["the ", "a ", "an ", "all ", "this ", "these ", "it ", "they ", "you ", "do not ", "we "]
            .iter()
            .any(|w| right.starts_with(w));
        let apart = if joint == "; " {
            // What follows "if" up to the semicolon may hold after it.
            !left.starts_with("If ") && (stands(left) || many_act(left)) && stands(right)
        } else {
            let lower = format!(" {} ", left.to_lowercase());
            let subject = own_subject || is_statement(left) && (is_statement(right) || many_act(right));
            !OPEN.iter().any(|w| lower.contains(w)) && subject && stands(left) && (stands(right) || many_act(right))
        };
        if apart && !right.contains(joint) {
            return Some(vec![format!("{left}."), format!("{}.", capitalise(&format!("{lead}{right}")))]);
        }
    }
    None
}

/// "If it is full, change it; otherwise leave it." -> "If it is full, change it. Otherwise, leave it."
fn otherwise(text: &str) -> Option<Vec<String>> {
    let (left, right) = text.split_once("; otherwise ").or_else(|| text.split_once("; otherwise, "))?;
    let single = !right.contains(';') && !left.contains(';') && word_count(right) >= 2;
    (single && left.starts_with("If "))
        .then(|| vec![format!("{left}."), format!("Otherwise, {}.", right.trim_start_matches(", "))])
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
            "Check the resident's name and photograph on the chart.",
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
        assert_eq!(
            clauses("Plans are checked by the team every day, and tickets are checked every week.", 6).unwrap(),
            ["Plans are checked by the team every day.", "Tickets are checked every week."]
        );
        assert_eq!(clauses("Write the date, the ward, and your name on the label of the box.", 6), None);
        assert_eq!(clauses("If the lid is hot, and the tray is heavy, stop.", 6), None);
        assert_eq!(clauses("The lid is hot, and the tray is heavy.", 20), None);
        assert_eq!(
            clauses("The lid is hot; it must stay shut.", 20).unwrap(),
            ["The lid is hot.", "It must stay shut."]
        );
    }
}
