//! Courses that the trainer teaches: materials with keys, and who learns.

pub(crate) mod queries;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use course_format::{Level, course::CoursePackage};
use platform::{
    Problem,
    auth::{As, Trainer},
    extract::Path,
    paging::{Page, PageParams, PageRequest},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
pub(crate) use queries::CourseRow;

#[derive(Debug, Serialize, ToSchema)]
pub struct TaughtCourse {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    pub level: Level,
    /// The published version.
    pub version: u32,
    pub assigned_at: DateTime<Utc>,
    pub students: i64,
    /// Answers that wait for a grade.
    pub open_submissions: i64,
    /// Whether there are materials yet.
    pub materials_ready: bool,
}

impl From<CourseRow> for TaughtCourse {
    fn from(row: CourseRow) -> Self {
        Self {
            course_id: row.course_id,
            client_id: row.client_id,
            title: row.title,
            level: row.level.0,
            version: row.version,
            assigned_at: row.assigned_at,
            students: row.students,
            open_submissions: row.open_submissions,
            materials_ready: row.materials_sha256.is_some(),
        }
    }
}

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct RosterEntry {
    pub user_id: Uuid,
    pub display_name: Option<String>,
    pub assigned_at: DateTime<Utc>,
    pub due_on: Option<NaiveDate>,
}

/// Courses that one teaches, newest first.
#[utoipa::path(get, path = "/v1/training/courses", tag = "courses", params(PageParams),
    responses((status = 200, body = Page<TaughtCourse>)))]
pub async fn list_courses(
    State(state): State<AppState>,
    caller: As<Trainer>,
    page: PageRequest,
) -> Result<Json<Page<TaughtCourse>>, Problem> {
    let rows = queries::list(&state.pool, caller.user_id, page).await?;
    Ok(Json(page.page(rows, |row| row.course_id).map(TaughtCourse::from)))
}

/// One course that one teaches.
#[utoipa::path(get, path = "/v1/training/courses/{course_id}", tag = "courses", params(("course_id" = Uuid, Path)),
    responses((status = 200, body = TaughtCourse)))]
pub async fn get_course(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<TaughtCourse>, Problem> {
    Ok(Json(queries::require_taught(&state.pool, course_id, caller.user_id).await?.into()))
}

/// The whole course with answer keys and trainer's notes.
#[utoipa::path(get, path = "/v1/training/courses/{course_id}/materials", tag = "courses",
    params(("course_id" = Uuid, Path)), responses((status = 200, body = CoursePackage)))]
pub async fn get_materials(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(course_id): Path<Uuid>,
) -> Result<Response, Problem> {
    let course = queries::require_taught(&state.pool, course_id, caller.user_id).await?;
    let sha256 = course.require_materials()?;
    let content = state.store.stored(sha256).await?;
    let content = content.ok_or_else(|| Problem::internal(anyhow::anyhow!("content {sha256} is not in the store")))?;
    // Keys stay out of shared caches; the browser may keep them for its own trainer.
    let cache = [(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    Ok((StatusCode::OK, cache, Json(content.as_ref())).into_response())
}

/// Students who have the course now.
#[utoipa::path(get, path = "/v1/training/courses/{course_id}/roster", tag = "courses",
    params(("course_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<RosterEntry>)))]
pub async fn list_roster(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(course_id): Path<Uuid>,
    page: PageRequest,
) -> Result<Json<Page<RosterEntry>>, Problem> {
    queries::require_taught(&state.pool, course_id, caller.user_id).await?;
    let rows = queries::roster(&state.pool, course_id, page).await?;
    Ok(Json(page.page(rows, |entry| entry.user_id)))
}
