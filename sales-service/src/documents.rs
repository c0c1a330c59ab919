//! SOP files of a request: announced here, uploaded straight to S3.

mod versions;

use std::time::Duration;

use axum::{extract::State, http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use course_format::sop::LoadQuote;
use events::payloads::{FailedSop, OrderedDocument};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, SalesRep},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    problem::OnConstraint as _,
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, PgExecutor, types::Json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    clients::visible_owner,
    requests::{Document, DocumentStatus, Status, lock_draft, not_a_draft, queries},
    uploads::{Announced, SignedUpload},
};
pub(crate) use versions::__path_submit_document;
pub use versions::submit_document;

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
    pub replaces: Option<Uuid>,
    pub version: Option<i32>,
    pub quote: Option<Json<LoadQuote>>,
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
            replaces: row.replaces,
            version: row.version,
            quote: row.quote.map(|quote| quote.0),
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
    /// The document that this one is a new version of: of the same request if that was submitted, of an earlier request of
    /// the same client for a draft.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Uuid>,
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
    let owner = visible_owner(&caller);
    let most = match new.replaces {
        Some(replaces) => versions::lock_for_version(&mut tx, request_id, owner, replaces, &new.sha256).await?,
        None => lock_draft(&mut tx, request_id, owner).await.map(|_| MAX_DOCUMENTS)?,
    };
    if lock_all(&mut tx, request_id).await?.len() >= most {
        return Err(Problem::conflict("too_many_documents", format!("A request holds at most {most} files")));
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

/// Take a file out of a draft, or take back a new version that was not submitted.
#[utoipa::path(delete, path = "/v1/requests/{request_id}/documents/{document_id}", tag = "documents",
    params(("request_id" = Uuid, Path), ("document_id" = Uuid, Path)), responses((status = 204)))]
pub async fn delete_document(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path((request_id, document_id)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = queries::lock(&mut tx, request_id, visible_owner(&caller)).await?.ok_or_else(Problem::not_found)?;
    let mut documents = lock_all(&mut tx, request_id).await?;
    documents.retain(|d| d.document_id == document_id);
    let document = documents.pop().ok_or_else(Problem::not_found)?;
    let unsent_version = document.replaces.is_some() && document.status == DocumentStatus::Pending;
    if row.status != Status::Draft && !unsent_version {
        return Err(not_a_draft());
    }
    sqlx::query("DELETE FROM documents WHERE document_id = $1").bind(document_id).execute(&mut *tx).await?;
    tx.commit().await?;
    remove_uploads(&state, &[document]).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Nothing is left in S3 of files that nobody will read. What cannot be removed now is not worth a failure.
pub async fn remove_uploads(state: &AppState, documents: &[DocumentRow]) {
    for document in documents {
        if let Err(error) = state.uploads.remove(&document.s3_key).await {
            tracing::warn!(document.id = %document.document_id, error = %error, "the upload was not removed");
        }
    }
}

async fn insert(
    tx: &mut PgConnection,
    request_id: Uuid,
    document_id: Uuid,
    s3_key: &str,
    new: &NewDocument,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO documents (document_id, request_id, file_name, size_bytes, content_type, sha256, s3_key, replaces)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(document_id)
    .bind(request_id)
    .bind(&new.file_name)
    .bind(new.size_bytes)
    .bind(&new.content_type)
    .bind(&new.sha256)
    .bind(s3_key)
    .bind(new.replaces)
    .execute(tx)
    .await?;
    Ok(())
}

const OF_REQUESTS: &str = "SELECT document_id, request_id, file_name, size_bytes, content_type, sha256, s3_key, status,
         code, detail, replaces, version, quote
     FROM documents WHERE request_id = ANY($1) ORDER BY document_id";

/// The files of these requests.
pub async fn of_requests(db: impl PgExecutor<'_>, requests: &[Uuid]) -> Result<Vec<DocumentRow>, sqlx::Error> {
    sqlx::query_as(OF_REQUESTS).bind(requests).fetch_all(db).await
}

/// A file as it is ordered.
pub fn ordered(state: &AppState, document: &DocumentRow) -> OrderedDocument {
    OrderedDocument {
        document_id: document.document_id,
        file_name: document.file_name.clone(),
        bucket: state.uploads.bucket().to_owned(),
        key: document.s3_key.clone(),
        size_bytes: document.size_bytes.unsigned_abs(),
        content_type: document.content_type.clone(),
        sha256: document.sha256.clone(),
        replaces: document.replaces,
    }
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

/// The file was read. What a late event does not say about the course's size stays as it is.
pub async fn set_processed(
    tx: &mut PgConnection,
    document_id: Uuid,
    version: u32,
    quote: Option<&LoadQuote>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE documents SET status = 'processed', code = NULL, detail = NULL, version = $2, quote = coalesce($3, quote)
         WHERE document_id = $1",
    )
    .bind(document_id)
    .bind(i32::try_from(version).ok())
    .bind(quote.map(Json))
    .execute(tx)
    .await?;
    Ok(())
}

/// The file cannot be used.
pub async fn set_failed(tx: &mut PgConnection, failed: &FailedSop) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE documents SET status = 'failed', code = $2, detail = $3, version = NULL WHERE document_id = $1",
    )
    .bind(failed.document_id)
    .bind(&failed.code)
    .bind(&failed.detail)
    .execute(tx)
    .await?;
    Ok(())
}
