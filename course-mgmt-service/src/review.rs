//! Review: a manager sends a version back, approves it, publishes it.

mod queries;
mod state;

use axum::{Json, extract::State, http::StatusCode};
use events::payloads::{CourseApproved, CourseChangesRequested, CoursePublished, CourseRegenerationRequested};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, Caller, CourseManager},
    extract::{Body, Path},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState, comments,
    courses::{self, Version, VersionRow},
};
pub use state::ReviewState;

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangesRequest {
    /// What is to be different, for the author.
    #[garde(length(chars, max = 4000), custom(platform::text::lines))]
    pub note: String,
    /// The one element that the note is about: only that is made again. Without it, the whole course.
    #[serde(default)]
    #[garde(skip)]
    pub element_id: Option<Uuid>,
}

/// Send the version back: the generator makes the next one.
#[utoipa::path(post, path = "/v1/courses/{course_id}/versions/{version}/request-changes", tag = "review",
    params(("course_id" = Uuid, Path), ("version" = u32, Path)), request_body = ChangesRequest,
    responses((status = 200, body = Version)))]
pub async fn request_changes(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, version)): Path<(Uuid, u32)>,
    Body(ChangesRequest { note, element_id }): Body<ChangesRequest>,
) -> Result<Json<Version>, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = lock_newest(&mut tx, course_id, version, &caller).await?;
    if let Some(element) = element_id
        && !comments::has_element(&mut tx, &row, element).await?
    {
        return Err(Problem::invalid("element_id", "unknown_element", "is no element of this version"));
    }
    let next = row.state.request_changes()?;
    queries::review(&mut tx, &row, next, caller.user_id, Some(&note)).await?;
    let (client_id, request_id, requested_by) = (row.client_id, row.request_id, caller.user_id);
    let changes = CourseChangesRequested {
        course_id,
        client_id,
        request_id,
        version,
        requested_by,
        note: note.clone(),
        element_id,
    };
    state.outbox.enqueue(&mut tx, &changes).await?;
    let regeneration =
        CourseRegenerationRequested { course_id, client_id, request_id, version, requested_by, note, element_id };
    state.outbox.enqueue(&mut tx, &regeneration).await?;
    let answer = current(&mut tx, &row).await?;
    state.outbox.commit(tx).await?;
    Ok(answer)
}

/// Approve the version. Not for the person whose order made it.
#[utoipa::path(post, path = "/v1/courses/{course_id}/versions/{version}/approve", tag = "review",
    params(("course_id" = Uuid, Path), ("version" = u32, Path)), responses((status = 200, body = Version)))]
pub async fn approve_version(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, version)): Path<(Uuid, u32)>,
) -> Result<Json<Version>, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = lock_newest(&mut tx, course_id, version, &caller).await?;
    if row.ordered_by == caller.user_id {
        return Err(Problem::new(StatusCode::FORBIDDEN, "own_work", "Somebody else must approve what you ordered"));
    }
    let next = row.state.approve()?;
    row.require_content()?;
    queries::review(&mut tx, &row, next, caller.user_id, None).await?;
    let event = CourseApproved {
        course_id,
        client_id: row.client_id,
        request_id: row.request_id,
        version,
        approved_by: caller.user_id,
    };
    state.outbox.enqueue(&mut tx, &event).await?;
    let answer = current(&mut tx, &row).await?;
    state.outbox.commit(tx).await?;
    Ok(answer)
}

/// Put an approved version into the library. It takes the place of an older one, never of a newer one.
#[utoipa::path(post, path = "/v1/courses/{course_id}/versions/{version}/publish", tag = "review",
    params(("course_id" = Uuid, Path), ("version" = u32, Path)), responses((status = 200, body = Version)))]
pub async fn publish_version(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, version)): Path<(Uuid, u32)>,
) -> Result<Json<Version>, Problem> {
    let mut tx = state.pool.begin().await?;
    courses::queries::lock(&mut tx, course_id).await?;
    let row = courses::queries::version(&mut *tx, course_id, version, caller.visible_clients())
        .await?
        .ok_or_else(Problem::not_found)?;
    row.state.publish()?;
    if row.published_version.is_some_and(|published| published > i64::from(version)) {
        return Err(Problem::conflict("newer_published", "A newer version of this course is published already"));
    }
    queries::publish(&mut tx, &row, caller.user_id).await?;
    let event = CoursePublished {
        course_id,
        client_id: row.client_id,
        request_id: row.request_id,
        version,
        title: row.title.clone(),
        level: row.level.0,
        package: row.package(),
        published_by: caller.user_id,
        ordered_by: row.ordered_by,
    };
    state.outbox.enqueue(&mut tx, &event).await?;
    let answer = current(&mut tx, &row).await?;
    state.outbox.commit(tx).await?;
    Ok(answer)
}

/// The version with its course locked, if it is the newest: only that one is under review.
async fn lock_newest(
    tx: &mut PgConnection,
    course_id: Uuid,
    version: u32,
    caller: &Caller,
) -> Result<VersionRow, Problem> {
    courses::queries::lock(tx, course_id).await?;
    let row = courses::queries::version(&mut *tx, course_id, version, caller.visible_clients())
        .await?
        .ok_or_else(Problem::not_found)?;
    if row.version < row.newest_version {
        return Err(Problem::conflict("superseded", "There is a newer version of this course"));
    }
    Ok(row)
}

/// The version as this transaction leaves it.
async fn current(tx: &mut PgConnection, row: &VersionRow) -> Result<Json<Version>, Problem> {
    let row = courses::queries::version(tx, row.course_id, row.version, None).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(row.into()))
}
