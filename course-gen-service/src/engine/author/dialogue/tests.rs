use std::collections::BTreeSet;

use super::*;
use crate::engine::Brief;
use crate::engine::facts;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::LessonPlan;
use crate::engine::test_sop::library;

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
    let lesson = plan(library, number);
    let brief = Brief {
        course_id: Uuid::nil(),
        request_id: Uuid::nil(),
        client_id: Uuid::nil(),
        title: None,
        level,
        hours: None,
        notes: Vec::new(),
        variants: Vec::new(),
    };
    let clauses: Vec<ClauseRef> = lesson.clauses.clone();
    let facts = facts::of_clauses(library, &clauses);
    let taught = BTreeSet::new();
    write(&Assignment { brief: &brief, library, lesson: &lesson, related: &[], taught: &taught }, &facts)
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
        let dialogues: Vec<Dialogue> = (1..=6).filter_map(|n| written(&library, level, n)).collect();
        assert_eq!(dialogues.len(), 6, "{level:?}");
        let titles: BTreeSet<&str> = dialogues.iter().map(|d| d.title.as_str()).collect();
        assert!(titles.len() >= if level == Level::A1 { 2 } else { 3 }, "{level:?}: {titles:?}");
        for dialogue in &dialogues {
            assert!(dialogue.turns.len() >= SHORTEST);
            assert!(dialogue.turns.windows(2).all(|w| w[0].role != w[1].role), "they speak by turns");
            assert!(dialogue.turns.iter().filter(|t| !t.text.provenance.is_empty()).count() >= 3);
        }
    }
}

#[test]
fn fragments_carry_no_dialogue() {
    let library = library("List", &["# Allowed", "- Dairy products", "- Leftovers (sealed & dated)", "- Opened jars"]);
    assert_eq!(written(&library, Level::A2, 1), None);
}
