use super::*;
use crate::engine::english::text::word_count;
use crate::engine::test_sop::library;

#[test]
fn entries_under_do_not_say_so_themselves() {
    let library = library(
        "Rules",
        &["# Do not", "! Eat in the kitchen.", "- Wear rings.", "- Do not run.", "# Do", "- Wash the pans."],
    );
    let said: Vec<Option<String>> = library.clauses().map(|at| under_a_ban(&library, at).map(|ban| ban.text)).collect();
    assert_eq!(
        said,
        [None, Some("Do not eat in the kitchen.".to_owned()), Some("Do not wear rings.".to_owned()), None, None, None]
    );
}

fn woven(lines: &[&str], level: Level, words: usize) -> Vec<(Option<String>, LineRole, String)> {
    let library = library("Work", lines);
    let lines: Vec<(ClauseRef, ReadingLine)> = library
        .clauses()
        .map(|at| {
            let (role, label) = match library.kind(at) {
                ClauseKind::Heading => (LineRole::Heading, None),
                ClauseKind::Warning => (LineRole::Warning, None),
                ClauseKind::Step => (LineRole::Step, library.step(at).map(|(_, s)| s.number[0].to_string())),
                _ => (LineRole::Rule, None),
            };
            (at, ReadingLine { id: Uuid::nil(), label, role, text: library.quote(at) })
        })
        .collect();
    let loom = weave::Loom::of(&library, &lines, level);
    loom.woven(words).into_iter().map(|l| (l.label, l.role, l.text.text)).collect()
}

const STEPS: [&str; 8] = [
    "# Closing",
    "1 Print the daily report.",
    "2 Take the drawer to the office.",
    "3 Sort the coins by value.",
    "4 Seal the white bag.",
    "5 Write the date on the bag.",
    "6 Carry the bag to the safe.",
    "! Never leave the bag on the desk.",
];

#[test]
fn steps_become_prose_with_their_numbers_and_with_varied_joints() {
    let said = woven(&STEPS, Level::B2, 11);
    let labels: Vec<&str> = said.iter().filter_map(|(label, ..)| label.as_deref()).collect();
    assert_eq!(labels, ["1, 2", "3, 4", "5, 6"]);
    let texts: Vec<&str> = said[1..4].iter().map(|(.., text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "After printing the daily report, take the drawer to the office.",
            "Next, sort the coins by value before sealing the white bag.",
            "Finally, write the date on the bag and carry the bag to the safe.",
        ]
    );
    assert_eq!(said[4].1, LineRole::Warning);
}

#[test]
fn longer_sentences_take_more_steps_and_never_too_many_words() {
    let most = |words: usize| {
        let said = woven(&STEPS, Level::B2, words);
        said.iter().map(|(.., text)| word_count(text)).max().unwrap_or(0)
    };
    assert!(most(11) < most(20));
    assert!(most(60) <= 25);
    assert!(woven(&STEPS, Level::B1, 60).iter().all(|(.., text)| word_count(text) <= 20));
}

#[test]
fn headings_and_other_sections_are_never_joined() {
    let said = woven(&["# One", "- Sweep the floors.", "# Two", "- Empty the buckets."], Level::C1, 30);
    assert_eq!(said.len(), 4);
}
