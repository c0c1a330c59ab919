//! What new versions of SOPs mean for a course. Nothing changes by itself: the manager asks for the next version.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::course::CourseImpact;
use events::payloads::CourseImpactReady;
use platform::{
    Problem,
    auth::{Admin, As, CourseManager},
    extract::Path,
};
use serde::Serialize;
use sqlx::{FromRow, PgConnection, types::Json as Stored};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AppState, courses};

/// One change of a SOP that the newest version of the course does not know of.
#[derive(Debug, Serialize, ToSchema)]
pub struct SopImpact {
    pub sop_title: String,
    /// Of the course.
    pub version: i64,
    pub told_at: DateTime<Utc>,
    pub impact: CourseImpact,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Impacts {
    /// The oldest first; empty when no SOP changed since the course's newest version was made.
    pub items: Vec<SopImpact>,
}

#[derive(FromRow)]
struct ImpactRow {
    sop_title: String,
    version: i64,
    told_at: DateTime<Utc>,
    impact: Stored<CourseImpact>,
}

/// What changed in the course's SOPs since its newest version was made: the elements that it touches, and why.
#[utoipa::path(get, path = "/v1/courses/{course_id}/impact", tag = "courses", params(("course_id" = Uuid, Path)),
    responses((status = 200, body = Impacts)))]
pub async fn get_impact(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<Impacts>, Problem> {
    let newest = courses::queries::newest(&state.pool, course_id, caller.visible_clients())
        .await?
        .ok_or_else(Problem::not_found)?;
    let rows: Vec<ImpactRow> = sqlx::query_as(
        "SELECT sop_title, version, told_at, impact FROM impacts
         WHERE course_id = $1 AND version = $2 AND client_id = $3 ORDER BY told_at, document_id, to_version",
    )
    .bind(course_id)
    .bind(i64::from(newest.version))
    .bind(newest.client_id)
    .fetch_all(&state.pool)
    .await?;
    let items = rows.into_iter().map(|row| SopImpact {
        sop_title: row.sop_title,
        version: row.version,
        told_at: row.told_at,
        impact: row.impact.0,
    });
    Ok(Json(Impacts { items: items.collect() }))
}

/// Keeps what an event says; the same news again changes nothing.
pub async fn record(tx: &mut PgConnection, at: DateTime<Utc>, event: &CourseImpactReady) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO impacts (course_id, version, document_id, to_version, client_id, sop_title, impact, told_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(event.course_id)
    .bind(i64::from(event.version))
    .bind(event.impact.document_id)
    .bind(i64::from(event.impact.to_version))
    .bind(event.client_id)
    .bind(&event.sop_title)
    .bind(Stored(&event.impact))
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}
