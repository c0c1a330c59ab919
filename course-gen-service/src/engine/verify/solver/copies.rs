//! Options that are whole sentences, reports or pairs of entries: each is held against the SOP by itself, whatever the question is.

use std::collections::BTreeSet;

use course_format::course::Choice;

use super::{Solver, only, placed, told};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{overlap, stems, word_count};

/// The only option of this kind that the SOP bears out; `Some(None)` where there is none or more than one.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    if options.iter().all(|o| o.text.starts_with("“I ")) {
        return Some(only(options, |o| kept(solver, &o.text)).map(|o| o.id.clone()));
    }
    if options.iter().all(|o| o.text.contains(" + ")) {
        return Some(pair(solver, stem, options));
    }
    version(solver, options).map(Some)
}

/// Everything in the report is what the SOP asks for.
fn kept(solver: &Solver<'_>, report: &str) -> bool {
    let said = report.trim_matches(['“', '”']);
    let mut parts = said.split(". ").filter(|s| !s.is_empty());
    parts.all(|s| told::keeps(solver, s.trim_end_matches('.')))
}

/// The option of which the SOP says every sentence, among options that are much like it.
fn version(solver: &Solver<'_>, options: &[Choice]) -> Option<String> {
    let said = |o: &Choice| {
        let mut parts = sentences(&o.text).into_iter();
        word_count(&o.text) >= 4 && (solver.evidence.states(&o.text) || parts.all(|(_, s)| solver.evidence.states(s)))
    };
    let own = only(options, said)?;
    let words = stems(&own.text);
    let near = options.iter().all(|o| overlap(&stems(&o.text), &words) >= 0.6);
    near.then(|| own.id.clone())
}

/// The pair of which both stand in the same list of the place, when no other pair does.
fn pair(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<String> {
    let place = stem.split('“').nth(1)?.split('”').next()?;
    let uniform = |o: &Choice| {
        let sides: Option<BTreeSet<bool>> = o.text.split(" + ").map(|entry| side(solver, place, entry)).collect();
        sides.is_some_and(|s| s.len() == 1)
    };
    only(options, uniform).map(|o| o.id.clone())
}

/// The one line of a list that the SOP has in the other list of the place.
pub fn intruder(solver: &Solver<'_>, stem: &str, lines: &[Choice]) -> Option<String> {
    let mut quoted = stem.split('“').skip(1).filter_map(|q| q.split('”').next());
    let (first, second) = (quoted.next()?, quoted.next()?);
    let sides = |place: &str| -> Option<Vec<bool>> { lines.iter().map(|l| side(solver, place, &l.text)).collect() };
    let sides = sides(first).or_else(|| sides(second))?;
    let odd: Vec<&Choice> = lines
        .iter()
        .zip(&sides)
        .filter(|(_, side)| sides.iter().filter(|s| s == side).count() == 1)
        .map(|(line, _)| line)
        .collect();
    let [only] = odd.as_slice() else { return None };
    Some(only.id.clone())
}

/// Whether the entry is forbidden in the place, where the SOP says one thing about it.
fn side(solver: &Solver<'_>, place: &str, entry: &str) -> Option<bool> {
    let (words, bare) = (stems(entry), placed::plain(entry));
    let here = |at| {
        let titles = solver.library.clause(at).section.split(" > ").map(|s| s.trim_end_matches(':'));
        titles.chain([solver.library.document(at).title.as_str()]).any(|title| title == place)
    };
    let found: BTreeSet<bool> = solver
        .evidence
        .sentences
        .with_all(&words)
        .filter(|p| p.plain == bare && here(p.at))
        .map(|p| p.forbids)
        .collect();
    let mut found = found.into_iter();
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The sentences that stand in the SOP, when they are as many as the item asks for and the others do not.
pub fn stated(solver: &Solver<'_>, options: &[Choice], count: usize) -> Option<BTreeSet<String>> {
    let sentences = options.iter().all(|o| word_count(&o.text) >= 3 && o.text.ends_with(['.', '!']));
    let found: BTreeSet<String> =
        options.iter().filter(|o| solver.evidence.states(&o.text)).map(|o| o.id.clone()).collect();
    (sentences && found.len() == count).then_some(found)
}
