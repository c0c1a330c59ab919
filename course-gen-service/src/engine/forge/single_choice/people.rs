//! Who does it, who must, who may.

use std::collections::BTreeSet;

use course_format::course::Relation;

use crate::engine::english::forms::base_predicate;
use crate::engine::english::text::{contains_word, lower_first, overlap, sentence, stems, word_count};
use crate::engine::english::words::{base_of_third_person, names_people};
use crate::engine::forge::build::{Spec, Wrong, by_length, distinct};
use crate::engine::forge::stock::{Duty, actor_name, is_generic, near};
use crate::engine::forge::{Bench, Made, tables};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut duties: Vec<Duty> = bench.stock.duties.iter().cloned().chain(from_tables(bench)).collect();
    duties.sort_by_key(|d| d.at);
    let own = duties.iter().filter(|d| bench.holds(d.at));
    own.flat_map(|d| [one(bench, d, &duties, false), one(bench, d, &duties, true)]).flatten().collect()
}

fn one(bench: &Bench<'_>, duty: &Duty, duties: &[Duty], case: bool) -> Option<Made> {
    let task = if case { Some(needed(duty)?) } else { None };
    let stem = match &duty.task {
        Some(task) => format!("“{}” Whose task is this?", sentence(task)),
        None => format!("Who {}?", duty.predicate),
    };
    if word_count(&stem) > 26 || contains_word(&duty.predicate.to_lowercase(), &duty.actor.to_lowercase()) {
        return None;
    }
    let own = stems(&duty.actor);
    let asked = stems(&duty.predicate);
    let around = near(duties, duty.at, |d| d.at, 100);
    let also = |actor: &str| around.iter().any(|d| d.actor == *actor && overlap(&stems(&d.predicate), &asked) > 0.6);
    let mut named = BTreeSet::new();
    let mut pool: Vec<Wrong> = around
        .iter()
        .filter(|d| overlap(&stems(&d.actor), &own) == 0.0 && !also(&d.actor) && !stems(&d.actor).is_subset(&asked))
        .filter(|d| named.insert(d.actor.clone()))
        .map(|d| Wrong::new(d.actor.clone(), d.at, d.source.clone()))
        .collect();
    let others = near(&bench.stock.people, duty.at, |(at, _, _)| *at, 60).iter().filter(|(at, name, source)| {
        let fits = at.document == duty.at.document && *at != duty.at && *source != duty.source;
        let apart = overlap(&stems(name), &own) == 0.0 && !stems(name).is_subset(&asked);
        fits && apart && overlap(&stems(source), &asked) < 0.5
    });
    for (at, name, source) in others {
        if named.insert(name.clone()) {
            pool.push(Wrong::new(name.clone(), *at, source.clone()));
        }
    }
    let spec = Spec {
        clause: duty.at,
        frame: match (&task, &duty.task) {
            (Some(_), _) => "whom-to-call",
            (None, Some(_)) => "whose-task",
            (None, None) => "who",
        },
        target: duty.predicate.clone(),
        stem: task.as_ref().map_or(stem, |t| format!("Somebody has to {t}. Whom do you call?")),
        rationale: format!(
            "The text names the person: {}.",
            lower_first(&duty.actor, &bench.library.document(duty.at).text)
        ),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(duty.at, &duty.source)],
        score: 5,
        others: match (&task, &duty.task) {
            (Some(t), _) => vec![
                format!("It is time to {t}, and nobody is there to do it. Whom do you look for?"),
                format!("You need somebody to {t}. Whom do you ask?"),
                format!("You are new, and you see that somebody should {t}. Who is the right person?"),
            ],
            (None, Some(task)) => vec![
                format!("Who is this order for? “{}”", sentence(task)),
                format!("“{}” Which of these people does this?", sentence(task)),
            ],
            (None, None) => vec![
                format!("A visitor asks you who {}. Whom do you name?", duty.predicate),
                format!("Look for a person in the text: who {}?", duty.predicate),
            ],
        },
        reasons: Vec::new(),
    };
    let distractors = distinct(&duty.actor, by_length(&duty.actor, pool), 2, 0.0)?;
    Some(spec.single(bench, &duty.actor, &distractors))
}

/// The task of one person as something to be done: "open the safe and sign the register".
fn needed(duty: &Duty) -> Option<String> {
    let predicate = &duty.predicate;
    let demanded = ["must ", "has to ", "have to "].iter().find_map(|m| predicate.strip_prefix(m));
    let base = match demanded {
        Some(work) => work.to_owned(),
        None => base_of_all(predicate)?,
    };
    // "The desk closes 45 minutes before": nobody is called for that.
    let timed = base.split(' ').nth(1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let passive = timed || base.starts_with("be ") || base.starts_with("have ") || base.starts_with("wear ");
    (!passive && (2..=12).contains(&word_count(&base))).then(|| lower_first(&base, &base))
}

/// "checks the photo, prints a badge and calls the host" -> "check the photo, print a badge and call the host". Nothing where a
/// part begins with no verb that is sure.
fn base_of_all(predicate: &str) -> Option<String> {
    let (front, last) = match predicate.rsplit_once(" and ") {
        Some((front, last)) => (front, Some(last)),
        None => (predicate, None),
    };
    let listed: Option<Vec<String>> = front.split(", ").map(base_predicate).collect();
    let front = listed?.join(", ");
    match last {
        Some(last) => Some(format!("{front} and {}", base_predicate(last)?)),
        None => Some(front),
    }
}

/// "checks documents, records results" -> "checks documents and records results".
fn with_and(tasks: &str) -> String {
    match tasks.rsplit_once(", ") {
        Some((front, last)) if !tasks.contains(" and ") => format!("{front} and {last}"),
        _ => tasks.to_owned(),
    }
}

/// "Shift supervisor | Decides what happens to food that is out of range"
fn from_tables(bench: &Bench<'_>) -> Vec<Duty> {
    let mut out = Vec::new();
    for table in tables::of(bench.library, &bench.lesson.clauses) {
        for (at, cells) in &table.rows {
            if !names_people(&cells[0]) || is_generic(&cells[0]) {
                continue;
            }
            let Some(task) = cells[1].split([';', '.']).next() else { continue };
            let verb = task.split_whitespace().next().unwrap_or_default();
            if base_of_third_person(verb).is_some() {
                let predicate = with_and(&format!("{}{}", verb.to_lowercase(), &task[verb.len()..]));
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
