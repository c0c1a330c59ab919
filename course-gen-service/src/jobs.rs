//! Generation jobs, as course managers see them.

pub mod job;
pub mod queries;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::course::QualityReport;
use platform::Problem;
use platform::auth::{Admin, As, CourseManager};
use platform::extract::{Path, Query};
use platform::paging::{Page, PageParams, PageRequest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
use job::{JobRow, JobState, Step};

/// A job with its steps.
#[derive(Debug, Serialize, ToSchema)]
pub struct Job {
    pub job_id: Uuid,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    /// Version of the course that this job makes.
    pub version: i32,
    pub state: JobState,
    pub steps: Vec<JobStep>,
    pub lessons_done: i32,
    pub lessons_total: i32,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Why no course could be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What the current step waits for; it is tried again by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_for: Option<String>,
    /// How the course stands against its SOPs, once it is packaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<QualityReport>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JobStep {
    pub name: Step,
    pub state: StepState,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Pending,
    /// The one that runs, or runs next.
    Current,
    Done,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Failure {
    pub code: String,
    pub detail: String,
}

/// `?request_id=`
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobFilter {
    /// Only jobs of this request.
    pub request_id: Option<Uuid>,
}

/// The caller's jobs, newest first.
#[utoipa::path(get, path = "/v1/generation/jobs", params(JobFilter, PageParams), responses((status = 200, body = Page<Job>)))]
pub async fn list_jobs(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    page: PageRequest,
    Query(filter): Query<JobFilter>,
) -> Result<Json<Page<Job>>, Problem> {
    let mut db = state.pool.acquire().await?;
    let rows = queries::list(&mut db, caller.visible_clients(), filter.request_id, page).await?;
    let page = page.page(rows, |row| row.job_id);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let done = queries::finished_steps(&mut db, row.job_id).await?;
        items.push(Job::of(row, &done)?);
    }
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}

/// One job.
#[utoipa::path(get, path = "/v1/generation/jobs/{job_id}", params(("job_id" = Uuid, Path)), responses((status = 200, body = Job)))]
pub async fn get_job(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(job_id): Path<Uuid>,
) -> Result<Json<Job>, Problem> {
    let mut db = state.pool.acquire().await?;
    let row = queries::find(&mut db, job_id)
        .await?
        .filter(|row| caller.belongs_to(row.client_id))
        .ok_or_else(Problem::not_found)?;
    let done = queries::finished_steps(&mut db, job_id).await?;
    Ok(Json(Job::of(row, &done)?))
}

impl JobStep {
    fn of(row: &JobRow, done: &[job::FinishedStep], name: Step) -> Self {
        let finished = done.iter().find(|d| d.step == name);
        let current = row.state == JobState::Queued && row.step == name;
        Self {
            name,
            state: match (finished, current) {
                (Some(_), _) => StepState::Done,
                (None, true) => StepState::Current,
                (None, false) => StepState::Pending,
            },
            started_at: finished.map(|d| d.started_at),
            finished_at: finished.map(|d| d.finished_at),
        }
    }
}

impl Job {
    fn of(row: JobRow, done: &[job::FinishedStep]) -> Result<Self, Problem> {
        let steps = Step::ALL.into_iter().map(|name| JobStep::of(&row, done, name)).collect();
        let quality = row.quality.map(serde_json::from_value).transpose().map_err(Problem::internal)?;
        Ok(Self {
            job_id: row.job_id,
            request_id: row.request_id,
            client_id: row.client_id,
            course_id: row.course_id,
            version: row.version,
            state: row.state,
            steps,
            lessons_done: row.lessons_done,
            lessons_total: row.lessons_total,
            created_at: row.created_at,
            finished_at: row.finished_at,
            failure: row.failure_code.zip(row.failure_detail).map(|(code, detail)| Failure { code, detail }),
            waiting_for: row.waiting_for,
            quality,
        })
    }
}
