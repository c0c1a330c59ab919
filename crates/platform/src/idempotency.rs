//! `Idempotency-Key`: a repeated creating request gets the first one's answer and has no second effect.
//!
//! The key's row is inserted in the transaction of the effect. A second request with the same key waits in Postgres on
//! that row until the first commits, then finds its answer; if the first rolls back, the second takes its place.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Problem;

/// The header, when the caller sent one.
pub struct IdempotencyKey(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let key = value.to_str().unwrap_or_default();
        if key.is_empty() || key.len() > 200 || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Problem::bad_request(
                "bad_idempotency_key",
                "Idempotency-Key must be 1 to 200 visible ASCII characters",
            ));
        }
        Ok(Self(Some(key.to_owned())))
    }
}

/// The place where the answer will be kept, or nothing when no key was sent.
pub struct Slot(Option<(Uuid, &'static str, String)>);

/// What [`IdempotencyKey::begin`] found.
pub enum Begun {
    /// First time: do the work, then [`Slot::finish`] in the same transaction.
    Fresh(Slot),
    /// Done before: answer with this.
    Replay(Response),
}

impl IdempotencyKey {
    /// Takes the key for `operation` of `user`, in the transaction of the effect. `request` is the parsed body; the same
    /// key with another body is refused.
    ///
    /// # Errors
    /// 422 `idempotency_key_reused` for another body; database errors.
    pub async fn begin(
        &self,
        tx: &mut PgConnection,
        user: Uuid,
        operation: &'static str,
        request: &(impl Serialize + Sync),
    ) -> Result<Begun, Problem> {
        let Some(key) = &self.0 else {
            return Ok(Begun::Fresh(Slot(None)));
        };
        let hash = Sha256::digest(serde_json::to_vec(request).map_err(Problem::internal)?).to_vec();
        let inserted = sqlx::query(
            "INSERT INTO idempotency_keys (user_id, operation, key, request_hash) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
        )
        .bind(user)
        .bind(operation)
        .bind(key)
        .bind(&hash)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if inserted == 1 {
            return Ok(Begun::Fresh(Slot(Some((user, operation, key.clone())))));
        }
        let (first_hash, status, body): (Vec<u8>, Option<i16>, Option<serde_json::Value>) = sqlx::query_as(
            "SELECT request_hash, status, body FROM idempotency_keys WHERE user_id = $1 AND operation = $2 AND key = $3",
        )
        .bind(user)
        .bind(operation)
        .bind(key)
        .fetch_one(&mut *tx)
        .await?;
        if first_hash != hash {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request",
            ));
        }
        let status = status.and_then(|s| u16::try_from(s).ok()).and_then(|s| StatusCode::from_u16(s).ok());
        Ok(Begun::Replay((status.unwrap_or(StatusCode::CREATED), Json(body)).into_response()))
    }
}

impl Slot {
    /// Keeps the answer and makes it the response.
    ///
    /// # Errors
    /// Database errors.
    pub async fn finish(
        self,
        tx: &mut PgConnection,
        status: StatusCode,
        body: &(impl Serialize + Sync),
    ) -> Result<Response, Problem> {
        let body = serde_json::to_value(body).map_err(Problem::internal)?;
        if let Some((user, operation, key)) = self.0 {
            sqlx::query(
                "UPDATE idempotency_keys SET status = $4, body = $5 WHERE user_id = $1 AND operation = $2 AND key = $3",
            )
            .bind(user)
            .bind(operation)
            .bind(key)
            .bind(i16::try_from(status.as_u16()).unwrap_or(201))
            .bind(&body)
            .execute(tx)
            .await?;
        }
        Ok((status, Json(body)).into_response())
    }
}
