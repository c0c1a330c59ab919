//! Who does it, who must, who may.

use std::collections::BTreeSet;

use course_format::course::Relation;

use crate::engine::english::text::{contains_word, lower_first, overlap, sentence, stems, word_count};
use crate::engine::english::words::{base_of_third_person, names_people};
use crate::engine::forge::build::{Spec, shuffled};
use crate::engine::forge::stock::{Duty, actor_name, is_generic};
use crate::engine::forge::{Bench, Made, tables};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let duties: Vec<Duty> = bench.stock.duties.iter().cloned().chain(from_tables(bench)).collect();
    let actors: BTreeSet<String> = duties.iter().map(|d| d.actor.clone()).collect();
    duties.iter().filter(|d| bench.holds(d.at)).filter_map(|d| one(bench, d, &duties, &actors)).collect()
}

fn one(bench: &Bench<'_>, duty: &Duty, duties: &[Duty], actors: &BTreeSet<String>) -> Option<Made> {
    let stem = match &duty.task {
        Some(task) => format!("“{}” Whose task is this?", sentence(task)),
        None => format!("Who {}?", duty.predicate),
    };
    if word_count(&stem) > 26 || contains_word(&duty.predicate.to_lowercase(), &duty.actor.to_lowercase()) {
        return None;
    }
    let own = stems(&duty.actor);
    let asked = stems(&duty.predicate);
    let also = |actor: &str| duties.iter().any(|d| d.actor == *actor && overlap(&stems(&d.predicate), &asked) > 0.6);
    let pool: Vec<String> = actors
        .iter()
        .filter(|a| overlap(&stems(a), &own) == 0.0 && !also(a) && !stems(a).is_subset(&asked))
        .cloned()
        .collect();
    let spec = Spec {
        clause: duty.at,
        frame: if duty.task.is_some() { "whose-task" } else { "who" },
        target: duty.predicate.clone(),
        stem,
        rationale: format!(
            "The text names the person: {}.",
            lower_first(&duty.actor, &bench.library.document(duty.at).text)
        ),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(duty.at, &duty.source)],
        score: 5,
    };
    let mut distractors = shuffled(spec.id(bench), pool);
    distractors.dedup_by(|a, b| overlap(&stems(a), &stems(b)) > 0.0);
    distractors.truncate(2);
    (distractors.len() == 2).then(|| spec.single(bench, &duty.actor.clone(), &distractors, None))
}

/// "Shift supervisor | Decides what happens to food that is out of range"
fn from_tables(bench: &Bench<'_>) -> Vec<Duty> {
    let all: Vec<_> = bench.library.clauses().filter(|at| at.document == bench.lesson.document).collect();
    let mut out = Vec::new();
    for table in tables::of(bench.library, &all) {
        for (at, cells) in &table.rows {
            if !names_people(&cells[0]) || is_generic(&cells[0]) {
                continue;
            }
            let Some(task) = cells[1].split([';', '.']).next() else { continue };
            let verb = task.split_whitespace().next().unwrap_or_default();
            if base_of_third_person(verb).is_some() {
                let predicate = format!("{}{}", verb.to_lowercase(), &task[verb.len()..]);
                out.push(Duty {
                    at: *at,
                    source: bench.library.clause(*at).text.clone(),
                    actor: actor_name(&cells[0]),
                    predicate,
                    task: None,
                });
            }
        }
    }
    out
}
