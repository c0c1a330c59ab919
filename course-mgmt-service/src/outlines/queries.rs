use chrono::{DateTime, Utc};
use events::payloads::CourseOutlineReady;
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;

use super::OutlineApproval;

#[derive(Debug, FromRow)]
pub struct OutlineRow {
    pub course_id: Uuid,
    pub version: i64,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    pub outline: Json<CourseOutlineReady>,
    pub told_at: DateTime<Utc>,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTime<Utc>>,
}

/// Keeps an outline that waits; the same news again changes nothing.
pub async fn record(tx: &mut PgConnection, at: DateTime<Utc>, event: &CourseOutlineReady) -> Result<(), sqlx::Error> {
    if !event.awaits_approval {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO outlines (course_id, version, request_id, client_id, title, outline, told_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(event.course_id)
    .bind(i64::from(event.version))
    .bind(event.request_id)
    .bind(event.client_id)
    .bind(&event.title)
    .bind(Json(event))
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

/// `None` as clients means all of them.
pub async fn waiting(pool: &PgPool, clients: Option<&[Uuid]>) -> Result<Vec<OutlineRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM outlines WHERE approved_at IS NULL AND ($1::uuid[] IS NULL OR client_id = ANY($1))
         ORDER BY told_at DESC, course_id LIMIT 100",
    )
    .bind(clients)
    .fetch_all(pool)
    .await
}

/// The row stays locked until the transaction ends: of two approvals at the same time, one comes second.
pub async fn newest(
    tx: &mut PgConnection,
    course: Uuid,
    clients: Option<&[Uuid]>,
) -> Result<Option<OutlineRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM outlines WHERE course_id = $1 AND ($2::uuid[] IS NULL OR client_id = ANY($2))
         ORDER BY version DESC LIMIT 1 FOR UPDATE",
    )
    .bind(course)
    .bind(clients)
    .fetch_optional(tx)
    .await
}

pub async fn approve(
    tx: &mut PgConnection,
    row: &OutlineRow,
    by: Uuid,
    approval: &OutlineApproval,
) -> Result<OutlineRow, sqlx::Error> {
    sqlx::query_as(
        "UPDATE outlines SET approved_at = now(), approved_by = $3, approval = $4
         WHERE course_id = $1 AND version = $2 RETURNING *",
    )
    .bind(row.course_id)
    .bind(row.version)
    .bind(by)
    .bind(Json(approval))
    .fetch_one(tx)
    .await
}
