//! SOP files of a request: announced here, uploaded straight to S3.

use std::time::Duration;

use axum::{extract::State, http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, SalesRep},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    problem::OnConstraint as _,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    clients::visible_owner,
    requests::{Document, DocumentStatus, lock_draft},
    uploads::{Announced, SignedUpload},
};

const MAX_DOCUMENTS: usize = 20;
const URL_VALID_FOR: Duration = Duration::from_mins(15);

/// A row of `documents`.
#[derive(Debug, FromRow)]
pub struct DocumentRow {
    pub document_id: Uuid,
    pub request_id: Uuid,
    pub file_name: String,
    pub size_bytes: i64,
    pub content_type: String,
    pub sha256: String,
    pub s3_key: String,
    pub status: DocumentStatus,
    pub code: Option<String>,
    pub detail: Option<String>,
}

impl From<DocumentRow> for Document {
    fn from(row: DocumentRow) -> Self {
        Self {
            document_id: row.document_id,
            file_name: row.file_name,
            size_bytes: row.size_bytes,
            content_type: row.content_type,
            sha256: row.sha256,
            status: row.status,
            code: row.code,
            detail: row.detail,
        }
    }
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewDocument {
    /// As the file is called on the rep's computer; shown, never used as a path.
    #[garde(length(chars, max = 255), custom(platform::text::line), custom(plain_name))]
    pub file_name: String,
    /// 1 byte to 50 MiB.
    #[garde(range(min = 1, max = 50 * 1024 * 1024))]
    pub size_bytes: i64,
    #[garde(length(min = 1, max = 200), ascii, custom(platform::text::line))]
    pub content_type: String,
    /// Of the file, 64 hexadecimal digits.
    #[garde(custom(hex_digest))]
    pub sha256: String,
}

/// Where to send the bytes, and until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Upload {
    pub method: String,
    pub url: String,
    /// Must be sent exactly like this.
    pub headers: std::collections::BTreeMap<String, String>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedDocument {
    pub document_id: Uuid,
    pub file_name: String,
    pub upload: Upload,
}

fn plain_name(value: &str, (): &()) -> garde::Result {
    if value.contains(['/', '\\']) || value == "." || value == ".." {
        return Err(garde::Error::new("must be a file name without a folder"));
    }
    Ok(())
}

fn hex_digest(value: &str, (): &()) -> garde::Result {
    if value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(());
    }
    Err(garde::Error::new("must be 64 hexadecimal digits"))
}

/// Announce a file and get a signed URL to PUT it to. Size, type and SHA-256 are bound into the signature.
#[utoipa::path(post, path = "/v1/requests/{request_id}/documents", tag = "documents", request_body = NewDocument,
    params(("request_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = CreatedDocument)))]
pub async fn create_document(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
    idempotency: IdempotencyKey,
    Body(mut new): Body<NewDocument>,
) -> Result<Response, Problem> {
    new.sha256.make_ascii_lowercase();
    let mut tx = state.pool.begin().await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_document", &(request_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    lock_draft(&mut tx, request_id, visible_owner(&caller)).await?;
    if lock_all(&mut tx, request_id).await?.len() >= MAX_DOCUMENTS {
        return Err(Problem::conflict("too_many_documents", format!("A request holds at most {MAX_DOCUMENTS} files")));
    }
    let document_id = Uuid::now_v7();
    let s3_key = format!("requests/{request_id}/{document_id}");
    insert(&mut tx, request_id, document_id, &s3_key, &new).await.on_constraint("documents_same_file", || {
        Problem::conflict("same_file", "This file is already part of the request")
    })?;
    let announced = Announced {
        key: &s3_key,
        size_bytes: new.size_bytes,
        content_type: &new.content_type,
        sha256: hex::decode(&new.sha256).map_err(Problem::internal)?,
    };
    let SignedUpload { url, headers } =
        state.uploads.sign(announced, URL_VALID_FOR).await.map_err(Problem::unavailable)?;
    let upload = Upload { method: "PUT".to_owned(), url, headers, expires_at: Utc::now() + URL_VALID_FOR };
    let created = CreatedDocument { document_id, file_name: new.file_name, upload };
    let response = slot.finish(&mut tx, StatusCode::CREATED, &created).await?;
    tx.commit().await?;
    Ok(response)
}

/// Take a file out of a draft.
#[utoipa::path(delete, path = "/v1/requests/{request_id}/documents/{document_id}", tag = "documents",
    params(("request_id" = Uuid, Path), ("document_id" = Uuid, Path)), responses((status = 204)))]
pub async fn delete_document(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path((request_id, document_id)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Problem> {
    let mut tx = state.pool.begin().await?;
    lock_draft(&mut tx, request_id, visible_owner(&caller)).await?;
    let deleted = sqlx::query("DELETE FROM documents WHERE request_id = $1 AND document_id = $2")
        .bind(request_id)
        .bind(document_id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
    if deleted == 0 {
        return Err(Problem::not_found());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn insert(
    tx: &mut PgConnection,
    request_id: Uuid,
    document_id: Uuid,
    s3_key: &str,
    new: &NewDocument,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO documents (document_id, request_id, file_name, size_bytes, content_type, sha256, s3_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(document_id)
    .bind(request_id)
    .bind(&new.file_name)
    .bind(new.size_bytes)
    .bind(&new.content_type)
    .bind(&new.sha256)
    .bind(s3_key)
    .execute(tx)
    .await?;
    Ok(())
}

const OF_REQUESTS: &str = "SELECT document_id, request_id, file_name, size_bytes, content_type, sha256, s3_key, status,
         code, detail
     FROM documents WHERE request_id = ANY($1) ORDER BY document_id";

/// The files of these requests.
pub async fn of_requests(pool: &PgPool, requests: &[Uuid]) -> Result<Vec<DocumentRow>, sqlx::Error> {
    sqlx::query_as(OF_REQUESTS).bind(requests).fetch_all(pool).await
}

/// The files of a request whose row the caller has locked.
pub async fn lock_all(tx: &mut PgConnection, request_id: Uuid) -> Result<Vec<DocumentRow>, sqlx::Error> {
    sqlx::query_as(OF_REQUESTS).bind([request_id]).fetch_all(tx).await
}

pub async fn set_uploaded(tx: &mut PgConnection, request_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET status = 'uploaded' WHERE request_id = $1 AND status = 'pending'")
        .bind(request_id)
        .execute(tx)
        .await?;
    Ok(())
}

/// What reading the file gave.
pub async fn settle(
    tx: &mut PgConnection,
    document_id: Uuid,
    status: DocumentStatus,
    failure: Option<(&str, &str)>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET status = $2, code = $3, detail = $4 WHERE document_id = $1")
        .bind(document_id)
        .bind(status)
        .bind(failure.map(|f| f.0))
        .bind(failure.map(|f| f.1))
        .execute(tx)
        .await?;
    Ok(())
}
