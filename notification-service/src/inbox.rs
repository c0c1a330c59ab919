//! A person's messages in the portals.

use std::convert::Infallible;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::sse::{Event, Sse},
};
use chrono::{DateTime, Utc};
use futures::Stream;
use platform::{
    Problem,
    auth::Caller,
    extract::Path,
    paging::{Page, PageParams, PageRequest},
    sse::{self, LastEventId, Row},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::state::AppState;

#[derive(Deserialize, FromRow, Serialize, ToSchema)]
pub struct Notification {
    pub notification_id: Uuid,
    /// `course_assigned_student`, `session_scheduled`, ...
    pub kind: String,
    pub title: String,
    /// Plain text, with line breaks.
    pub body: String,
    /// Path in the portals.
    pub link: Option<String>,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct Positioned {
    position: i64,
    #[sqlx(flatten)]
    notification: Notification,
}

/// My messages, newest first
#[utoipa::path(get, path = "/v1/notifications", tag = "inbox", params(PageParams), responses((status = 200, body = Page<Notification>)))]
pub async fn list_notifications(
    caller: Caller,
    State(state): State<AppState>,
    page: PageRequest,
) -> Result<Json<Page<Notification>>, Problem> {
    let rows: Vec<Notification> = sqlx::query_as(
        "SELECT notification_id, kind, title, body, link, created_at, read_at FROM notifications
         WHERE user_id = $1 AND ($2::uuid IS NULL OR notification_id < $2) ORDER BY notification_id DESC LIMIT $3",
    )
    .bind(caller.user_id)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(&state.pool)
    .await?;
    Ok(Json(page.page(rows, |n| n.notification_id)))
}

/// Mark a message as read
#[utoipa::path(post, path = "/v1/notifications/{notification_id}/read", tag = "inbox",
    params(("notification_id" = Uuid, Path)), responses((status = 204)))]
pub async fn read_notification(
    caller: Caller,
    State(state): State<AppState>,
    Path(notification_id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let read = sqlx::query(
        "UPDATE notifications SET read_at = coalesce(read_at, now()) WHERE notification_id = $1 AND user_id = $2",
    )
    .bind(notification_id)
    .bind(caller.user_id)
    .execute(&state.pool)
    .await?;
    if read.rows_affected() == 0 { Err(Problem::not_found()) } else { Ok(StatusCode::NO_CONTENT) }
}

/// Mark all my messages as read
#[utoipa::path(post, path = "/v1/notifications/read-all", tag = "inbox", responses((status = 204)))]
pub async fn read_all_notifications(caller: Caller, State(state): State<AppState>) -> Result<StatusCode, Problem> {
    sqlx::query("UPDATE notifications SET read_at = now() WHERE user_id = $1 AND read_at IS NULL")
        .bind(caller.user_id)
        .execute(&state.pool)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// My messages as they come: first those that are not read yet, or, with `Last-Event-ID`, those after that one
#[utoipa::path(get, path = "/v1/notifications/stream", tag = "inbox",
    params(("Last-Event-ID" = Option<i64>, Header)), responses((status = 200, content_type = "text/event-stream", body = Notification)))]
pub async fn stream_notifications(
    caller: Caller,
    State(state): State<AppState>,
    last: LastEventId,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (pool, user, comes_back) = (state.pool, caller.user_id, last.0 > 0);
    sse::stream(last, &state.bell, move |after| after_position(pool.clone(), user, after, comes_back))
}

/// Nothing for somebody who was disabled while the stream is open.
async fn after_position(
    pool: PgPool,
    user: Uuid,
    after: i64,
    also_read: bool,
) -> Result<Vec<Row<Notification>>, sqlx::Error> {
    let rows: Vec<Positioned> = sqlx::query_as(
        "SELECT n.position, n.notification_id, n.kind, n.title, n.body, n.link, n.created_at, n.read_at
         FROM notifications n JOIN members m ON m.user_id = n.user_id AND NOT m.disabled
         WHERE n.user_id = $1 AND n.position > $2 AND ($3 OR n.read_at IS NULL) ORDER BY n.position LIMIT 100",
    )
    .bind(user)
    .bind(after)
    .bind(also_read)
    .fetch_all(&pool)
    .await?;
    Ok(rows.into_iter().map(|row| Row { id: row.position, name: "notification", data: row.notification }).collect())
}
