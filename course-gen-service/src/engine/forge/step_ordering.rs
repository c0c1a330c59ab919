//! Steps of one procedure, to be put in the SOP's order.

mod parts;

use course_format::course::{Answer, ItemBody, Relation};
use course_format::sop::ClauseKind;

use super::build::{Spec, choices, id_of, shuffled};
use super::single_choice::{showable, skippable};
use super::{Bench, Made};
use crate::engine::english::text::{capitalise, unnumbered, word_count};
use crate::engine::library::ClauseRef;

/// Orderings of four to six steps: one for the lesson and, where the procedure is long, one for the test.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let document = &bench.library.documents()[bench.lesson.document];
    let mut out = Vec::new();
    for procedure in document.procedures.iter().filter(|p| p.ordered) {
        let skipped = skippable(bench, procedure);
        let steps: Vec<(ClauseRef, String)> = procedure
            .steps
            .iter()
            .filter(|s| s.number.len() == 1 && !skipped.contains(&s.number[0]))
            .filter_map(|s| bench.library.find(bench.lesson.document, &s.clause_id.0))
            .filter(|at| bench.holds(*at))
            .filter_map(|at| Some((at, showable(bench, at)?)))
            .fold(Vec::new(), |mut kept, step| {
                if !kept.iter().any(|(_, t)| *t == step.1) {
                    kept.push(step);
                }
                kept
            });
        let windows: Vec<&[(ClauseRef, String)]> = match steps.len() {
            0..4 => Vec::new(),
            4..8 => vec![&steps[..steps.len().min(6)]],
            n => vec![&steps[..n.div_ceil(2)], &steps[n / 2..]],
        };
        let mut seen = false;
        for window in windows {
            let window = &window[..window.len().min(6)];
            if window.len() >= 4 {
                out.push(one(bench, &procedure.title, window, seen));
                seen = true;
            }
        }
    }
    out.extend(bench.lesson.clauses.iter().filter_map(|at| chain(bench, *at)));
    out.extend(parts::make(bench));
    out
}

/// "Cool leftovers → seal → label → fridge": an order that stands in one clause.
fn chain(bench: &Bench<'_>, at: ClauseRef) -> Option<Made> {
    let clause = bench.library.clause(at);
    let parts: Vec<String> = clause.text.trim_end_matches('.').split('→').map(|p| capitalise(p.trim())).collect();
    let short = parts.iter().all(|p| (1..=6).contains(&word_count(p)) && !p.contains(['+', ':']));
    let distinct = parts.iter().collect::<std::collections::BTreeSet<_>>().len() == parts.len();
    if parts.len() < 3 || !short || !distinct {
        return None;
    }
    let spec = Spec {
        clause: at,
        frame: "order-chain",
        target: parts.join("/"),
        stem: "What comes first, and what comes after it? Put the parts in order.".to_owned(),
        rationale: "The arrows in the text show this order.".to_owned(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove(at)],
        score: 7,
        others: Vec::new(),
        reasons: Vec::new(),
    };
    let mut shown = shuffled(spec.id(bench), parts.iter().cloned());
    if shown == parts {
        shown.rotate_left(1);
    }
    let choices = choices(&shown);
    let order = parts.iter().map(|t| id_of(&choices, t)).collect();
    let points = u32::try_from(parts.len()).unwrap_or(1);
    Some(spec.finish(
        bench,
        ItemBody::StepOrdering { steps: choices },
        Answer::StepOrdering { order, exact: true, precedence: Vec::new() },
        points,
    ))
}

fn one(bench: &Bench<'_>, title: &str, steps: &[(ClauseRef, String)], second: bool) -> Made {
    let title = unnumbered(title.trim());
    let exact = steps.iter().any(|(at, _)| {
        bench.library.kind(*at) == ClauseKind::Warning
            || bench.library.step(*at).is_some_and(|(_, s)| !s.warnings.is_empty())
    });
    let spec = Spec {
        clause: steps[0].0,
        frame: "order",
        target: steps.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("/"),
        stem: format!("Put these steps of “{title}” in the right order."),
        rationale: "This is the order in the text.".to_owned(),
        relation: Relation::Compress,
        provenance: steps.iter().map(|(at, t)| bench.library.prove_part(*at, t)).collect(),
        score: if second { 5 } else { 8 },
        others: vec![
            format!("A new colleague mixed up “{title}”. Put the steps in order."),
            format!("You write a poster for “{title}”. In which order do the steps go?"),
            format!("“{title}”: what comes first, and what comes last? Order the steps."),
        ],
        reasons: Vec::new(),
    };
    let mut shown = shuffled(spec.id(bench), steps.iter().map(|(_, t)| t.clone()));
    if shown.iter().zip(steps).all(|(a, (_, b))| a == b) {
        shown.rotate_left(1);
    }
    let choices = choices(&shown);
    let order = steps.iter().map(|(_, t)| id_of(&choices, t)).collect();
    let points = u32::try_from(steps.len()).unwrap_or(1);
    spec.finish(
        bench,
        ItemBody::StepOrdering { steps: choices },
        Answer::StepOrdering { order, exact, precedence: Vec::new() },
        points,
    )
}
