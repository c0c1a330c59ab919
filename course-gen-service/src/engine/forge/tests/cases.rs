use course_format::Level;
use course_format::course::{Answer, ItemBody};

use super::{made, made_of};
use crate::engine::forge::Made;

/// Stem and right option of every sound item with this frame.
fn shown(items: &[Made], frame: &str) -> Vec<(String, String)> {
    let right = |made: &Made| match (&made.item.body, &made.key.answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice })
        | (ItemBody::TapEvidence { sentences: options }, Answer::TapEvidence { choice }) => {
            options.iter().find(|o| o.id == *choice).map(|o| o.text.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    items.iter().filter(|m| m.frame == frame).map(|m| (m.item.stem.clone(), right(m))).collect()
}

fn has(items: &[Made], frame: &str, stem: &str, key: &str) {
    let all = shown(items, frame);
    assert!(all.iter().any(|(s, k)| s.contains(stem) && k == key), "{frame}: {stem} -> {key}\n{all:#?}");
}

#[tokio::test]
async fn the_order_of_a_procedure_decides_what_comes_next_waits_or_is_missing() {
    let (_, _, sound) = made(Level::B1).await;
    has(&sound, "next-step", "You have just checked the pockets for sharp objects.", "Fill the drum with dry linen.");
    has(&sound, "step-waits", "You have not filled the drum with dry linen yet.", "Set the machine to 60 °C.");
    has(&sound, "step-before", "You are going to check the pockets for sharp objects.", "Sort the linen by colour.");
}

#[tokio::test]
async fn the_step_that_a_colleague_does_not_tell_is_missing() {
    let lines = [
        "# Closing the bar",
        "1 Collect the empty glasses.",
        "2 Wipe the counter with a clean cloth.",
        "3 Lock the drinks cabinet.",
        "4 Switch off the coffee machine.",
        "5 Count the money in the till.",
        "6 Sign the closing list.",
    ];
    let (_, _, sound) = made_of(&lines, Level::B1).await;
    let missing = shown(&sound, "step-missing");
    assert!(
        missing.iter().any(|(stem, key)| stem.contains("“I ") && !stem.contains(key.trim_end_matches('.'))),
        "{missing:?}"
    );
}

#[tokio::test]
async fn clock_and_calendar_are_counted_from_the_limit() {
    let (_, _, sound) = made(Level::B1).await;
    let clocks = shown(&sound, "case-clock");
    let dryer = clocks.iter().find(|(stem, _)| stem.contains("move the wet sheets to the dryer")).expect("a clock");
    let minutes = |text: &str| {
        let at = text.find(':').unwrap();
        text[at - 2..at].parse::<u32>().unwrap() * 60 + text[at + 1..at + 3].parse::<u32>().unwrap()
    };
    assert_eq!(minutes(&dryer.1), minutes(&dryer.0) + 30, "{dryer:?}");
    let log = clocks.iter().find(|(stem, _)| stem.contains("wash log")).expect("a date");
    assert!(log.0.contains("2026") && log.1.contains("2027"), "{log:?}");
}

#[tokio::test]
async fn a_message_has_one_sentence_that_breaks_a_rule() {
    let (_, _, sound) = made(Level::B1).await;
    let messages = shown(&sound, "case-message");
    assert!(messages.iter().any(|(_, key)| key == "I put my hand into the drum."), "{messages:?}");
    assert!(messages.iter().all(|(_, key)| key.starts_with("I ")), "{messages:?}");
}

#[tokio::test]
async fn a_reported_amount_is_held_against_the_rule() {
    let (_, _, sound) = made(Level::B1).await;
    for (stem, key) in shown(&sound, "case-amount") {
        if stem.contains("I set the machine to") {
            let verdict = if stem.contains("70 °C") { "That was too high." } else { "That was too low." };
            assert!(stem.contains("60 °C") && key == "That was right." || key == verdict, "{stem} {key}");
        }
    }
}

#[tokio::test]
async fn a_note_has_one_line_that_the_sop_does_not_say() {
    let (library, _, sound) = made(Level::B1).await;
    let text = &library.documents()[0].text;
    let notes: Vec<&Made> = sound.iter().filter(|m| m.frame.starts_with("note-")).collect();
    assert!(notes.len() >= 4, "{notes:?}");
    for made in notes {
        let (ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }) = (&made.item.body, &made.key.answer)
        else {
            panic!("{made:?}");
        };
        for line in sentences {
            let said = text.lines().any(|l| l.trim_end_matches('.') == line.text.trim_end_matches('.'));
            assert_eq!(said, line.id != *choice, "{}", line.text);
        }
    }
}

#[tokio::test]
async fn what_colleagues_did_is_sorted_by_the_rules() {
    let (_, _, sound) = made(Level::B1).await;
    let sorts: Vec<&Made> = sound.iter().filter(|m| m.frame == "case-sort-told").collect();
    assert!(!sorts.is_empty());
    for made in sorts {
        let (ItemBody::CategorySort { entries, .. }, Answer::CategorySort { groups }) =
            (&made.item.body, &made.key.answer)
        else {
            panic!("{made:?}");
        };
        let forbidden =
            ["I put my hand", "I mixed bleach", "I left wet linen", "I dried rubber mats", "I poured detergent"];
        for entry in entries.iter().filter(|e| forbidden.iter().any(|f| e.text.starts_with(f))) {
            assert_eq!(groups[&entry.id], "g2", "{}", entry.text);
        }
    }
}
