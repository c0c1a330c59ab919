use chrono::{DateTime, Utc};
use course_format::{
    course::RubricPoint,
    grading::{FoundPoint, suggest_score},
};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::queries::SubmissionRow;

/// An open answer and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submission {
    pub submission_id: Uuid,
    pub course_id: Uuid,
    pub lesson_id: Option<Uuid>,
    pub item_id: Uuid,
    pub student_id: Uuid,
    pub student_name: Option<String>,
    pub prompt: String,
    pub answer: String,
    pub model_answer: String,
    pub rubric: Vec<RubricPoint>,
    /// What the rubric's words suggest, out of `max_score`; `null` when the rubric is empty. A person decides.
    pub suggested_score: Option<u32>,
    /// The rubric points behind the suggestion.
    pub found: Vec<FoundPoint>,
    pub max_score: u32,
    pub state: SubmissionState,
    pub received_at: DateTime<Utc>,
    pub score: Option<i64>,
    pub comment: Option<String>,
    pub graded_by: Option<Uuid>,
    pub graded_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    Open,
    Graded,
}

impl From<SubmissionRow> for Submission {
    fn from(row: SubmissionRow) -> Self {
        let suggestion = suggest_score(&row.answer, &row.rubric);
        Self {
            submission_id: row.submission_id,
            course_id: row.course_id,
            lesson_id: row.lesson_id,
            item_id: row.item_id,
            student_id: row.student_id,
            student_name: row.student_name,
            prompt: row.prompt,
            answer: row.answer,
            model_answer: row.model_answer,
            rubric: row.rubric.0,
            suggested_score: scaled(suggestion.points, suggestion.max, row.max_score),
            found: suggestion.found,
            max_score: row.max_score,
            state: if row.graded_at.is_some() { SubmissionState::Graded } else { SubmissionState::Open },
            received_at: row.received_at,
            score: row.score,
            comment: row.comment,
            graded_by: row.graded_by,
            graded_at: row.graded_at,
        }
    }
}

/// Points of the rubric as points of the item, rounded half up.
fn scaled(points: u32, of: u32, max_score: u32) -> Option<u32> {
    let (points, of, max_score) = (u64::from(points), u64::from(of), u64::from(max_score));
    let doubled = (2 * points * max_score + of).checked_div(2 * of)?;
    u32::try_from(doubled).ok()
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewGrade {
    /// 0 to the submission's `max_score`.
    #[garde(skip)]
    pub score: u32,
    /// For the learner.
    #[garde(inner(length(chars, max = 2000)), custom(platform::text::optional_lines))]
    pub comment: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SubmissionFilter {
    pub state: Option<SubmissionState>,
    pub course_id: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn a_suggestion_is_in_the_items_points() {
        assert_eq!(scaled(2, 4, 10), Some(5));
        assert_eq!(scaled(1, 3, 4), Some(1));
        assert_eq!(scaled(1, 2, 3), Some(2));
        assert_eq!(scaled(3, 3, 5), Some(5));
        assert_eq!(scaled(0, 0, 5), None);
        assert_eq!(scaled(u32::MAX, u32::MAX, u32::MAX / 2), Some(u32::MAX / 2));
    }
}
