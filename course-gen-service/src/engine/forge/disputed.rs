//! Clauses that contradict each other: nobody can say which of them is right, so nothing is asked about them.

use std::collections::BTreeSet;

use course_format::sop::{Defect, SopDocument};

use crate::engine::english::text::{overlap, stems};
use crate::engine::library::{ClauseRef, Library};

/// Both sides of every contradiction that the reading has found.
pub fn clauses(library: &Library) -> BTreeSet<ClauseRef> {
    pairs(library).into_iter().flat_map(|(one, other)| std::iter::once(one).chain(other)).collect()
}

/// The clause of each contradiction, and the other side where it can be found.
pub fn pairs(library: &Library) -> Vec<(ClauseRef, Option<ClauseRef>)> {
    let mut out = Vec::new();
    for (document, sop) in library.documents().iter().enumerate() {
        for defect in sop.defects.iter().filter(|d| d.kind.contains("contradict")) {
            let Some(at) = library.find(document, &defect.clause_id.0) else { continue };
            let other = other_side(sop, at.clause, defect).map(|clause| ClauseRef { document, clause });
            out.push((at, other));
        }
    }
    out
}

/// The clause that has the other words, and says most of the same besides.
fn other_side(sop: &SopDocument, own: usize, defect: &Defect) -> Option<usize> {
    let words = stems(&sop.clauses[own].text);
    let quoted: Vec<&str> = defect
        .suggestion
        .split('“')
        .skip(1)
        .filter_map(|part| part.split('”').next())
        .filter(|q| *q != defect.quote)
        .collect();
    let shares = |clause: usize| overlap(&stems(&sop.clauses[clause].text), &words);
    (0..sop.clauses.len())
        .filter(|clause| *clause != own)
        .filter(|clause| {
            let other = &sop.clauses[*clause];
            let named = defect.suggestion.contains(&other.id.0)
                || other.text.len() > 12 && defect.suggestion.contains(&other.text);
            named || quoted.iter().any(|q| other.text.contains(q)) && shares(*clause) >= 0.5
        })
        .max_by(|a, b| shares(*a).total_cmp(&shares(*b)).then(b.cmp(a)))
}

#[cfg(test)]
mod tests;
