//! Versions and stages of documents, and what is left to clear away.

use std::time::Duration;

use course_format::sop::DiffSummary;
use sqlx::{FromRow, PgExecutor};
use uuid::Uuid;

/// The newest version of a SOP that was read.
#[derive(Debug, FromRow)]
pub struct Newest {
    pub document_id: Uuid,
    pub sha256: String,
    pub parsed_key: String,
}

/// What came of comparing a document to the version before it.
#[derive(Debug)]
pub struct Compared {
    pub previous_id: Uuid,
    pub diff_key: String,
    pub summary: DiffSummary,
}

pub async fn newest(db: impl PgExecutor<'_>, lineage_id: Uuid) -> Result<Option<Newest>, sqlx::Error> {
    sqlx::query_as(
        "SELECT document_id, sha256, parsed_key FROM documents
         WHERE lineage_id = $1 AND state = 'processed' AND parsed_key IS NOT NULL
         ORDER BY version DESC, document_id LIMIT 1",
    )
    .bind(lineage_id)
    .fetch_optional(db)
    .await
}

/// The document's version: the next one of its SOP, given once. Only one document of a SOP is worked on at a time.
pub async fn number(db: impl PgExecutor<'_>, document_id: Uuid) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar(
        "UPDATE documents d SET version = coalesce(d.version,
             1 + (SELECT coalesce(max(e.version), 0) FROM documents e WHERE e.lineage_id = d.lineage_id))
         WHERE d.document_id = $1 RETURNING version",
    )
    .bind(document_id)
    .fetch_one(db)
    .await
}

/// Writes down that a stage was run, and how long it took.
pub async fn stage_done(
    db: impl PgExecutor<'_>,
    document_id: Uuid,
    stage: &str,
    took: Duration,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE documents SET timings = timings || jsonb_build_object($2::text, $3::bigint) WHERE document_id = $1",
    )
    .bind(document_id)
    .bind(stage)
    .bind(i64::try_from(took.as_millis()).unwrap_or(i64::MAX))
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_pictures(db: impl PgExecutor<'_>, document_id: Uuid, pages: i32) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET pictures = $2 WHERE document_id = $1")
        .bind(document_id)
        .bind(pages)
        .execute(db)
        .await?;
    Ok(())
}

/// A cancelled document of which something may be left.
#[derive(Debug, FromRow)]
pub struct Leftover {
    pub document_id: Uuid,
    pub lineage_id: Uuid,
    pub version: Option<i32>,
    /// Another document is this version as well: the same file came twice.
    pub shared: bool,
}

/// The next document to clear away: cancelled, and no worker holds it any more.
pub async fn claim_leftover(db: impl PgExecutor<'_>, lease_seconds: f64) -> Result<Option<Leftover>, sqlx::Error> {
    sqlx::query_as(
        "WITH next AS (
             SELECT document_id FROM documents
             WHERE state = 'cancelled' AND purged_at IS NULL AND not_before <= now() AND (lease_until IS NULL OR lease_until < now())
             ORDER BY document_id LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         UPDATE documents d SET lease_until = clock_timestamp() + make_interval(secs => $1)
         FROM next WHERE d.document_id = next.document_id
         RETURNING d.document_id, d.lineage_id, d.version,
             EXISTS (SELECT 1 FROM documents s WHERE s.lineage_id = d.lineage_id AND s.version = d.version AND s.state = 'processed') AS shared",
    )
    .bind(lease_seconds)
    .fetch_optional(db)
    .await
}

pub async fn set_purged(db: impl PgExecutor<'_>, document_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET purged_at = now(), lease_until = NULL, pictures = NULL WHERE document_id = $1")
        .bind(document_id)
        .execute(db)
        .await?;
    Ok(())
}

/// S3 or Qdrant is away.
pub async fn leave_for_later(db: impl PgExecutor<'_>, document_id: Uuid, seconds: f64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE documents SET lease_until = NULL, not_before = now() + make_interval(secs => $2) WHERE document_id = $1",
    )
    .bind(document_id)
    .bind(seconds)
    .execute(db)
    .await?;
    Ok(())
}
