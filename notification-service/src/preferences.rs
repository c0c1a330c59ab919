//! What a person wants to be sent.

use axum::{Json, extract::State, http::HeaderMap};
use garde::Validate;
use platform::{
    Problem,
    auth::Caller,
    etag::{IfMatch, etag},
    extract::Body,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgExecutor};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::state::AppState;

#[derive(Deserialize, FromRow, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[garde(allow_unvalidated)]
pub struct Preferences {
    pub email: bool,
    /// Needs a phone number in the profile; classes and account matters only.
    pub sms: bool,
    pub in_app: bool,
}

#[derive(FromRow)]
struct Stored {
    revision: i64,
    #[sqlx(flatten)]
    preferences: Preferences,
}

/// What I am sent
#[utoipa::path(get, path = "/v1/notifications/preferences", tag = "preferences", responses((status = 200, body = Preferences)))]
pub async fn get_preferences(
    caller: Caller,
    State(state): State<AppState>,
) -> Result<(HeaderMap, Json<Preferences>), Problem> {
    let stored = find(&state.pool, caller.user_id).await?;
    Ok((etag(stored.revision), Json(stored.preferences)))
}

/// Choose what I am sent
#[utoipa::path(put, path = "/v1/notifications/preferences", tag = "preferences", request_body = Preferences,
    params(("If-Match" = String, Header, description = "The ETag that was read")), responses((status = 200, body = Preferences)))]
pub async fn set_preferences(
    caller: Caller,
    State(state): State<AppState>,
    if_match: IfMatch,
    Body(wanted): Body<Preferences>,
) -> Result<(HeaderMap, Json<Preferences>), Problem> {
    let mut tx = state.pool.begin().await?;
    sqlx::query(
        "INSERT INTO preferences (user_id) VALUES ($1) ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id",
    )
    .bind(caller.user_id)
    .execute(&mut *tx)
    .await?;
    if_match.check(find(&mut *tx, caller.user_id).await?.revision)?;
    let stored: Stored = sqlx::query_as(
        "UPDATE preferences SET email = $2, sms = $3, in_app = $4, revision = revision + 1 WHERE user_id = $1
         RETURNING revision, email, sms, in_app",
    )
    .bind(caller.user_id)
    .bind(wanted.email)
    .bind(wanted.sms)
    .bind(wanted.in_app)
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok((etag(stored.revision), Json(stored.preferences)))
}

async fn find(db: impl PgExecutor<'_>, user: Uuid) -> Result<Stored, sqlx::Error> {
    let stored = sqlx::query_as("SELECT revision, email, sms, in_app FROM preferences WHERE user_id = $1")
        .bind(user)
        .fetch_optional(db)
        .await?;
    // As the defaults of the table.
    let preferences = Preferences { email: true, sms: false, in_app: true };
    Ok(stored.unwrap_or(Stored { revision: 1, preferences }))
}
