//! What happened to a request, as a list and as a live stream.

use axum::{Json, extract::State, response::IntoResponse};
use chrono::{DateTime, Utc};
use platform::{
    Problem,
    auth::{Admin, As, SalesRep},
    extract::Path,
    sse::{self, LastEventId, Row},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AppState, clients::visible_owner, requests};

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    Created,
    Submitted,
    SopReplaced,
    SopProcessed,
    SopVersionChanged,
    SopFailed,
    RequestReady,
    RequestFailed,
    OutlineReady,
    LessonReady,
    CourseGenerated,
    GenerationFailed,
    ChangesRequested,
    Approved,
    Published,
    Cancelled,
}

impl Kind {
    /// For the rep, when the event says nothing more exact.
    fn title(self) -> &'static str {
        match self {
            Self::Created => "Request opened",
            Self::Submitted => "Course ordered",
            Self::SopReplaced => "New version of a SOP handed in",
            Self::SopProcessed => "SOP read",
            Self::SopVersionChanged => "The new version was compared to the one before it",
            Self::SopFailed => "SOP could not be used",
            Self::RequestReady => "All SOPs read; the course is being written",
            Self::RequestFailed => "None of the SOPs could be used",
            Self::OutlineReady => "Outline ready",
            Self::LessonReady => "Lesson ready",
            Self::CourseGenerated => "Course written; waiting for review",
            Self::GenerationFailed => "No course could be made from these SOPs",
            Self::ChangesRequested => "The reviewer asked for changes",
            Self::Approved => "Course approved",
            Self::Published => "Course published",
            Self::Cancelled => "Request cancelled",
        }
    }
}

/// One line of a request's history.
#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Entry {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub kind: Kind,
    pub title: String,
    pub detail: Option<String>,
    /// Stable code of a failure.
    pub code: Option<String>,
    pub document_id: Option<Uuid>,
    pub file_name: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    pub items: Vec<Entry>,
}

/// An entry to add; what is `None` is not shown.
pub struct NewEntry {
    pub kind: Kind,
    pub at: DateTime<Utc>,
    pub title: Option<String>,
    pub detail: Option<String>,
    pub code: Option<String>,
    pub document_id: Option<Uuid>,
    pub file_name: Option<String>,
}

impl NewEntry {
    pub fn of(kind: Kind) -> Self {
        Self { kind, at: Utc::now(), title: None, detail: None, code: None, document_id: None, file_name: None }
    }
}

/// The history of a request, oldest first.
#[utoipa::path(get, path = "/v1/requests/{request_id}/timeline", tag = "timeline", params(("request_id" = Uuid, Path)),
    responses((status = 200, body = Timeline)))]
pub async fn list_timeline(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
) -> Result<Json<Timeline>, Problem> {
    requests::queries::find(&state.pool, request_id, visible_owner(&caller)).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(Timeline { items: after(&state.pool, request_id, 0).await? }))
}

/// The history as server-sent events named `timeline`; `Last-Event-ID` goes on where a broken stream ended.
#[utoipa::path(get, path = "/v1/requests/{request_id}/events", tag = "timeline",
    params(("request_id" = Uuid, Path), ("Last-Event-ID" = Option<i64>, Header)),
    responses((status = 200, content_type = "text/event-stream", body = Entry)))]
pub async fn stream_timeline(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
    last: LastEventId,
) -> Result<impl IntoResponse, Problem> {
    requests::queries::find(&state.pool, request_id, visible_owner(&caller)).await?.ok_or_else(Problem::not_found)?;
    let pool = state.pool.clone();
    Ok(sse::stream(last, &state.bell, move |id| {
        let pool = pool.clone();
        async move {
            let entries = after(&pool, request_id, id).await?;
            Ok(entries.into_iter().map(|entry| Row { id: entry.id, name: "timeline", data: entry }).collect())
        }
    }))
}

async fn after(pool: &PgPool, request_id: Uuid, id: i64) -> Result<Vec<Entry>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, at, kind, title, detail, code, document_id, file_name FROM timeline
         WHERE request_id = $1 AND id > $2 ORDER BY id",
    )
    .bind(request_id)
    .bind(id)
    .fetch_all(pool)
    .await
}

/// Adds an entry. The caller holds the request's row lock.
pub async fn add(tx: &mut PgConnection, request_id: Uuid, entry: NewEntry) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO timeline (request_id, at, kind, title, detail, code, document_id, file_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(request_id)
    .bind(entry.at)
    .bind(entry.kind)
    .bind(entry.title.unwrap_or_else(|| entry.kind.title().to_owned()))
    .bind(entry.detail)
    .bind(entry.code)
    .bind(entry.document_id)
    .bind(entry.file_name)
    .execute(tx)
    .await?;
    Ok(())
}
