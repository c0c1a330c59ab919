//! A sentence of the SOP to be built again from its parts.

use course_format::course::{Answer, ItemBody, Relation};

use crate::engine::english::chunks::{self, Tells};
use crate::engine::forge::build::{Spec, choices, id_of, shuffled};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.loose_lines().filter(|l| (8..=24).contains(&l.words)).filter_map(|line| one(bench, line)).collect()
}

fn one(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let parts: Vec<chunks::Chunk> = chunks::chunks(&line.text);
    // Times, places, cases and reasons can stand at either end: more than one of them gives more than one right order.
    let movable =
        |c: &chunks::Chunk| [Tells::When, Tells::Where, Tells::Case, Tells::Why].iter().any(|t| c.may.contains(t));
    let loose = parts.iter().filter(|c| movable(c)).count();
    let texts: Vec<String> = parts.into_iter().map(|c| c.text).collect();
    let distinct = texts.iter().enumerate().all(|(i, t)| !texts[..i].contains(t));
    let whole = line.text.starts_with(char::is_uppercase) && line.text.ends_with('.');
    if !(4..=6).contains(&texts.len()) || loose > 1 || !distinct || !whole || line.text.contains([':', ';', '(']) {
        return None;
    }
    let spec = Spec {
        clause: line.at,
        frame: "order-parts",
        target: line.text.clone(),
        stem: "Build the sentence of the SOP from its parts.".to_owned(),
        rationale: "The SOP has the parts in this order.".to_owned(),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        score: 2,
        others: vec![
            "The parts of this sentence got mixed up. Put them in order.".to_owned(),
            "Which part begins the sentence, and which comes next? Order the parts.".to_owned(),
            "Make one sentence of these parts for a notice.".to_owned(),
        ],
        reasons: Vec::new(),
    };
    let mut shown = shuffled(spec.id(bench), texts.iter().cloned());
    if shown == texts {
        shown.rotate_left(1);
    }
    let choices = choices(&shown);
    let order = texts.iter().map(|t| id_of(&choices, t)).collect();
    let points = u32::try_from(texts.len()).unwrap_or(1);
    let body = ItemBody::StepOrdering { steps: choices };
    Some(spec.finish(bench, body, Answer::StepOrdering { order, exact: true, precedence: Vec::new() }, points))
}
