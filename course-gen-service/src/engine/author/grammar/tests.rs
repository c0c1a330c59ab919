use super::*;
use crate::engine::test_sop::library;

fn focus(lines: &[&str], level: Level, had: &[&str]) -> Option<(&'static str, Vec<Case>)> {
    let library = library("Test", lines);
    let clauses: Vec<ClauseRef> = library.clauses().collect();
    let facts = facts::of_clauses(&library, &clauses);
    let reading = Reading::default();
    let sources = Sources { library: &library, level, facts: &facts, reading: &reading, recalled: &[] };
    let had: Vec<String> = had.iter().map(|p| (*p).to_owned()).collect();
    chosen(&sources, &had).map(|(point, cases)| (point.name, cases))
}

fn name(lines: &[&str], level: Level, had: &[&str]) -> Option<&'static str> {
    focus(lines, level, had).map(|(point, _)| point)
}

#[test]
fn a_point_needs_two_sentences_that_show_it() {
    let passive = ["- The door is locked at night.", "- Meals are prepared fresh.", "- The log is signed by the cook."];
    assert_eq!(name(&passive, Level::B1, &[]), Some("passive"));
    assert_eq!(name(&passive[..2], Level::B1, &[]), Some("passive"));
    assert_eq!(name(&passive[..1], Level::B1, &[]), None);
}

#[test]
fn neighbouring_lessons_have_other_points_where_there_are_any() {
    let lines = [
        "- Visitors must wait here.",
        "- Staff must wear a badge.",
        "- Guests must sign the book.",
        "- If the alarm rings, leave the building.",
        "- If the light is red, stop.",
        "- If a key is lost, call the office.",
    ];
    let first = name(&lines, Level::A2, &[]).unwrap();
    let second = name(&lines, Level::A2, &[first]).unwrap();
    assert_ne!(first, second);
    let only = ["- Visitors must wait here.", "- Staff must wear a badge.", "- Guests must sign the book."];
    assert_eq!(name(&only, Level::A2, &["must"]), Some("must"));
}

#[test]
fn points_above_the_level_or_far_below_it_are_left_alone() {
    let lines = ["1 Close the door.", "2 Wash the pan.", "3 Dry the pan."];
    assert_eq!(name(&lines, Level::A1, &[]), Some("imperative"));
    assert_eq!(name(&lines, Level::A2, &[]), Some("imperative"));
    assert_eq!(name(&lines, Level::C1, &[]), None);
    let passive = ["- The safe must be locked.", "- Records must be kept.", "- Bins must be emptied."];
    assert_eq!(name(&passive, Level::B2, &[]), Some("modal_passive"));
    assert_eq!(name(&passive, Level::A2, &[]), Some("must"));
}

#[test]
fn a_sentence_of_the_lesson_before_comes_last_and_is_called_that() {
    let library = library("Test", &["- Doors are locked.", "- Keys are returned.", "- Badges are worn."]);
    let clauses: Vec<ClauseRef> = library.clauses().collect();
    let reading = Reading::default();
    let (own, before) = (facts::of_clauses(&library, &clauses[1..]), facts::of_clauses(&library, &clauses[..1]));
    let sources = Sources { library: &library, level: Level::B1, facts: &own, reading: &reading, recalled: &before };
    let (_, cases) = chosen(&sources, &[]).unwrap();
    assert_eq!(cases.iter().map(|c| c.before).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn sentences_that_break_off_are_no_examples() {
    let lines = ["- The door is locked as follows:", "- Keys are returned → office.", "- Badges are worn & shown."];
    assert_eq!(name(&lines, Level::B1, &[]), None);
}
