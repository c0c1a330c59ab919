//! R1, one action a sentence.

use super::join::many_act;
use super::phrase::Mask;
use crate::engine::english::parse::{Form, is_statement, parse};
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::is_verb;

/// "Open it and add 5 mL." -> "Open it. Add 5 mL." as far as the level allows only so many actions a sentence.
pub fn actions(sentence: &str, at_most: usize) -> Option<Vec<String>> {
    if !sentence.ends_with('.') {
        return None;
    }
    let mask = Mask::of(sentence)?;
    let Form::Do(command) = parse(&mask.text) else { return None };
    let last = command.phrases.last()?;
    if command.phrases.len() <= at_most || reaches_back(last) || chooses_an_act(&mask.text) {
        return None;
    }
    let then = sentence.contains(" then ");
    let count = command.phrases.len();
    let out = command.phrases.iter().enumerate().map(|(i, phrase)| {
        let lead = if then && i + 1 == count { "then " } else { "" };
        mask.restore(&format!("{}.", capitalise(&format!("{lead}{phrase}"))))
    });
    Some(out.collect())
}

/// "call the nurse or ring the bell": a choice of acts may be one between all of them.
pub fn chooses_an_act(text: &str) -> bool {
    text.match_indices(" or ").any(|(at, or)| {
        let next = text[at + or.len()..].split([' ', '.', ',']).next().unwrap_or_default();
        is_verb(next) || next.ends_with("ing") || matches!(next, "to" | "not")
    })
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
            .any(|w| right.starts_with(w))
            || is_contracted(right);
        let apart = if joint == "; " {
            // What follows "if" up to the semicolon may hold after it.
            !left.starts_with("If ") && (stands(left) || many_act(left)) && stands(right)
        } else {
            let lower = format!(" {} ", left.to_lowercase());
            let subject = own_subject || is_statement(left) && (is_statement(right) || many_act(right));
            let right = stands(right) || many_act(right) || is_contracted(right);
            !OPEN.iter().any(|w| lower.contains(w)) && subject && stands(left) && right
        };
        if apart && !right.contains(joint) {
            return Some(vec![format!("{left}."), format!("{}.", capitalise(&format!("{lead}{right}")))]);
        }
    }
    None
}

/// "you'll know", "it's hot": a subject with its verb.
fn is_contracted(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default().replace('’', "'");
    ["'ll", "'re", "n't"].iter().any(|end| first.ends_with(end)) || matches!(first.as_str(), "it's" | "that's")
}

/// "If it is full, change it; otherwise leave it." -> "If it is full, change it. Otherwise, leave it."
fn otherwise(text: &str) -> Option<Vec<String>> {
    let (left, right) = text.split_once("; otherwise ").or_else(|| text.split_once("; otherwise, "))?;
    let single = !right.contains(';') && !left.contains(';') && word_count(right) >= 2 && word_count(left) >= 3;
    single.then(|| vec![format!("{left}."), format!("Otherwise, {}.", right.trim_start_matches(", "))])
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
        assert_eq!(
            actions("Wash your hands and put on the \"Do not disturb\" apron.", 1).unwrap(),
            ["Wash your hands.", "Put on the \"Do not disturb\" apron."]
        );
        assert_eq!(
            actions("Call the nurse or the doctor and close the door.", 1).unwrap(),
            ["Call the nurse or the doctor.", "Close the door."]
        );
    }

    #[test]
    fn what_belongs_together_stays_together() {
        for sentence in [
            "Hold the lid and turn it at the same time.",
            "Close the valve and stop the pump immediately.",
            "Label and date leftovers.",
            "Check the resident's name and photograph on the chart.",
            "Call the nurse or ring the bell.",
            "Open the door, call the nurse or ring the bell.",
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
            clauses("Keep the travel rules with you, so you'll know what to do.", 6).unwrap(),
            ["Keep the travel rules with you.", "So you'll know what to do."]
        );
        assert_eq!(
            clauses("Cancel the room two hours before; otherwise the team pays for it.", 20).unwrap(),
            ["Cancel the room two hours before.", "Otherwise, the team pays for it."]
        );
        assert_eq!(
            clauses("The lid is hot; it must stay shut.", 20).unwrap(),
            ["The lid is hot.", "It must stay shut."]
        );
    }
}
