//! The parts of a lesson that format 1.1 added, each with something in it.

use course_format::Level;
use course_format::course::{
    Dialogue, GrammarCase, GrammarFocus, Lesson, LessonVariant, LineRole, Proven, Question, Reading, ReadingLine,
    Relation, RoleCard, RolePlay, Stage, StageKind, TrainerPage, Turn,
};

use crate::sample::{proven, uuid};

const REFUSE: &str = "Refuse food that is warmer than 8 °C.";

fn refuse(relation: Relation, text: &str) -> Proven {
    proven(relation, text, "refuse", REFUSE)
}

fn dialogue(n: u128) -> Dialogue {
    let turn = |i: u128, role: &str, text: Proven| Turn { id: uuid(n + i), role: role.to_owned(), text };
    Dialogue {
        id: uuid(n),
        title: "Too warm".to_owned(),
        situation: Proven::language("A driver brings chicken at 10 °C."),
        roles: vec!["Driver".to_owned(), "Cook".to_owned()],
        turns: vec![
            turn(1, "Driver", Proven::language("Here is your chicken.")),
            turn(2, "Cook", refuse(Relation::Compress, "Sorry, it's warmer than 8 °C. I can't take it.")),
        ],
    }
}

fn variant() -> LessonVariant {
    let line = ReadingLine {
        id: uuid(60),
        label: None,
        role: LineRole::Rule,
        text: refuse(Relation::Compress, "Is the food warmer than 8 °C? Do not take it."),
    };
    let reading = Reading { title: "A delivery arrives".to_owned(), lines: vec![line], ..Reading::default() };
    LessonVariant { level: Level::A1, reading, dialogue: Some(dialogue(80)) }
}

/// To be completed with `..`: only the added parts mean something.
pub fn parts_of_a_lesson() -> Lesson {
    Lesson {
        id: uuid(0),
        number: 0,
        title: String::new(),
        minutes: 0,
        stages: vec![Stage { kind: StageKind::WarmUp, minutes: 5 }, Stage { kind: StageKind::Reading, minutes: 40 }],
        objectives: Vec::new(),
        warm_up: vec![Proven::language("What arrives at your workplace every morning?")],
        vocabulary: Vec::new(),
        reading: Reading::default(),
        grammar: Some(GrammarFocus {
            id: uuid(61),
            point: "imperative".to_owned(),
            title: "Tell people what to do".to_owned(),
            explanation: Proven::language("Start with the verb."),
            cases: vec![GrammarCase { sentence: refuse(Relation::Quote, REFUSE), focus: "Refuse".to_owned() }],
            mistakes: vec![Proven::language("Don't say “To refuse food”. Say “Refuse food”.")],
        }),
        dialogue: Some(dialogue(70)),
        activities: Vec::new(),
        role_play: Some(RolePlay {
            id: uuid(62),
            title: "At the back door".to_owned(),
            situation: Proven::language("The driver is in a hurry."),
            cards: vec![RoleCard { role: "Cook".to_owned(), brief: Proven::language("Check the delivery.") }],
            checklist: vec![refuse(Relation::Quote, REFUSE)],
        }),
        homework: vec![Proven::language("Write down three things that you check at work.")],
        variants: vec![variant()],
        trainer_notes: Vec::new(),
        trainer_page: Some(TrainerPage {
            critical: vec![refuse(Relation::Quote, REFUSE)],
            concept_questions: vec![Question {
                question: "The fish is at 9 °C. Do you take it?".to_owned(),
                answer: refuse(Relation::Infer, "No. 9 °C is warmer than 8 °C."),
            }],
            likely_errors: vec![Proven::language("“more cold” for “colder”")],
            easier: Some(Proven::language("Learners read their parts.")),
            harder: None,
        }),
    }
}
