//! Courses and their versions, as course managers see them.

mod dto;
pub(crate) mod queries;

use axum::{Json, extract::State};
use platform::{
    Problem,
    auth::{Admin, As, CourseManager},
    extract::{Path, Query},
    paging::{Page, PageParams, PageRequest},
};
use uuid::Uuid;

use crate::AppState;
pub use dto::{CourseDetail, CourseFilter, CourseSummary, Version, VersionContent};
pub(crate) use queries::{Content, StoredLevel, VersionRow};

/// Courses of one's clients, newest first.
#[utoipa::path(get, path = "/v1/courses", tag = "courses", params(PageParams, CourseFilter),
    responses((status = 200, body = Page<CourseSummary>)))]
pub async fn list_courses(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    page: PageRequest,
    Query(filter): Query<CourseFilter>,
) -> Result<Json<Page<CourseSummary>>, Problem> {
    let rows = queries::list(&state.pool, caller.visible_clients(), &filter, page).await?;
    Ok(Json(page.page(rows, |row| row.course_id).map(CourseSummary::from)))
}

/// One course with all of its versions.
#[utoipa::path(get, path = "/v1/courses/{course_id}", tag = "courses", params(("course_id" = Uuid, Path)),
    responses((status = 200, body = CourseDetail)))]
pub async fn get_course(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<CourseDetail>, Problem> {
    let newest =
        queries::newest(&state.pool, course_id, caller.visible_clients()).await?.ok_or_else(Problem::not_found)?;
    let versions = queries::versions(&state.pool, course_id).await?;
    Ok(Json(CourseDetail::new(newest, versions)))
}

/// The content of a version, with answer keys and quality report.
#[utoipa::path(get, path = "/v1/courses/{course_id}/versions/{version}", tag = "courses",
    params(("course_id" = Uuid, Path), ("version" = u32, Path)), responses((status = 200, body = VersionContent)))]
pub async fn get_version(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, version)): Path<(Uuid, u32)>,
) -> Result<Json<VersionContent>, Problem> {
    let row = queries::version(&state.pool, course_id, version, caller.visible_clients())
        .await?
        .ok_or_else(Problem::not_found)?;
    row.require_content()?;
    let content = state.store.load(&row.package()).await?.as_ref().clone();
    Ok(Json(VersionContent { summary: row.into(), content }))
}
