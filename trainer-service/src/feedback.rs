//! What a trainer writes: to a learner, or about the course.

mod queries;

use axum::{Json, extract::State, http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use events::payloads::{FeedbackSubmitted, Role};
use garde::Validate;
use platform::{
    Problem,
    auth::{As, Trainer},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AppState, courses};

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Feedback {
    pub feedback_id: Uuid,
    pub course_id: Uuid,
    pub student_id: Option<Uuid>,
    pub text: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewFeedback {
    #[garde(length(chars, max = 4000), custom(platform::text::lines))]
    pub text: String,
    /// The learner it is for; left out: it is about the course.
    #[garde(skip)]
    pub student_id: Option<Uuid>,
}

/// Write to a learner, or about the course.
#[utoipa::path(post, path = "/v1/training/courses/{course_id}/feedback", tag = "feedback", request_body = NewFeedback,
    params(("course_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Feedback)))]
pub async fn create_feedback(
    State(state): State<AppState>,
    caller: As<Trainer>,
    idempotency: IdempotencyKey,
    Path(course_id): Path<Uuid>,
    Body(new): Body<NewFeedback>,
) -> Result<Response, Problem> {
    let mut tx = state.pool.begin().await?;
    let course = courses::queries::require_taught(&mut *tx, course_id, caller.user_id).await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_feedback", &(course_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    if let Some(student) = new.student_id
        && !courses::queries::student_ids(&mut tx, course_id).await?.contains(&student)
    {
        return Err(Problem::invalid("student_id", "not_on_roster", "is no student of this course"));
    }
    let feedback = queries::insert(&mut tx, course_id, caller.user_id, &new).await?;
    let event = FeedbackSubmitted {
        feedback_id: feedback.feedback_id,
        course_id,
        client_id: course.client_id,
        lesson_id: None,
        from: caller.user_id,
        from_role: Role::Trainer,
        to: new.student_id,
        text: new.text,
    };
    state.outbox.enqueue(&mut tx, &event).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &feedback).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}

/// What one wrote in this course, newest first.
#[utoipa::path(get, path = "/v1/training/courses/{course_id}/feedback", tag = "feedback",
    params(("course_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<Feedback>)))]
pub async fn list_feedback(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(course_id): Path<Uuid>,
    page: PageRequest,
) -> Result<Json<Page<Feedback>>, Problem> {
    courses::queries::require_taught(&state.pool, course_id, caller.user_id).await?;
    let rows = queries::list(&state.pool, course_id, caller.user_id, page).await?;
    Ok(Json(page.page(rows, |f| f.feedback_id)))
}
