//! What reviewers say about one element of a version.

mod queries;

pub use queries::has_element;

use axum::{Json, extract::State, http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, Caller, CourseManager},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgExecutor};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    courses::{self, VersionRow},
};

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Comment {
    pub comment_id: Uuid,
    pub element_id: Uuid,
    pub text: String,
    pub author_id: Uuid,
    pub author_name: Option<String>,
    pub created_at: DateTime<Utc>,
    pub resolved_by: Option<Uuid>,
    pub resolved_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// A unit, lesson, vocabulary entry, reading line, activity, item, the assessment, or the course itself.
    #[garde(skip)]
    pub element_id: Uuid,
    #[garde(length(chars, max = 4000), custom(platform::text::lines))]
    pub text: String,
}

/// Comment on an element of the version.
#[utoipa::path(post, path = "/v1/courses/{course_id}/versions/{version}/comments", tag = "comments",
    params(("course_id" = Uuid, Path), ("version" = u32, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = NewComment, responses((status = 201, body = Comment)))]
pub async fn create_comment(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    idempotency: IdempotencyKey,
    Path((course_id, version)): Path<(Uuid, u32)>,
    Body(new): Body<NewComment>,
) -> Result<Response, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = find_version(&mut *tx, course_id, version, &caller).await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_comment", &(course_id, version, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    row.require_content()?;
    if !queries::has_element(&mut tx, &row, new.element_id).await? {
        return Err(Problem::invalid("element_id", "unknown_element", "is no element of this version"));
    }
    let comment = queries::insert(&mut tx, &row, caller.user_id, &new).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &comment).await?;
    tx.commit().await?;
    Ok(response)
}

/// Comments on the version, newest first.
#[utoipa::path(get, path = "/v1/courses/{course_id}/versions/{version}/comments", tag = "comments",
    params(("course_id" = Uuid, Path), ("version" = u32, Path), PageParams),
    responses((status = 200, body = Page<Comment>)))]
pub async fn list_comments(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, version)): Path<(Uuid, u32)>,
    page: PageRequest,
) -> Result<Json<Page<Comment>>, Problem> {
    find_version(&state.pool, course_id, version, &caller).await?;
    let comments = queries::list(&state.pool, course_id, version, page).await?;
    Ok(Json(page.page(comments, |c| c.comment_id)))
}

/// Mark a comment as dealt with.
#[utoipa::path(post, path = "/v1/courses/{course_id}/versions/{version}/comments/{comment_id}/resolve", tag = "comments",
    params(("course_id" = Uuid, Path), ("version" = u32, Path), ("comment_id" = Uuid, Path)),
    responses((status = 200, body = Comment)))]
pub async fn resolve_comment(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, version, comment_id)): Path<(Uuid, u32, Uuid)>,
) -> Result<Json<Comment>, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = find_version(&mut *tx, course_id, version, &caller).await?;
    let comment = queries::resolve(&mut tx, &row, comment_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;
    Ok(Json(comment))
}

async fn find_version(
    db: impl PgExecutor<'_>,
    course_id: Uuid,
    version: u32,
    caller: &Caller,
) -> Result<VersionRow, Problem> {
    let row = courses::queries::version(db, course_id, version, caller.visible_clients()).await?;
    row.ok_or_else(Problem::not_found)
}
