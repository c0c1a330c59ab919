//! The delivery log.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use platform::{
    Problem,
    auth::{Admin, As},
    extract::Query,
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use self::filter::DeliveryFilter;
use crate::state::AppState;

mod filter;

#[derive(Deserialize, FromRow, Serialize, ToSchema)]
pub struct DeliveryEntry {
    pub delivery_id: Uuid,
    /// The event that it tells of.
    pub event_id: Uuid,
    pub kind: String,
    /// `email`, `sms` or `in_app`.
    pub channel: String,
    pub user_id: Uuid,
    /// `queued`, `sending`, `sent`, `failed`, `uncertain` or `dropped`.
    pub state: String,
    pub attempts: i32,
    pub sent_at: Option<DateTime<Utc>>,
    pub error_code: Option<String>,
}

/// What was sent to whom, newest first
#[utoipa::path(get, path = "/v1/notifications/deliveries", tag = "deliveries", params(PageParams, DeliveryFilter),
    responses((status = 200, body = Page<DeliveryEntry>)))]
pub async fn list_deliveries(
    _admin: As<Admin>,
    State(state): State<AppState>,
    Query(filter): Query<DeliveryFilter>,
    page: PageRequest,
) -> Result<Json<Page<DeliveryEntry>>, Problem> {
    let rows: Vec<DeliveryEntry> = sqlx::query_as(
        "SELECT delivery_id, event_id, kind, channel, user_id, state, attempts, sent_at, error_code FROM deliveries
         WHERE ($1::uuid IS NULL OR delivery_id < $1)
           AND ($2::uuid IS NULL OR user_id = $2)
           AND ($3::uuid IS NULL OR event_id = $3)
         ORDER BY delivery_id DESC LIMIT $4",
    )
    .bind(page.before)
    .bind(filter.user_id)
    .bind(filter.event_id)
    .bind(page.fetch())
    .fetch_all(&state.pool)
    .await?;
    Ok(Json(page.page(rows, |d| d.delivery_id)))
}
