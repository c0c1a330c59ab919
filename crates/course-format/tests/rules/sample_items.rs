//! One item of every type that format 1.1 added.

use std::collections::BTreeMap;

use course_format::course::{Answer, FormField, GapPiece, Item, ItemBody, ItemKey, RubricPoint};

use crate::sample::{choices, item, key, map, strings};

pub fn more_items() -> Vec<(Item, ItemKey)> {
    let mut all = practice_only();
    all.extend([
        true_false(),
        gap_select(),
        category_sort(),
        word_bank(),
        transformation(),
        error_correction(),
        form_fill(),
        tap_evidence(),
        writing(),
        role_play(),
    ]);
    all
}

/// What a final test may not hold.
pub fn practice_only() -> Vec<(Item, ItemKey)> {
    let text = "Refuse food that is warmer than 8 °C.".to_owned();
    vec![
        (item(107, ItemBody::Dictation { speech: text.clone() }), key(Answer::Dictation { text: text.clone() })),
        (item(108, ItemBody::ReadAloud { text: text.clone() }), key(Answer::ReadAloud { text })),
        (
            item(109, ItemBody::Flashcard { front: "delivery log".to_owned() }),
            key(Answer::Flashcard { back: "the book in which every delivery is recorded".to_owned() }),
        ),
    ]
}

pub fn true_false() -> (Item, ItemKey) {
    (item(110, ItemBody::TrueFalse {}), key(Answer::TrueFalse { value: false }))
}

fn one_gap() -> Vec<GapPiece> {
    let text = |text: &str| GapPiece::Text { text: text.to_owned() };
    vec![text("Refuse food that is"), GapPiece::Gap { id: "g1".to_owned(), hint: None }, text("than 8 °C.")]
}

pub fn gap_select() -> (Item, ItemKey) {
    let options = BTreeMap::from([("g1".to_owned(), choices(&["warmer", "colder"]))]);
    let body = ItemBody::GapSelect { pieces: one_gap(), options };
    (item(111, body), key(Answer::GapSelect { choices: map(&[("g1", "warmer")]) }))
}

pub fn category_sort() -> (Item, ItemKey) {
    let body = ItemBody::CategorySort {
        categories: choices(&["do", "do not"]),
        entries: choices(&["check it", "taste it", "sign the note"]),
    };
    let groups = map(&[("check it", "do"), ("taste it", "do not"), ("sign the note", "do")]);
    (item(112, body), key(Answer::CategorySort { groups }))
}

pub fn word_bank() -> (Item, ItemKey) {
    let body = ItemBody::WordBank { pieces: one_gap(), words: choices(&["warmer", "colder", "older"]) };
    (item(113, body), key(Answer::WordBank { words: map(&[("g1", "warmer")]) }))
}

pub fn transformation() -> (Item, ItemKey) {
    let body = ItemBody::Transformation {
        source: "You must refuse warm food.".to_owned(),
        start: "Warm food".to_owned(),
        using: None,
    };
    let accepted = strings(&["Warm food must be refused.", "Warm food has to be refused."]);
    (item(114, body), key(Answer::Transformation { accepted }))
}

pub fn error_correction() -> (Item, ItemKey) {
    let body = ItemBody::ErrorCorrection { sentence: "Refuse food that are warmer than 8 °C.".to_owned() };
    let accepted = strings(&["Refuse food that is warmer than 8 °C."]);
    (item(115, body), key(Answer::ErrorCorrection { wrong: "are".to_owned(), right: "is".to_owned(), accepted }))
}

pub fn form_fill() -> (Item, ItemKey) {
    let field = |id: &str, label: &str, unit: Option<&str>| FormField {
        id: id.to_owned(),
        label: label.to_owned(),
        unit: unit.map(str::to_owned),
    };
    let body = ItemBody::FormFill {
        case: "The chicken is at 10 °C. You refuse it.".to_owned(),
        fields: vec![field("t", "Temperature", Some("°C")), field("a", "What was done", None)],
    };
    let accepted = [("t", &["10"][..]), ("a", &["refused", "food refused"])];
    let accepted = accepted.map(|(id, wordings)| (id.to_owned(), strings(wordings))).into();
    (item(116, body), key(Answer::FormFill { accepted }))
}

pub fn tap_evidence() -> (Item, ItemKey) {
    let sentences = choices(&["Check the temperature of every delivery.", "Refuse food that is warmer than 8 °C."]);
    let choice = "Refuse food that is warmer than 8 °C.".to_owned();
    (item(117, ItemBody::TapEvidence { sentences }), key(Answer::TapEvidence { choice }))
}

fn rubric() -> Vec<RubricPoint> {
    vec![RubricPoint { description: "names the limit".to_owned(), tokens: strings(&["8 °C"]), points: 2 }]
}

pub fn writing() -> (Item, ItemKey) {
    let body = ItemBody::Writing {
        reader: "the kitchen manager".to_owned(),
        points: strings(&["what arrived", "why you refused it"]),
        min_words: 10,
        max_words: 40,
    };
    let model = "The chicken was at 10 °C. The limit is 8 °C, so I refused it.".to_owned();
    (item(118, body), key(Answer::Writing { model, rubric: rubric() }))
}

pub fn role_play() -> (Item, ItemKey) {
    let body = ItemBody::RolePlay {
        role: "cook".to_owned(),
        partner: "driver".to_owned(),
        checklist: strings(&["Says the temperature.", "Refuses the food."]),
    };
    let model = "I am sorry, it is at 10 °C. The limit is 8 °C. I can't take it.".to_owned();
    (item(119, body), key(Answer::RolePlay { model, rubric: rubric() }))
}
