use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Role, event};

/// A class was scheduled or moved.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SessionScheduled {
    pub session_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub trainer_id: Uuid,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: u32,
    pub place: Option<String>,
    /// The roster at that moment.
    pub student_ids: Vec<Uuid>,
}
event!(SessionScheduled, "session.scheduled.v1", TrainingDelivery, course_id);

/// Attendance was taken.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SessionHeld {
    pub session_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub trainer_id: Uuid,
    pub present: Vec<Uuid>,
    pub absent: Vec<Uuid>,
}
event!(SessionHeld, "session.held.v1", TrainingDelivery, course_id);

/// A trainer graded an open answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SubmissionGraded {
    pub submission_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub student_id: Uuid,
    pub item_id: Uuid,
    pub score: u32,
    pub max_score: u32,
    pub comment: Option<String>,
    pub graded_by: Uuid,
}
event!(SubmissionGraded, "submission.graded.v1", TrainingDelivery, course_id);

/// Somebody said something about the course, or a trainer to a learner.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FeedbackSubmitted {
    pub feedback_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub lesson_id: Option<Uuid>,
    pub from: Uuid,
    pub from_role: Role,
    /// The learner it is addressed to; `None`: it is about the course.
    pub to: Option<Uuid>,
    pub text: String,
}
event!(FeedbackSubmitted, "feedback.submitted.v1", TrainingDelivery, course_id);
