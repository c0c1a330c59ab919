//! The stem says how many options are right, so every wrong choice costs a right one: the score is the share of right
//! options that were chosen.

use super::error::check_ids;
use super::{Grade, GradeError, PartGrade};
use crate::course::Choice;

pub(super) fn grade(
    options: &[Choice],
    select: u32,
    key: &[String],
    chosen: &[String],
    points: u32,
) -> Result<Grade, GradeError> {
    check_ids("option", options, chosen)?;
    let expected = usize::try_from(select).unwrap_or(usize::MAX);
    if chosen.len() != expected {
        return Err(GradeError::SelectCount { expected, given: chosen.len() });
    }
    if key.len() != expected {
        return Err(GradeError::BrokenKey { reason: "as many right options as the item asks for" });
    }
    let parts = options
        .iter()
        .filter(|option| chosen.contains(&option.id))
        .map(|option| PartGrade { id: option.id.clone(), correct: key.contains(&option.id) })
        .collect();
    Ok(Grade::of_parts(parts, points))
}
