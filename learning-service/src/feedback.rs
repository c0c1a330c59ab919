//! What a student says about a course.

use axum::{extract::State, http::StatusCode, response::Response};
use events::payloads::{FeedbackSubmitted, Role};
use garde::Validate;
use platform::{
    Problem,
    auth::{As, Student},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AppState, content, enrolments};

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewFeedback {
    #[garde(length(chars, max = 4000), custom(platform::text::lines))]
    pub text: String,
    /// The lesson it is about, if it is about one.
    #[garde(skip)]
    pub lesson_id: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackReceipt {
    pub feedback_id: Uuid,
}

/// Tell the course managers what you think of the course.
#[utoipa::path(post, path = "/v1/learning/courses/{course_id}/feedback", tag = "feedback", request_body = NewFeedback,
    params(("course_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = FeedbackReceipt)))]
pub async fn create_feedback(
    State(state): State<AppState>,
    student: As<Student>,
    Path(course_id): Path<Uuid>,
    idempotency: IdempotencyKey,
    Body(new): Body<NewFeedback>,
) -> Result<Response, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    if let Some(lesson) = new.lesson_id {
        let package = state.store.load(&enrolment.package()).await?;
        content::lesson(&package, lesson)
            .map_err(|_| Problem::invalid("lesson_id", "unknown_lesson", "is no lesson of this course"))?;
    }
    let mut tx = state.pool.begin().await?;
    let slot = match idempotency.begin(&mut tx, student.user_id, "create_feedback", &(course_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    let feedback_id = Uuid::now_v7();
    let event = FeedbackSubmitted {
        feedback_id,
        course_id,
        client_id: enrolment.client_id,
        lesson_id: new.lesson_id,
        from: student.user_id,
        from_role: Role::Student,
        to: None,
        text: new.text,
    };
    state.outbox.enqueue(&mut tx, &event).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &FeedbackReceipt { feedback_id }).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}
