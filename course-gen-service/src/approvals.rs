//! The outline waits for a course manager: what the manager says is kept once, and sets the job going again.

use events::payloads::CourseOutlineApproved;
use platform::consumer::HandleError;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::engine::outline::{Edits, Outline};
use crate::jobs::job::{JobState, Step};
use crate::jobs::queries;

/// Keeps the approval; a second one for the same version changes nothing. A job that waits for it goes on.
///
/// The job's row is locked before its state is looked at: a worker that is making the outline has committed by then, and the
/// approval is not lost between the two.
pub async fn approved(tx: &mut PgConnection, event: &CourseOutlineApproved) -> Result<(), HandleError> {
    let unknown = || {
        HandleError::reject(
            "unknown_version",
            format!("no job makes version {} of course {}", event.version, event.course_id),
        )
    };
    let version = i32::try_from(event.version).map_err(|_| unknown())?;
    let edits = Edits {
        dropped: event.dropped.iter().map(|d| (d.lesson_id, d.reason.trim().to_owned())).collect(),
        order: event.order.clone(),
    };
    let kept = sqlx::query(
        "INSERT INTO outline_approvals (request_id, version, approval) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(event.request_id)
    .bind(version)
    .bind(Json(&edits))
    .execute(&mut *tx)
    .await?;
    // Said before: the job may be at work, and waiting for its row would hold up the events behind this one.
    if kept.rows_affected() == 0 {
        return Ok(());
    }
    let job: Option<(Uuid, JobState)> = sqlx::query_as(
        "SELECT job_id, state FROM jobs
         WHERE course_id = $1 AND version = $2 AND client_id = $3 AND request_id = $4 FOR UPDATE",
    )
    .bind(event.course_id)
    .bind(version)
    .bind(event.client_id)
    .bind(event.request_id)
    .fetch_optional(&mut *tx)
    .await?;
    let (job, state) = job.ok_or_else(unknown)?;
    if state != JobState::AwaitingApproval {
        return Ok(());
    }
    let outline = queries::result(tx, job, Step::Outline).await?.unwrap_or_default();
    let outline: Outline = serde_json::from_value(outline)
        .map_err(|error| HandleError::reject("unreadable_outline", error.to_string()))?;
    let edited = outline.edited(&edits);
    sqlx::query("UPDATE job_steps SET result = $3 WHERE job_id = $1 AND step = $2")
        .bind(job)
        .bind(Step::Outline)
        .bind(Json(&edited))
        .execute(&mut *tx)
        .await?;
    let lessons = i32::try_from(edited.lessons().count()).unwrap_or(i32::MAX);
    queries::set_lessons(tx, job, 0, lessons).await?;
    sqlx::query("UPDATE jobs SET state = 'queued', waiting_for = NULL, not_before = now() WHERE job_id = $1")
        .bind(job)
        .execute(tx)
        .await?;
    Ok(())
}

/// What the manager said before the outline was there: the event came twice, or was replayed.
pub async fn of(db: &mut PgConnection, request: Uuid, version: i32) -> sqlx::Result<Option<Edits>> {
    let found: Option<Json<Edits>> =
        sqlx::query_scalar("SELECT approval FROM outline_approvals WHERE request_id = $1 AND version = $2")
            .bind(request)
            .bind(version)
            .fetch_optional(db)
            .await?;
    Ok(found.map(|json| json.0))
}

/// The job stops after its outline, until somebody approves it.
pub async fn wait(tx: &mut PgConnection, job: Uuid) -> sqlx::Result<()> {
    sqlx::query("UPDATE jobs SET state = 'awaiting_approval', waiting_for = 'a course manager approves the outline' WHERE job_id = $1")
        .bind(job)
        .execute(tx)
        .await?;
    Ok(())
}
