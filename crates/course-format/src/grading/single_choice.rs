use super::error::check_ids;
use super::{Grade, GradeError, PartGrade};
use crate::course::Choice;

pub(super) fn grade(options: &[Choice], key: &str, chosen: &String, points: u32) -> Result<Grade, GradeError> {
    check_ids("option", options, [chosen])?;
    let part = PartGrade { id: chosen.clone(), correct: chosen == key };
    Ok(Grade::of_parts(vec![part], points))
}
