//! How much a clause weighs in a lesson, and where a long section may be cut.

use course_format::sop::ClauseKind;

use super::tree::LARGE;
use crate::engine::library::{ClauseRef, Library};

/// Part of a section, with the words that tell it from the other parts.
#[derive(Clone, Debug)]
pub struct Piece {
    pub clauses: Vec<ClauseRef>,
    pub label: String,
}

/// A step or rule is 1; a sub-step, a fact, a row or a definition is half of it; a heading nothing.
pub fn weight(library: &Library, at: ClauseRef) -> f32 {
    let sub_step = library.step(at).is_some_and(|(_, s)| s.number.len() > 1);
    match library.kind(at) {
        ClauseKind::Heading => 0.0,
        ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning if !sub_step => 1.0,
        _ => 0.5,
    }
}

pub fn size(library: &Library, clauses: &[ClauseRef]) -> f32 {
    clauses.iter().map(|at| weight(library, *at)).sum()
}

/// Cuts a section into parts of equal size; a step keeps its sub-steps and warnings, a table its rows.
pub fn split(library: &Library, clauses: &[ClauseRef]) -> Vec<Piece> {
    let total = size(library, clauses);
    if total <= LARGE {
        return vec![Piece { clauses: clauses.to_vec(), label: String::new() }];
    }
    let parts = (total / 9.0).round().max(2.0);
    let target = total / parts;
    let mut pieces: Vec<Vec<ClauseRef>> = vec![Vec::new()];
    let mut filled = 0.0;
    for group in groups(library, clauses) {
        let group_size = size(library, &group);
        let current = size(library, pieces.last().map_or(&[][..], Vec::as_slice));
        let over = filled + group_size / 2.0 > target * pieces.len() as f32;
        if over && current > 0.0 && (pieces.len() as f32) < parts {
            pieces.push(Vec::new());
        }
        filled += group_size;
        if let Some(piece) = pieces.last_mut() {
            piece.extend(group);
        }
    }
    let count = pieces.len();
    pieces
        .into_iter()
        .zip(1..)
        .map(|(clauses, part)| Piece { label: label(library, &clauses, part, count), clauses })
        .collect()
}

/// What must stay together: a step with what belongs to it, a run of table rows.
fn groups(library: &Library, clauses: &[ClauseRef]) -> Vec<Vec<ClauseRef>> {
    let mut out: Vec<Vec<ClauseRef>> = Vec::new();
    for at in clauses {
        let kind = library.kind(*at);
        let belongs = out.last().and_then(|g| g.last()).is_some_and(|last| {
            let last_kind = library.kind(*last);
            let row = kind == ClauseKind::TableRow && last_kind == ClauseKind::TableRow;
            let sub_step = library.step(*at).is_some_and(|(_, s)| s.number.len() > 1);
            let beside_a_step =
                library.step(*at).is_none() && kind == ClauseKind::Warning && library.step(*last).is_some();
            row || sub_step || beside_a_step || last_kind == ClauseKind::Heading
        });
        match out.last_mut().filter(|_| belongs) {
            Some(group) => group.push(*at),
            None => out.push(vec![*at]),
        }
    }
    out
}

fn label(library: &Library, clauses: &[ClauseRef], part: usize, count: usize) -> String {
    let numbers: Vec<u32> = clauses
        .iter()
        .filter_map(|at| library.step(*at))
        .filter(|(p, s)| p.ordered && s.number.len() == 1)
        .map(|(_, s)| s.number[0])
        .collect();
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) if first < last && numbers.len() * 2 > clauses.len() / 2 => {
            format!("steps {first} to {last}")
        }
        _ => format!("part {part} of {count}"),
    }
}
