use course_format::sop::{DiffSummary, SopDocument};
use events::{
    Envelope,
    payloads::{CourseCreationOrdered, OrderedDocument},
};
use sqlx::{FromRow, PgConnection, PgExecutor, types::Json};
use uuid::Uuid;

use super::lineage::Compared;

const ROW: &str = "document_id, lineage_id, version, previous_id, diff_key, diff_summary, file_name, sha256, state, parsed_key, title,
    pages, clauses, code, detail";

/// A document that a worker has claimed.
#[derive(Clone, Debug, FromRow)]
pub struct Job {
    pub document_id: Uuid,
    /// The first upload of this SOP, which may be this one.
    pub lineage_id: Uuid,
    pub version: Option<i32>,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub file_name: String,
    pub upload_key: String,
    pub size_bytes: i64,
    pub sha256: String,
    pub parsed_key: Option<String>,
    pub pictures: Option<i32>,
    pub crashes: i32,
    /// Of the learners, as it was ordered.
    pub level: Option<String>,
}

#[derive(Debug, FromRow)]
pub struct RequestRow {
    pub state: String,
    pub ordered: Json<Envelope>,
}

#[derive(Debug, FromRow)]
pub struct DocumentRow {
    pub document_id: Uuid,
    pub lineage_id: Uuid,
    pub version: Option<i32>,
    pub previous_id: Option<Uuid>,
    pub diff_key: Option<String>,
    pub diff_summary: Option<Json<DiffSummary>>,
    pub file_name: String,
    pub sha256: String,
    pub state: String,
    pub parsed_key: Option<String>,
    pub title: Option<String>,
    pub pages: Option<i32>,
    pub clauses: Option<i32>,
    pub code: Option<String>,
    pub detail: Option<String>,
}

/// False when the request is known already.
pub async fn insert_request(
    tx: &mut PgConnection,
    order: &CourseCreationOrdered,
    event: &Envelope,
) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO requests (request_id, client_id, ordered_by, ordered) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    );
    let done = insert
        .bind(order.request_id)
        .bind(order.client_id)
        .bind(order.ordered_by)
        .bind(Json(event))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The request of a client that takes new documents: known, and not cancelled.
pub async fn is_live(tx: &mut PgConnection, request_id: Uuid, client_id: Uuid) -> Result<bool, sqlx::Error> {
    let found: Option<i32> = sqlx::query_scalar(
        "SELECT 1 FROM requests WHERE request_id = $1 AND client_id = $2 AND state <> 'cancelled' FOR UPDATE",
    )
    .bind(request_id)
    .bind(client_id)
    .fetch_optional(tx)
    .await?;
    Ok(found.is_some())
}

/// The lineage that a document of this client belongs to.
pub async fn lineage(tx: &mut PgConnection, client_id: Uuid, document_id: Uuid) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar("SELECT lineage_id FROM documents WHERE document_id = $1 AND client_id = $2")
        .bind(document_id)
        .bind(client_id)
        .fetch_optional(tx)
        .await
}

pub async fn insert_document(
    tx: &mut PgConnection,
    (request_id, client_id): (Uuid, Uuid),
    document: &OrderedDocument,
    lineage_id: Uuid,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO documents (document_id, request_id, client_id, file_name, upload_key, size_bytes, sha256, lineage_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(document.document_id)
    .bind(request_id)
    .bind(client_id)
    .bind(&document.file_name)
    .bind(&document.key)
    .bind(i64::try_from(document.size_bytes).unwrap_or(i64::MAX))
    .bind(&document.sha256)
    .bind(lineage_id)
    .execute(tx)
    .await?;
    Ok(())
}

/// Stops what is open of a request, and gives up what was read of it: the worker leaves nothing of cancelled documents.
pub async fn cancel(tx: &mut PgConnection, request_id: Uuid) -> Result<(), sqlx::Error> {
    // The request's row first, as everybody does who settles something.
    sqlx::query("UPDATE requests SET state = 'cancelled' WHERE request_id = $1")
        .bind(request_id)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE documents SET state = 'cancelled', settled_at = coalesce(settled_at, now())
         WHERE request_id = $1 AND state IN ('queued', 'processed')",
    )
    .bind(request_id)
    .execute(tx)
    .await?;
    Ok(())
}

/// The next document to work on: of the client whose last turn is longest ago, the oldest. Versions of one SOP follow each
/// other, because each is compared to the one before it.
pub async fn claim(db: impl PgExecutor<'_>, lease_seconds: f64) -> Result<Option<Job>, sqlx::Error> {
    sqlx::query_as(
        "WITH next AS (
             SELECT d.document_id FROM documents d
             WHERE d.state = 'queued' AND d.not_before <= now() AND (d.lease_until IS NULL OR d.lease_until < now())
                 AND NOT EXISTS (SELECT 1 FROM documents e WHERE e.lineage_id = d.lineage_id AND e.state = 'queued' AND e.document_id < d.document_id)
             ORDER BY (SELECT max(t.claimed_at) FROM documents t WHERE t.client_id = d.client_id) NULLS FIRST, d.created_at, d.document_id
             LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         UPDATE documents d SET
             -- A lease that ran out was never given back: its worker died.
             crashes = d.crashes + (d.lease_until IS NOT NULL)::int,
             claimed_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $1)
         FROM next WHERE d.document_id = next.document_id
         RETURNING d.document_id, d.lineage_id, d.version, d.request_id, d.client_id, d.file_name, d.upload_key, d.size_bytes, d.sha256,
             d.parsed_key, d.pictures, d.crashes,
             (SELECT r.ordered->'data'->'order'->>'level' FROM requests r WHERE r.request_id = d.request_id) AS level",
    )
    .bind(lease_seconds)
    .fetch_optional(db)
    .await
}

/// Keeps a claim alive. False when it is lost: settled, cancelled, or taken over.
pub async fn renew(db: impl PgExecutor<'_>, document_id: Uuid, lease_seconds: f64) -> Result<bool, sqlx::Error> {
    let renewed = sqlx::query(
        "UPDATE documents SET lease_until = now() + make_interval(secs => $2) WHERE document_id = $1 AND state = 'queued' AND lease_until IS NOT NULL",
    );
    Ok(renewed.bind(document_id).bind(lease_seconds).execute(db).await?.rows_affected() > 0)
}

/// Gives a claim back: something that we depend on is away.
pub async fn put_back(db: impl PgExecutor<'_>, document_id: Uuid, wait_seconds: f64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET lease_until = NULL, not_before = now() + make_interval(secs => $2) WHERE document_id = $1 AND state = 'queued'")
        .bind(document_id)
        .bind(wait_seconds)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends a claim on a document that is settled.
pub async fn release(db: impl PgExecutor<'_>, document_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET lease_until = NULL WHERE document_id = $1 AND state <> 'queued'")
        .bind(document_id)
        .execute(db)
        .await?;
    Ok(())
}

/// What was read of a document: from here on a repeated job need not read it again.
pub async fn set_parsed(
    db: impl PgExecutor<'_>,
    document_id: Uuid,
    key: &str,
    sop: &SopDocument,
    compared: Option<&Compared>,
) -> Result<(), sqlx::Error> {
    let format = serde_json::to_value(sop.format).ok().and_then(|f| f.as_str().map(str::to_owned));
    sqlx::query(
        "UPDATE documents SET parsed_key = $2, title = $3, format = $4, pages = $5, clauses = $6, previous_id = $7, diff_key = $8,
             diff_summary = $9
         WHERE document_id = $1",
    )
        .bind(document_id)
        .bind(key)
        .bind(&sop.title)
        .bind(format)
        .bind(i32::try_from(sop.pages).unwrap_or(i32::MAX))
        .bind(i32::try_from(sop.clauses.len()).unwrap_or(i32::MAX))
        .bind(compared.map(|c| c.previous_id))
        .bind(compared.map(|c| c.diff_key.as_str()))
        .bind(compared.map(|c| Json(c.summary)))
        .execute(db)
        .await?;
    Ok(())
}

pub async fn lock_request(tx: &mut PgConnection, request_id: Uuid) -> Result<Option<RequestRow>, sqlx::Error> {
    sqlx::query_as("SELECT state, ordered FROM requests WHERE request_id = $1 FOR UPDATE")
        .bind(request_id)
        .fetch_optional(tx)
        .await
}

pub async fn set_request_state(tx: &mut PgConnection, request_id: Uuid, state: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE requests SET state = $2 WHERE request_id = $1")
        .bind(request_id)
        .bind(state)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn documents(tx: &mut PgConnection, request_id: Uuid) -> Result<Vec<DocumentRow>, sqlx::Error> {
    let sql = format!("SELECT {ROW} FROM documents WHERE request_id = $1 ORDER BY document_id");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(request_id).fetch_all(tx).await
}

pub async fn document(tx: &mut PgConnection, document_id: Uuid) -> Result<Option<DocumentRow>, sqlx::Error> {
    let sql = format!("SELECT {ROW} FROM documents WHERE document_id = $1");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(document_id).fetch_optional(tx).await
}

/// False when the document was settled before.
pub async fn set_processed(tx: &mut PgConnection, document_id: Uuid) -> Result<bool, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE documents SET state = 'processed', lease_until = NULL, settled_at = now() WHERE document_id = $1 AND state = 'queued'",
    );
    Ok(update.bind(document_id).execute(tx).await?.rows_affected() > 0)
}

/// The document is the same file as a version that was read before: it is that version. False when it was settled before.
pub async fn set_same(tx: &mut PgConnection, document_id: Uuid, version_of: Uuid) -> Result<bool, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE documents d SET state = 'processed', lease_until = NULL, settled_at = now(), version = s.version,
             parsed_key = s.parsed_key, title = s.title, format = s.format, pages = s.pages, clauses = s.clauses,
             pictures = s.pictures
         FROM documents s WHERE d.document_id = $1 AND d.state = 'queued' AND s.document_id = $2",
    );
    Ok(update.bind(document_id).bind(version_of).execute(tx).await?.rows_affected() > 0)
}

/// False when the document was settled before.
pub async fn set_failed(
    tx: &mut PgConnection,
    document_id: Uuid,
    code: &str,
    detail: &str,
) -> Result<bool, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE documents SET state = 'failed', code = $2, detail = $3, lease_until = NULL, settled_at = now() WHERE document_id = $1 AND state = 'queued'",
    );
    Ok(update.bind(document_id).bind(code).bind(detail).execute(tx).await?.rows_affected() > 0)
}
