//! Every left entry needs its right entry; the score is the share of right pairs.

use std::collections::BTreeMap;

use super::error::check_ids;
use super::{Grade, GradeError, PartGrade};
use crate::course::Choice;

pub(super) fn grade(
    left: &[Choice],
    right: &[Choice],
    key: &BTreeMap<String, String>,
    pairs: &BTreeMap<String, String>,
    points: u32,
) -> Result<Grade, GradeError> {
    check_ids("left entry", left, pairs.keys())?;
    check_ids("right entry", right, pairs.values())?;
    let mut parts = Vec::with_capacity(left.len());
    for entry in left {
        let given = pairs.get(&entry.id).ok_or_else(|| GradeError::missing("left entry", &entry.id))?;
        let wanted = key.get(&entry.id).ok_or(GradeError::BrokenKey { reason: "a left entry has no pair" })?;
        parts.push(PartGrade { id: entry.id.clone(), correct: given == wanted });
    }
    Ok(Grade::of_parts(parts, points))
}
