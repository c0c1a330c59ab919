//! The grading queue: open answers with a suggested score. A person decides, once.

mod dto;
mod queries;

use axum::{Json, extract::State};
use events::payloads::SubmissionGraded;
use platform::{
    Problem,
    auth::{As, Trainer},
    extract::{Body, Path, Query},
    paging::{Page, PageParams, PageRequest},
};
use uuid::Uuid;

use crate::AppState;
pub use dto::{NewGrade, Submission, SubmissionFilter, SubmissionState};

/// Answers of one's courses, newest first.
#[utoipa::path(get, path = "/v1/training/submissions", tag = "submissions", params(PageParams, SubmissionFilter),
    responses((status = 200, body = Page<Submission>)))]
pub async fn list_submissions(
    State(state): State<AppState>,
    caller: As<Trainer>,
    page: PageRequest,
    Query(filter): Query<SubmissionFilter>,
) -> Result<Json<Page<Submission>>, Problem> {
    let rows = queries::list(&state.pool, caller.user_id, &filter, page).await?;
    Ok(Json(page.page(rows, |row| row.submission_id).map(Submission::from)))
}

/// One answer.
#[utoipa::path(get, path = "/v1/training/submissions/{submission_id}", tag = "submissions",
    params(("submission_id" = Uuid, Path)), responses((status = 200, body = Submission)))]
pub async fn get_submission(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(submission_id): Path<Uuid>,
) -> Result<Json<Submission>, Problem> {
    let row = queries::find(&state.pool, submission_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(row.into()))
}

/// Grade an answer. The learner is told; there is no second grade.
#[utoipa::path(post, path = "/v1/training/submissions/{submission_id}/grade", tag = "submissions",
    request_body = NewGrade, params(("submission_id" = Uuid, Path)), responses((status = 200, body = Submission)))]
pub async fn grade_submission(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(submission_id): Path<Uuid>,
    Body(grade): Body<NewGrade>,
) -> Result<Json<Submission>, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = queries::lock(&mut tx, submission_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    if row.graded_at.is_some() {
        return Err(Problem::conflict("already_graded", "This answer was graded already"));
    }
    if grade.score > row.max_score {
        let message = format!("must be at most {}", row.max_score);
        return Err(Problem::invalid("score", "too_high", message));
    }
    let event = SubmissionGraded {
        submission_id,
        course_id: row.course_id,
        client_id: row.client_id,
        student_id: row.student_id,
        item_id: row.item_id,
        score: grade.score,
        max_score: row.max_score,
        comment: grade.comment.clone(),
        graded_by: caller.user_id,
    };
    queries::grade(&mut tx, submission_id, caller.user_id, &grade).await?;
    state.outbox.enqueue(&mut tx, &event).await?;
    let row = queries::find(&mut *tx, submission_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    state.outbox.commit(tx).await?;
    Ok(Json(row.into()))
}
