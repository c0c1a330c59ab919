use events::{
    Envelope,
    payloads::{CourseCreationOrdered, OrderedDocument},
};
use sqlx::{FromRow, PgConnection, PgExecutor, types::Json};
use uuid::Uuid;

/// A document that a worker has claimed.
#[derive(Clone, Debug, FromRow)]
pub struct Job {
    pub document_id: Uuid,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub file_name: String,
    pub upload_key: String,
    pub size_bytes: i64,
    pub sha256: String,
    pub parsed_key: Option<String>,
    pub crashes: i32,
}

#[derive(Debug, FromRow)]
pub struct RequestRow {
    pub state: String,
    pub ordered: Json<Envelope>,
}

#[derive(Debug, FromRow)]
pub struct DocumentRow {
    pub document_id: Uuid,
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

pub async fn insert_document(
    tx: &mut PgConnection,
    order: &CourseCreationOrdered,
    document: &OrderedDocument,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO documents (document_id, request_id, client_id, file_name, upload_key, size_bytes, sha256)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(document.document_id)
    .bind(order.request_id)
    .bind(order.client_id)
    .bind(&document.file_name)
    .bind(&document.key)
    .bind(i64::try_from(document.size_bytes).unwrap_or(i64::MAX))
    .bind(&document.sha256)
    .execute(tx)
    .await?;
    Ok(())
}

/// Stops what is open of a request.
pub async fn cancel(tx: &mut PgConnection, request_id: Uuid) -> Result<(), sqlx::Error> {
    // The request's row first, as everybody does who settles something.
    let open = sqlx::query("UPDATE requests SET state = 'cancelled' WHERE request_id = $1 AND state = 'open'")
        .bind(request_id)
        .execute(&mut *tx)
        .await?;
    if open.rows_affected() > 0 {
        sqlx::query(
            "UPDATE documents SET state = 'cancelled', settled_at = now() WHERE request_id = $1 AND state = 'queued'",
        )
        .bind(request_id)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// The next document to work on: of the client whose last turn is longest ago, the oldest.
pub async fn claim(db: impl PgExecutor<'_>, lease_seconds: f64) -> Result<Option<Job>, sqlx::Error> {
    sqlx::query_as(
        "WITH next AS (
             SELECT d.document_id FROM documents d
             WHERE d.state = 'queued' AND d.not_before <= now() AND (d.lease_until IS NULL OR d.lease_until < now())
             ORDER BY (SELECT max(t.claimed_at) FROM documents t WHERE t.client_id = d.client_id) NULLS FIRST, d.created_at, d.document_id
             LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         UPDATE documents d SET
             -- A lease that ran out was never given back: its worker died.
             crashes = d.crashes + (d.lease_until IS NOT NULL)::int,
             claimed_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $1)
         FROM next WHERE d.document_id = next.document_id
         RETURNING d.document_id, d.request_id, d.client_id, d.file_name, d.upload_key, d.size_bytes, d.sha256, d.parsed_key, d.crashes",
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

/// What was read of a document: from here on a repeated job need not read it again.
pub async fn set_parsed(
    db: impl PgExecutor<'_>,
    document_id: Uuid,
    key: &str,
    sop: &course_format::sop::SopDocument,
) -> Result<(), sqlx::Error> {
    let format = serde_json::to_value(sop.format).ok().and_then(|f| f.as_str().map(str::to_owned));
    sqlx::query("UPDATE documents SET parsed_key = $2, title = $3, format = $4, pages = $5, clauses = $6 WHERE document_id = $1")
        .bind(document_id)
        .bind(key)
        .bind(&sop.title)
        .bind(format)
        .bind(i32::try_from(sop.pages).unwrap_or(i32::MAX))
        .bind(i32::try_from(sop.clauses.len()).unwrap_or(i32::MAX))
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
    sqlx::query_as("SELECT document_id, file_name, sha256, state, parsed_key, title, pages, clauses, code, detail FROM documents WHERE request_id = $1 ORDER BY document_id")
        .bind(request_id)
        .fetch_all(tx)
        .await
}

/// False when the document was settled before.
pub async fn set_processed(
    tx: &mut PgConnection,
    document_id: Uuid,
    timings: &serde_json::Value,
) -> Result<bool, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE documents SET state = 'processed', timings = $2, lease_until = NULL, settled_at = now() WHERE document_id = $1 AND state = 'queued'",
    );
    Ok(update.bind(document_id).bind(timings).execute(tx).await?.rows_affected() > 0)
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
