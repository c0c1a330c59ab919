//! Steps of one procedure, to be put in the SOP's order.

mod parts;
pub mod precedence;

use course_format::course::{Answer, ItemBody, Relation};
use course_format::sop::{ClauseKind, Procedure};

use super::build::{Spec, choices, id_of, shuffled};
use super::single_choice::{showable, skippable};
use super::{Bench, Made};
use crate::engine::english::text::{capitalise, sentence, unnumbered, word_count};
use crate::engine::library::ClauseRef;
use crate::engine::{english, facts};

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
            .filter_map(|at| Some((at, shown(bench, at)?)))
            .fold(Vec::new(), distinct);
        let windows: Vec<&[(ClauseRef, String)]> = match steps.len() {
            0..4 => Vec::new(),
            4..8 => vec![&steps[..steps.len().min(6)]],
            n => vec![&steps[..n.div_ceil(2)], &steps[n / 2..]],
        };
        let mut seen = false;
        for window in windows {
            let window = &window[..window.len().min(6)];
            if window.len() >= 4 {
                let texts: Vec<&str> = window.iter().map(|(at, _)| bench.library.clause(*at).text.as_str()).collect();
                out.push(one(bench, &procedure.title, window, &precedence::of_numbered(&texts), seen));
                seen = true;
            }
        }
    }
    out.extend(document.procedures.iter().filter(|p| !p.ordered).filter_map(|p| listed(bench, p)));
    out.extend(bench.lesson.clauses.iter().filter_map(|at| chain(bench, *at)));
    out.extend(parts::make(bench));
    out
}

/// Points of a list whose own words tell what comes before what.
fn listed(bench: &Bench<'_>, procedure: &Procedure) -> Option<Made> {
    let found = procedure.steps.iter().filter_map(|s| bench.library.find(bench.lesson.document, &s.clause_id.0));
    let steps: Vec<(ClauseRef, String)> =
        found.filter_map(|at| Some((at, shown(bench, at)?))).fold(Vec::new(), distinct);
    let whole = steps.len() == procedure.steps.len() && steps.iter().all(|(at, _)| bench.holds(*at));
    let texts: Vec<&str> = steps.iter().map(|(at, _)| bench.library.clause(*at).text.as_str()).collect();
    let pairs = precedence::of_listed(&texts);
    let all = (0..steps.len()).all(|i| pairs.iter().any(|(a, b)| *a == i || *b == i));
    let as_printed = pairs.iter().all(|(a, b)| a < b);
    ((4..=6).contains(&steps.len()) && whole && all && as_printed)
        .then(|| one(bench, &procedure.title, &steps, &pairs, false))
}

/// The step by itself, without the word that tells its place.
fn shown(bench: &Bench<'_>, at: ClauseRef) -> Option<String> {
    let text = &bench.library.clause(at).text;
    let bare = precedence::without_cue(text);
    if bare == text {
        return showable(bench, at);
    }
    let one =
        english::sentence::sentences(bare).len() == 1 && !facts::has_pronoun(bare) && !facts::refers_elsewhere(bare);
    (one && (2..=24).contains(&word_count(bare))).then(|| sentence(&capitalise(bare)))
}

fn distinct(mut kept: Vec<(ClauseRef, String)>, step: (ClauseRef, String)) -> Vec<(ClauseRef, String)> {
    if !kept.iter().any(|(_, text)| *text == step.1) {
        kept.push(step);
    }
    kept
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
    let order: Vec<String> = parts.iter().map(|t| id_of(&choices, t)).collect();
    let points = u32::try_from(parts.len()).unwrap_or(1);
    let pairs: Vec<(usize, usize)> = (1..parts.len()).map(|i| (i - 1, i)).collect();
    let precedence = precedence::named(&pairs, &order);
    Some(spec.finish(
        bench,
        ItemBody::StepOrdering { steps: choices },
        Answer::StepOrdering { order, exact: true, precedence },
        points,
    ))
}

fn one(bench: &Bench<'_>, title: &str, steps: &[(ClauseRef, String)], pairs: &[(usize, usize)], second: bool) -> Made {
    let title = unnumbered(title.trim());
    let fixed = (1..steps.len()).all(|i| pairs.contains(&(i - 1, i)));
    let exact = steps.iter().any(|(at, _)| {
        bench.library.kind(*at) == ClauseKind::Warning
            || bench.library.step(*at).is_some_and(|(_, s)| !s.warnings.is_empty())
    });
    let spec = Spec {
        clause: steps[0].0,
        frame: "order",
        target: steps.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("/"),
        stem: format!("Put these steps of “{title}” in the right order."),
        rationale: if fixed {
            "This is the order in the text."
        } else {
            "This is the order in the text. Some of these steps may change places: the text does not say which comes first."
        }
        .to_owned(),
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
    let order: Vec<String> = steps.iter().map(|(_, t)| id_of(&choices, t)).collect();
    let points = u32::try_from(steps.len()).unwrap_or(1);
    let precedence = precedence::named(pairs, &order);
    spec.finish(
        bench,
        ItemBody::StepOrdering { steps: choices },
        Answer::StepOrdering { order, exact, precedence },
        points,
    )
}

#[cfg(test)]
mod tests;
