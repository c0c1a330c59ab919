use chrono::{DateTime, Utc};
use platform::paging::PageRequest;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::job::{FinishedStep, JobRow, NewJob, Step, Wish};

const COLUMNS: &str = "job_id, request_id, client_id, course_id, version, ordered_by, state, step, brief, sops, cause, wish, approve_outline, lessons_done, lessons_total,
    quality, failure_code, failure_detail, attempts, waiting_for, created_at, finished_at";

/// Opens a job unless there is one for this version, or the request was taken back. Says whether it did.
pub async fn insert(tx: &mut PgConnection, job: NewJob<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO jobs (job_id, request_id, client_id, course_id, version, ordered_by, brief, sops, cause, wish, approve_outline)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
         WHERE NOT EXISTS (SELECT 1 FROM cancelled_requests WHERE request_id = $2)
         ON CONFLICT ON CONSTRAINT jobs_one_per_version DO NOTHING",
    )
    .bind(Uuid::now_v7())
    .bind(job.request_id)
    .bind(job.client_id)
    .bind(job.brief.course_id)
    .bind(job.version)
    .bind(job.ordered_by)
    .bind(Json(job.brief))
    .bind(Json(job.sops))
    .bind(Json(job.cause))
    .bind(job.wish.map(Json))
    .bind(job.approve_outline)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn find(db: &mut PgConnection, job: Uuid) -> sqlx::Result<Option<JobRow>> {
    sqlx::query_as(AssertSqlSafe(format!("SELECT {COLUMNS} FROM jobs WHERE job_id = $1")))
        .bind(job)
        .fetch_optional(db)
        .await
}

/// The job that made this version of the course.
pub async fn of_version(db: &mut PgConnection, course: Uuid, version: i32) -> sqlx::Result<Option<JobRow>> {
    sqlx::query_as(AssertSqlSafe(format!("SELECT {COLUMNS} FROM jobs WHERE course_id = $1 AND version = $2")))
        .bind(course)
        .bind(version)
        .fetch_optional(db)
        .await
}

/// The last job before this version that made the whole course.
pub async fn whole_before(db: &mut PgConnection, course: Uuid, version: i32) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "SELECT job_id FROM jobs WHERE course_id = $1 AND version < $2 AND wish IS NULL AND state = 'done' ORDER BY version DESC LIMIT 1",
    )
    .bind(course)
    .bind(version)
    .fetch_optional(db)
    .await
}

/// Newest first; `None` as clients means all of them.
pub async fn list(
    db: &mut PgConnection,
    clients: Option<&[Uuid]>,
    request: Option<Uuid>,
    page: PageRequest,
) -> sqlx::Result<Vec<JobRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs
         WHERE ($1::uuid[] IS NULL OR client_id = ANY($1)) AND ($2::uuid IS NULL OR request_id = $2) AND ($3::uuid IS NULL OR job_id < $3)
         ORDER BY job_id DESC LIMIT $4"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(clients)
        .bind(request)
        .bind(page.before)
        .bind(page.fetch())
        .fetch_all(db)
        .await
}

pub async fn finished_steps(db: &mut PgConnection, job: Uuid) -> sqlx::Result<Vec<FinishedStep>> {
    sqlx::query_as("SELECT step, started_at, finished_at FROM job_steps WHERE job_id = $1 ORDER BY finished_at")
        .bind(job)
        .fetch_all(db)
        .await
}

/// Takes the next job: of the client who has waited longest, the oldest. Its row stays locked until the transaction ends;
/// jobs that other workers hold are passed over.
pub async fn take(tx: &mut PgConnection) -> sqlx::Result<Option<JobRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs
         WHERE job_id = (
             SELECT j.job_id FROM jobs j LEFT JOIN client_turns t USING (client_id)
             WHERE j.state = 'queued' AND j.not_before <= now()
             ORDER BY t.served_at NULLS FIRST, j.step <> 'plan' DESC, j.created_at, j.job_id
             LIMIT 1 FOR UPDATE OF j SKIP LOCKED)"
    );
    let job: Option<JobRow> = sqlx::query_as(AssertSqlSafe(sql)).fetch_optional(&mut *tx).await?;
    Ok(job)
}

/// The client goes to the end of the line.
pub async fn served(tx: &mut PgConnection, client: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO client_turns (client_id, served_at) VALUES ($1, clock_timestamp())
         ON CONFLICT (client_id) DO UPDATE SET served_at = excluded.served_at",
    )
    .bind(client)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn result(db: &mut PgConnection, job: Uuid, step: Step) -> sqlx::Result<Option<serde_json::Value>> {
    sqlx::query_scalar("SELECT result FROM job_steps WHERE job_id = $1 AND step = $2")
        .bind(job)
        .bind(step)
        .fetch_optional(db)
        .await
}

/// Writes down what the step left, and moves the job on to the next one.
pub async fn finish_step(
    tx: &mut PgConnection,
    job: &JobRow,
    started_at: DateTime<Utc>,
    result: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO job_steps (job_id, step, started_at, finished_at, result) VALUES ($1, $2, $3, clock_timestamp(), $4)")
        .bind(job.job_id)
        .bind(job.step)
        .bind(started_at)
        .bind(result)
        .execute(&mut *tx)
        .await?;
    if let Some(next) = job.step.next() {
        sqlx::query(
            "UPDATE jobs SET step = $2, attempts = 0, not_before = now(),
                 waiting_for = CASE WHEN state = 'queued' THEN NULL ELSE waiting_for END
             WHERE job_id = $1",
        )
        .bind(job.job_id)
        .bind(next)
        .execute(tx)
        .await?;
    }
    Ok(())
}

pub async fn set_lessons(tx: &mut PgConnection, job: Uuid, done: i32, total: i32) -> sqlx::Result<()> {
    sqlx::query("UPDATE jobs SET lessons_done = $2, lessons_total = $3 WHERE job_id = $1")
        .bind(job)
        .bind(done)
        .bind(total)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn finish(
    tx: &mut PgConnection,
    job: Uuid,
    quality: &serde_json::Value,
    prefix: &str,
    sha256: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE jobs SET state = 'done', waiting_for = NULL, quality = $2, package_prefix = $3, package_sha256 = $4, finished_at = now()
         WHERE job_id = $1",
    )
    .bind(job)
    .bind(quality)
    .bind(prefix)
    .bind(sha256)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn fail(tx: &mut PgConnection, job: Uuid, code: &str, detail: &str) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE jobs SET state = 'failed', waiting_for = NULL, failure_code = $2, failure_detail = $3, finished_at = now() WHERE job_id = $1",
    )
    .bind(job)
    .bind(code)
    .bind(detail)
    .execute(tx)
    .await?;
    Ok(())
}

/// The step could not be finished: tried again after `seconds`.
pub async fn wait(tx: &mut PgConnection, job: Uuid, what_for: &str, seconds: f64) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE jobs SET attempts = attempts + 1, waiting_for = $2, not_before = now() + make_interval(secs => $3)
         WHERE job_id = $1 AND state = 'queued'",
    )
    .bind(job)
    .bind(what_for)
    .bind(seconds)
    .execute(tx)
    .await?;
    Ok(())
}

/// Stops the request's jobs, now and in future. A job that a worker holds is stopped by that worker: waiting for it here
/// would hold up every event behind this one.
pub async fn cancel(tx: &mut PgConnection, request: Uuid) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO cancelled_requests (request_id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(request)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE jobs SET state = 'cancelled', waiting_for = NULL, finished_at = now()
         WHERE job_id IN (SELECT job_id FROM jobs WHERE request_id = $1 AND state IN ('queued', 'awaiting_approval') FOR UPDATE SKIP LOCKED)",
    )
    .bind(request)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn is_taken_back(db: &mut PgConnection, request: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM cancelled_requests WHERE request_id = $1)")
        .bind(request)
        .fetch_one(db)
        .await
}

/// Stops a job that the caller holds.
pub async fn cancel_job(tx: &mut PgConnection, job: Uuid) -> sqlx::Result<()> {
    sqlx::query("UPDATE jobs SET state = 'cancelled', waiting_for = NULL, finished_at = now() WHERE job_id = $1")
        .bind(job)
        .execute(tx)
        .await?;
    Ok(())
}

/// A job whose leavings are to be taken away.
#[derive(sqlx::FromRow)]
pub struct Leavings {
    pub job_id: Uuid,
    pub course_id: Uuid,
}

/// The next job that ended without a course. No other job of its course is at work or will be soon, and none stores its
/// package as long as the transaction lasts.
pub async fn to_sweep(tx: &mut PgConnection) -> sqlx::Result<Option<Leavings>> {
    let found: Option<Leavings> = sqlx::query_as(
        "SELECT job_id, course_id FROM jobs j
         WHERE state IN ('cancelled', 'failed') AND NOT swept AND not_before <= now()
           AND NOT EXISTS (SELECT 1 FROM jobs o WHERE o.course_id = j.course_id AND o.state IN ('queued', 'awaiting_approval'))
         ORDER BY finished_at LIMIT 1 FOR UPDATE SKIP LOCKED",
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(job) = found else { return Ok(None) };
    let free: bool = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock(hashtextextended($1::text, 0))")
        .bind(job.course_id)
        .fetch_one(tx)
        .await?;
    Ok(Some(job).filter(|_| free))
}

/// Nothing of this course is taken away until the transaction ends.
pub async fn lock_packages(tx: &mut PgConnection, course: Uuid) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))").bind(course).execute(tx).await?;
    Ok(())
}

/// Where the versions of the course lie.
pub async fn packages(tx: &mut PgConnection, course: Uuid) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT package_prefix FROM jobs WHERE course_id = $1 AND package_prefix IS NOT NULL")
        .bind(course)
        .fetch_all(tx)
        .await
}

pub async fn swept(tx: &mut PgConnection, job: Uuid) -> sqlx::Result<()> {
    sqlx::query("UPDATE jobs SET swept = true WHERE job_id = $1").bind(job).execute(tx).await?;
    Ok(())
}

pub async fn sweep_later(db: &mut PgConnection, job: Uuid, seconds: f64) -> sqlx::Result<()> {
    sqlx::query("UPDATE jobs SET not_before = now() + make_interval(secs => $2) WHERE job_id = $1")
        .bind(job)
        .bind(seconds)
        .execute(db)
        .await?;
    Ok(())
}

/// What reviewers wished for single elements before this version, with the change that was made, oldest first.
pub async fn wishes(
    tx: &mut PgConnection,
    course: Uuid,
    version: i32,
) -> sqlx::Result<Vec<(Json<Wish>, serde_json::Value)>> {
    sqlx::query_as(
        "SELECT wish, result FROM jobs JOIN job_steps s ON s.job_id = jobs.job_id AND s.step = 'author'
         WHERE course_id = $1 AND version < $2 AND wish IS NOT NULL AND state = 'done' ORDER BY version",
    )
    .bind(course)
    .bind(version)
    .fetch_all(tx)
    .await
}
