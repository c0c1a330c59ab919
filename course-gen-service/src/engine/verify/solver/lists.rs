use std::collections::BTreeMap;

use course_format::course::Choice;

use super::placed::plain;
use super::{Solver, only};
use crate::engine::english::text::stems;
use crate::engine::library::ClauseRef;

/// The option that stands in the list whose opening the question quotes; `Some(None)` where that is not one of them.
#[expect(
    clippy::option_option,
    reason = "another kind of question, and a question that the SOP does not answer, are two things"
)]
pub fn decided(solver: &Solver<'_>, stem: &str, options: &[Choice]) -> Option<Option<String>> {
    if !["belongs to this list", "What can you add", "comes into it"].iter().any(|w| stem.contains(w)) {
        return None;
    }
    let opening = stem.split('“').nth(1)?.split('”').next()?;
    Some(only(options, |o| names(solver, opening, &o.text)).map(|o| o.id.clone()))
}

/// Every entry under the one opening whose list names it.
pub fn sorted(solver: &Solver<'_>, entries: &[Choice], openings: &[Choice]) -> Option<BTreeMap<String, String>> {
    entries
        .iter()
        .map(|e| only(openings, |o| names(solver, &o.text, &e.text)).map(|o| (e.id.clone(), o.id.clone())))
        .collect()
}

/// Whether the list that opens like this names the entry: in the same sentence, or in one of the clauses right under it.
fn names(solver: &Solver<'_>, opening: &str, entry: &str) -> bool {
    let head = plain(opening.trim_end_matches('…'));
    let wanted = format!(" {} ", plain(entry));
    let words = stems(opening);
    let padded = |text: &str| format!(" {} ", plain(text));
    solver.evidence.sentences.with_all(&words).filter(|p| p.plain.contains(&head)).any(|p| {
        let behind = p.plain.split_once(&head).map_or("", |(_, behind)| behind);
        if !behind.trim().is_empty() {
            return padded(behind).contains(&wanted);
        }
        let section = &solver.library.clause(p.at).section;
        (1..=10)
            .map(|n| ClauseRef { document: p.at.document, clause: p.at.clause + n })
            .take_while(|at| at.clause < solver.library.documents()[at.document].clauses.len())
            .map(|at| solver.library.clause(at))
            .take_while(|c| c.section == *section && !c.text.ends_with(':'))
            .any(|c| padded(&c.text) == wanted)
    })
}
