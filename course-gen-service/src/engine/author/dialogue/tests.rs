use std::collections::BTreeSet;

use super::*;
use crate::engine::library::Library;
use crate::engine::outline::LessonPlan;
use crate::engine::test_sop::{brief, library};

fn plan(library: &Library, number: u32) -> LessonPlan {
    LessonPlan {
        id: Uuid::from_u128(u128::from(number)),
        number,
        document: 0,
        title: "Starting the oven".to_owned(),
        topic: "Starting the oven".to_owned(),
        clauses: library.clauses().collect(),
        practises: Vec::new(),
        recalls: Vec::new(),
    }
}

fn written(library: &Library, level: Level, number: u32) -> Option<Dialogue> {
    after(library, level, number, &[])
}

fn after(library: &Library, level: Level, number: u32, talks: &[String]) -> Option<Dialogue> {
    let lesson = plan(library, number);
    let brief = brief(level);
    let reading = crate::engine::author::reading::write(library, &lesson, level, &[]);
    let taught = BTreeSet::new();
    write(
        &Assignment { brief: &brief, library, lesson: &lesson, related: &[], taught: &taught, points: &[], talks },
        &reading,
    )
}

const OVEN: [&str; 8] = [
    "# Starting the oven",
    "1 Check the gas valve.",
    "2 Heat the oven for 20 minutes.",
    "3 If the red light is on, call the technician.",
    "4 Load the trays.",
    "5 Record the start time in the oven log.",
    "! Do not open the door while the fan is running.",
    "- The head baker must sign the oven log.",
];

#[test]
fn lessons_get_different_situations_and_every_fact_has_its_clause() {
    let library = library("Bakery", &OVEN);
    for level in [Level::A1, Level::A2, Level::B1, Level::B2] {
        let mut talks: Vec<String> = Vec::new();
        let mut dialogues: Vec<Dialogue> = Vec::new();
        for number in 1..=6 {
            let dialogue = after(&library, level, number, &talks).unwrap();
            assert_ne!(talks.last(), Some(&dialogue.title), "neighbours are different");
            talks.push(dialogue.title.clone());
            dialogues.push(dialogue);
        }
        let titles: BTreeSet<&str> = talks.iter().map(String::as_str).collect();
        assert!(titles.len() >= 3, "{level:?}: {titles:?}");
        for dialogue in &dialogues {
            assert!(dialogue.turns.len() >= SHORTEST);
            assert!(dialogue.turns.windows(2).all(|w| w[0].role != w[1].role), "they speak by turns");
            assert!(dialogue.turns.iter().filter(|t| !t.text.provenance.is_empty()).count() >= 3);
        }
    }
}

#[test]
fn a_list_of_what_goes_where_is_asked_about() {
    let library = library(
        "Store",
        &[
            "# Fridges",
            "# Allowed",
            "- Dairy products",
            "- Eggs",
            "- Sealed leftovers",
            "# Not allowed",
            "! Hot or warm food",
        ],
    );
    let dialogue = written(&library, Level::A2, 1).unwrap();
    let text: Vec<&str> = dialogue.turns.iter().map(|t| t.text.text.as_str()).collect();
    assert!(text.iter().any(|t| t.contains("hot or warm food?")), "{text:?}");
    assert!(text.iter().any(|t| t.starts_with("No, ") && t.contains("not allowed")), "{text:?}");
}

#[test]
fn a_policy_without_steps_carries_a_talk() {
    let library = library(
        "Policy",
        &[
            "# Information security",
            "- Passwords must contain at least 14 characters.",
            "- Printed documents should be shredded after use.",
            "- The temperature log must be kept for 12 months.",
            "- Only registered nurses may close a sharps bin.",
            "The shelf life is 6 months for closed bottles.",
        ],
    );
    for level in [Level::A2, Level::B1, Level::B2, Level::C1] {
        let dialogue = written(&library, level, 1).unwrap();
        assert!(dialogue.turns.len() >= GOOD, "{dialogue:?}");
    }
}

#[test]
fn prohibitions_alone_carry_a_talk() {
    let library = library(
        "Rules",
        &[
            "# Kitchen",
            "! Do not use dirty cloths, aprons or hats.",
            "! Do not clean floors or bins before worktops.",
            "! Do not leave leftovers in the oven.",
            "! Never leave the bin without a new bag.",
        ],
    );
    let dialogues: Vec<Dialogue> = (1..=4).filter_map(|n| written(&library, Level::A2, n)).collect();
    assert_eq!(dialogues.len(), 4);
}

#[test]
fn fragments_carry_no_dialogue() {
    let library = library("List", &["# Equipment", "Two brushes", "A bucket", "Cloths"]);
    assert_eq!(written(&library, Level::A2, 1), None);
}

#[test]
fn what_a_sentence_gives_can_be_talked_about() {
    use crate::engine::author::reading;
    let library = library(
        "Policy",
        &[
            "# Eligibility",
            "- Requests are submitted to the line manager in writing at least two weeks before the intended start date.",
            "The line manager decides in consultation with Human Resources.",
            "- Approval can be withdrawn with one month’s notice if performance declines.",
            "- The IT service desk can be reached by phone on extension 2200 at any time.",
            "Fridges: 0 to 7 °C",
            "! Do not use dirty cloths, aprons or hats.",
            "! Do not clean floors or bins before worktops.",
            "! Do not reuse the same cloth for tables and floors.",
        ],
    );
    let lesson = plan(&library, 1);
    let reading = reading::write(&library, &lesson, Level::B1, &[]);
    let bank = bank::Bank::of(&library, &lesson.clauses, &reading, Level::B1);
    assert_eq!((bank.rules.len(), bank.people.len(), bank.terms.len(), bank.bans.len()), (2, 1, 1, 3), "{bank:#?}");
}

#[test]
fn what_other_people_do_in_a_case_is_talked_about() {
    let library = library(
        "Orders",
        &[
            "# Taking the order",
            "1 The waiter asks every table about allergies.",
            "2 If a guest reports an allergy, the waiter writes it on a red ticket and reads it back to the guest.",
            "3 The waiter hands the red ticket to the chef in person.",
        ],
    );
    let lesson = plan(&library, 1);
    let reading = crate::engine::author::reading::write(&library, &lesson, Level::A2, &[]);
    let bank = bank::Bank::of(&library, &lesson.clauses, &reading, Level::A2);
    assert_eq!(bank.cases.len(), 1, "{bank:#?}");
    assert!(written(&library, Level::A2, 1).is_some());
}

#[test]
fn a_few_dangers_carry_a_talk() {
    let library = library(
        "Batteries",
        &[
            "# Dangers",
            "! Charging batteries give off hydrogen, which can explode.",
            "! No smoking and no open flames in the charging area.",
            "! Metal tools must not be placed on top of a battery.",
            "- Remove rings, watches and chains before you work on a battery.",
        ],
    );
    for level in [Level::A2, Level::B1] {
        assert!(written(&library, level, 1).is_some(), "{level:?}");
    }
}
