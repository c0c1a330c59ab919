//! What comes next in a procedure with an order.

use course_format::course::Relation;
use course_format::sop::Procedure;

use crate::engine::english::parse::Form;
use crate::engine::english::question;
use crate::engine::english::text::{sentence, word_count};
use crate::engine::facts;
use crate::engine::forge::build::{Spec, Wrong, by_length, distinct};
use crate::engine::forge::{Bench, Made};
use crate::engine::library::ClauseRef;

/// A step that can be shown by itself: its one order, with nothing that betrays its place.
pub fn showable(bench: &Bench<'_>, at: ClauseRef) -> Option<String> {
    let clause = bench.library.clause(at);
    let facts = facts::of_clause(bench.library, at);
    let first = facts.first()?;
    let order = matches!(&first.form, Form::Do(c) if !facts::refers_elsewhere(&c.text) && !facts::has_pronoun(c.phrases.first().map_or("", String::as_str)));
    let whole = facts.len() == 1 && first.text.len() + 1 >= clause.text.len();
    let cue = ["Then", "Next", "Finally", "First", "Afterwards", "Also"].iter().any(|c| first.text.starts_with(c));
    (order && !cue && word_count(&first.text) <= 24 && (whole || facts.len() <= 3)).then(|| sentence(&first.text))
}

/// Steps that some branch jumps over: not everybody does them, so they have no place in a fixed order.
pub fn skippable(bench: &Bench<'_>, procedure: &Procedure) -> Vec<u32> {
    let mut out = Vec::new();
    for step in &procedure.steps {
        let text = bench
            .library
            .find(bench.lesson.document, &step.clause_id.0)
            .map(|at| bench.library.clause(at).text.as_str())
            .unwrap_or_default();
        let told = text
            .split("go to step ")
            .nth(1)
            .and_then(|t| t.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok());
        let target = told.or_else(|| step.branch.as_ref().and_then(|b| b.target.first().copied()));
        if let Some(target) = target {
            out.extend(step.number[0] + 1..target);
        }
    }
    out
}

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let document = &bench.library.documents()[bench.lesson.document];
    let mut out = Vec::new();
    for procedure in document.procedures.iter().filter(|p| p.ordered && p.steps.len() >= 5) {
        let top: Vec<(ClauseRef, u32)> = procedure
            .steps
            .iter()
            .filter(|s| s.number.len() == 1)
            .filter_map(|s| Some((bench.library.find(bench.lesson.document, &s.clause_id.0)?, s.number[0])))
            .collect();
        let branches: Vec<u32> =
            procedure.steps.iter().filter(|s| s.branch.is_some() || s.number.len() > 1).map(|s| s.number[0]).collect();
        let skipped = skippable(bench, procedure);
        for pair in top.windows(2) {
            let [(before, n), (after, m)] = pair else { continue };
            if bench.holds(*before)
                && bench.holds(*after)
                && m - n == 1
                && !branches.contains(n)
                && !skipped.contains(n)
                && !skipped.contains(m)
            {
                out.extend(one(bench, *before, *after, &top));
            }
        }
    }
    out
}

fn one(bench: &Bench<'_>, before: ClauseRef, after: ClauseRef, steps: &[(ClauseRef, u32)]) -> Option<Made> {
    let done = showable(bench, before).filter(|s| word_count(s) <= 18)?;
    let key = showable(bench, after)?;
    let others: Vec<Wrong> = steps
        .iter()
        .filter(|(at, _)| *at != before && *at != after)
        .filter_map(|(at, _)| Some(Wrong::new(showable(bench, *at)?, *at, bench.library.clause(*at).text.clone())))
        .collect();
    let distractors = distinct(&key, by_length(&key, others), 2, 0.5)?;
    let spec = Spec {
        clause: after,
        frame: "next-step",
        target: key.clone(),
        stem: format!("You have just finished this step: “{done}” {}", question::what_next(bench.level)),
        rationale: "This step follows directly in the text.".to_owned(),
        relation: Relation::Infer,
        provenance: vec![bench.library.prove(after), bench.library.prove(before)],
        score: 4,
        others: vec![
            format!("A colleague has done this: “{done}” Which step comes directly after it?"),
            format!("“{done}” This is done. Now choose the step that follows."),
        ],
        reasons: Vec::new(),
    };
    Some(spec.single(bench, &key, &distractors))
}
