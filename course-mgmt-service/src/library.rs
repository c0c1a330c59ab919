//! Published courses, to be found again.

mod queries;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::Level;
use platform::{
    Problem,
    auth::{Admin, As, CourseManager},
    extract::Query,
    paging::{Page, PageParams, PageRequest},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
pub use queries::LibraryFilter;

#[derive(Debug, Serialize, ToSchema)]
pub struct LibraryCourse {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    pub level: Level,
    /// The published version.
    pub version: u32,
    pub lessons: u32,
    /// Titles of units and lessons, in teaching order.
    pub outline: Vec<String>,
    pub published_at: Option<DateTime<Utc>>,
}

/// Published courses of one's clients, newest first.
#[utoipa::path(get, path = "/v1/library", tag = "library", params(PageParams, LibraryFilter),
    responses((status = 200, body = Page<LibraryCourse>)))]
pub async fn search_library(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    page: PageRequest,
    Query(filter): Query<LibraryFilter>,
) -> Result<Json<Page<LibraryCourse>>, Problem> {
    if filter.q.as_ref().is_some_and(|q| q.chars().count() > 200) {
        return Err(Problem::bad_request("bad_query", "q must be at most 200 characters"));
    }
    let rows = queries::search(&state.pool, caller.visible_clients(), &filter, page).await?;
    Ok(Json(page.page(rows, |row| row.course_id).map(LibraryCourse::from)))
}
