//! Where a wrong order is dangerous only the right one scores; otherwise the score falls with every two steps that
//! stand the wrong way round, so that one misplaced step does not cost everything. Two steps whose order the SOP leaves
//! free stand the wrong way round never.

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
    let swapped = kendall_distance(key.order, order)
        .ok_or(GradeError::BrokenKey { reason: "its order does not hold the item's steps" })?;
    let distance = if key.precedence.is_empty() { swapped } else { broken(key.precedence, order) };
    let all_right = key.order == order || !key.precedence.is_empty() && distance == 0.0;
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

/// Share of what the SOP demands that this order breaks. What comes before a step also comes before all that follow it.
fn broken(precedence: &[Precedence], order: &[String]) -> f32 {
    let place = |id: &str| order.iter().position(|o| o == id);
    let mut demanded: BTreeSet<(&str, &str)> =
        precedence.iter().map(|p| (p.before.as_str(), p.after.as_str())).collect();
    for via in order {
        let before: Vec<&str> = demanded.iter().filter(|(_, b)| b == via).map(|(a, _)| *a).collect();
        let after: Vec<&str> = demanded.iter().filter(|(a, _)| a == via).map(|(_, b)| *b).collect();
        demanded.extend(before.iter().flat_map(|a| after.iter().map(move |b| (*a, *b))));
    }
    let kept = |(a, b): &(&str, &str)| place(a).zip(place(b)).is_some_and(|(first, then)| first < then);
    let wrong = demanded.iter().filter(|pair| !kept(pair)).count();
    wrong as f32 / demanded.len().max(1) as f32
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
