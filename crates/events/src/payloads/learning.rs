use course_format::course::RubricPoint;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;

/// A student opened the first lesson of a course.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LearningStarted {
    pub student_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
}
event!(LearningStarted, "learning.started.v1", LearningActivity, student_id);

/// A student finished a lesson.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LessonCompleted {
    pub student_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
    pub lesson_id: Uuid,
    pub number: u32,
    pub of: u32,
    /// Share of the machine-graded points, 0 to 1.
    pub score: f32,
}
event!(LessonCompleted, "lesson.completed.v1", LearningActivity, student_id);

/// A student handed in the assessment.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AssessmentCompleted {
    pub student_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
    /// 0 to 1.
    pub score: f32,
    pub passed: bool,
}
event!(AssessmentCompleted, "assessment.completed.v1", LearningActivity, student_id);

/// An open answer waits for a trainer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SubmissionReceived {
    pub submission_id: Uuid,
    pub student_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
    pub lesson_id: Option<Uuid>,
    pub item_id: Uuid,
    pub prompt: String,
    pub answer: String,
    pub model_answer: String,
    pub rubric: Vec<RubricPoint>,
    pub max_score: u32,
}
event!(SubmissionReceived, "submission.received.v1", LearningActivity, student_id);
