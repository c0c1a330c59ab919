//! What became of a published course: who has it, who started, who finished, and how well.
//!
//! Students count while they are assigned. Who handed in the assessment has finished; their score is that of their best
//! attempt.

mod queries;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use platform::{
    Problem,
    auth::{Admin, As, CourseManager},
    extract::{Path, Query},
    paging::{Page, PageParams, PageRequest},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
pub use queries::ReportFilter;

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct CourseReport {
    pub course_id: Uuid,
    pub title: String,
    /// Students.
    pub assigned: i64,
    pub started: i64,
    pub finished: i64,
    /// 0 to 1, of those who finished.
    pub mean_score: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CourseReportDetail {
    #[serde(flatten)]
    pub summary: CourseReport,
    /// By name.
    pub students: Vec<StudentReport>,
    /// About the course, newest first, the last 200.
    pub feedback: Vec<Feedback>,
}

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct StudentReport {
    pub user_id: Uuid,
    pub display_name: Option<String>,
    pub started_at: Option<DateTime<Utc>>,
    /// Of the published version.
    pub lessons_completed: i64,
    pub lessons: i64,
    /// Of the best attempt at the assessment, 0 to 1.
    pub score: Option<f32>,
    pub passed: Option<bool>,
    pub sessions_attended: i64,
}

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Feedback {
    pub text: String,
    pub from_role: String,
    pub lesson_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// Published courses of one's clients with their numbers, newest first.
#[utoipa::path(get, path = "/v1/reports/courses", tag = "reports", params(PageParams, ReportFilter),
    responses((status = 200, body = Page<CourseReport>)))]
pub async fn list_course_reports(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    page: PageRequest,
    Query(filter): Query<ReportFilter>,
) -> Result<Json<Page<CourseReport>>, Problem> {
    let rows = queries::list(&state.pool, caller.visible_clients(), &filter, page).await?;
    Ok(Json(page.page(rows, |row| row.course_id)))
}

/// One published course, student by student.
#[utoipa::path(get, path = "/v1/reports/courses/{course_id}", tag = "reports", params(("course_id" = Uuid, Path)),
    responses((status = 200, body = CourseReportDetail)))]
pub async fn get_course_report(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<CourseReportDetail>, Problem> {
    let summary =
        queries::find(&state.pool, course_id, caller.visible_clients()).await?.ok_or_else(Problem::not_found)?;
    let students = queries::students(&state.pool, course_id).await?;
    let feedback = queries::feedback(&state.pool, course_id).await?;
    Ok(Json(CourseReportDetail { summary, students, feedback }))
}
