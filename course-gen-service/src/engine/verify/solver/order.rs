use course_format::course::Choice;

use super::{Solver, only, told};
use crate::engine::english::text::stems;

/// What a question about the order of a procedure wants: nothing when it is another question.
enum Wanted {
    /// The step after this one.
    After(Step),
    /// The only one later than this step.
    Later(Step),
    /// The only one earlier than this step.
    Earlier(Step),
    /// The only one between these steps that is not told.
    Between(Vec<Step>),
}

/// A top step: document, procedure, number.
type Step = (usize, String, u32);

/// The step that is right, where the question is about the order of steps; `Some(None)` where the order does not tell.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    let wanted = wanted(solver, stem)?;
    Some(wanted.and_then(|wanted| {
        let fits = |option: &Choice| place(solver, &option.text).is_some_and(|own| wanted.fits(&own));
        only(options, fits).map(|o| o.id.clone())
    }))
}

impl Wanted {
    fn fits(&self, own: &Step) -> bool {
        let with = |other: &Step| other.0 == own.0 && other.1 == own.1;
        match self {
            Self::After(step) => with(step) && own.2 == step.2 + 1,
            Self::Later(step) => with(step) && own.2 > step.2,
            Self::Earlier(step) => with(step) && own.2 < step.2,
            Self::Between(told) => {
                let numbers = || told.iter().map(|t| t.2);
                told.iter().all(with)
                    && !numbers().any(|n| n == own.2)
                    && numbers().min().is_some_and(|n| n < own.2)
                    && numbers().max().is_some_and(|n| n > own.2)
            }
        }
    }
}

#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
fn wanted(solver: &Solver<'_>, stem: &str) -> Option<Option<Wanted>> {
    let between = |from: &str, to: &str| stem.split_once(from)?.1.split_once(to).map(|(inside, _)| inside);
    if stem.contains("steps has to wait") || stem.contains("steps is too early") {
        return Some(
            between(" has not ", " yet.")
                .or_else(|| between("You have not ", " yet."))
                .and_then(|told| place(solver, told))
                .map(Wanted::Later),
        );
    }
    if stem.contains("must be done already") || stem.contains("has to be finished before that") {
        let said = between("You are going to ", ". Which").or_else(|| between(" wants to ", ". Which"));
        return Some(said.and_then(|told| place(solver, told)).map(Wanted::Earlier));
    }
    if stem.contains("is missing") {
        let quoted = between("“", "”").unwrap_or_default();
        let told: Option<Vec<Step>> =
            quoted.split_inclusive('.').map(|s| place(solver, s.trim().strip_prefix("I ")?)).collect();
        return Some(told.filter(|t| t.len() >= 2).map(Wanted::Between));
    }
    if stem.contains(" has just ") || stem.contains("You have just ") && !stem.contains("finished this step") {
        let told = between("You have just ", ". ").or_else(|| between(" has just ", " and looks at you"));
        return Some(told.and_then(|told| place(solver, told)).map(Wanted::After));
    }
    None
}

/// The one top step that says this, in whatever tense: of several the one that says little else.
fn place(solver: &Solver<'_>, said: &str) -> Option<Step> {
    let library = solver.library;
    let words = told::stems_of(said);
    if words.is_empty() {
        return None;
    }
    let mut found: Vec<(usize, Step)> = solver
        .evidence
        .clauses
        .with_all(&words)
        .filter_map(|p| {
            let (procedure, own) = library.step(p.at)?;
            let top = own.number.len() == 1;
            top.then(|| (stems(&p.text).len(), (p.at.document, procedure.id.clone(), own.number[0])))
        })
        .collect();
    found.sort();
    let clear = found.len() < 2 || found[0].0 < found[1].0;
    if clear { found.into_iter().next().map(|(_, step)| step) } else { None }
}
