//! Where a wrong order is dangerous only the right one scores; otherwise the score falls with every two steps that
//! stand the wrong way round, so that one misplaced step does not cost everything.

use std::collections::{BTreeMap, BTreeSet};

use super::error::check_ids;
use super::{Grade, GradeError, Note, PartGrade};
use crate::course::{Choice, Precedence};

/// The right order, and what of it the SOP demands.
pub(super) struct Key<'a> {
    pub order: &'a [String],
    pub exact: bool,
    pub precedence: &'a [Precedence],
}

pub(super) fn grade(steps: &[Choice], key: &Key<'_>, order: &[String], points: u32) -> Result<Grade, GradeError> {
    check_ids("step", steps, order)?;
    if let Some(step) = steps.iter().find(|step| !order.contains(&step.id)) {
        return Err(GradeError::missing("step", &step.id));
    }
    let distance = kendall_distance(key.order, order)
        .ok_or(GradeError::BrokenKey { reason: "its order does not hold the item's steps" })?;
    let all_right = key.order == order || permitted(key.precedence, order);
    let score = match (all_right, key.exact) {
        (true, _) => 1.0,
        (false, true) => 0.0,
        (false, false) => 1.0 - distance,
    };
    let parts = key
        .order
        .iter()
        .zip(order)
        .map(|(wanted, given)| PartGrade { id: given.clone(), correct: all_right || wanted == given })
        .collect();
    let notes = if key.exact && !all_right { vec![Note::OrderIsExact] } else { Vec::new() };
    Ok(Grade { parts, notes, ..Grade::decided(score, points) })
}

/// Whether the SOP leaves so much free that this order is right as well.
fn permitted(precedence: &[Precedence], order: &[String]) -> bool {
    let place = |id: &String| order.iter().position(|o| o == id);
    !precedence.is_empty()
        && precedence.iter().all(|p| place(&p.before).zip(place(&p.after)).is_some_and(|(first, then)| first < then))
}

/// Share of the pairs that stand the other way round: 0 for the same order, 1 for the reverse. `None` unless both hold
/// the same entries, each once.
#[must_use]
pub fn kendall_distance(a: &[String], b: &[String]) -> Option<f32> {
    let place: BTreeMap<&str, usize> = a.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let distinct: BTreeSet<&String> = b.iter().collect();
    if a.len() != b.len() || place.len() != a.len() || distinct.len() != b.len() {
        return None;
    }
    let ranks: Vec<usize> = b.iter().map(|id| place.get(id.as_str()).copied()).collect::<Option<_>>()?;
    let pairs = ranks.len() * ranks.len().saturating_sub(1) / 2;
    if pairs == 0 {
        return Some(0.0);
    }
    let swapped: usize =
        ranks.iter().enumerate().map(|(i, rank)| ranks[i + 1..].iter().filter(|later| *later < rank).count()).sum();
    Some(swapped as f32 / pairs as f32)
}
