use events::payloads::Role;
use platform::{auth::Caller, paging::PageRequest};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use super::SopSummary;

#[derive(Debug, sqlx::FromRow)]
pub struct Found {
    pub client_id: Uuid,
    pub lineage_id: Uuid,
    pub version: Option<i32>,
    pub state: String,
    pub parsed_key: Option<String>,
    pub format: Option<String>,
    pub pages: Option<i32>,
    pub level: Option<String>,
}

/// Admins see every SOP, a rep those that they ordered, course managers and trainers those of their clients.
const VISIBLE: &str = "($1 OR r.ordered_by = $2 OR d.client_id = ANY($3))";

fn clients(caller: &Caller) -> &[Uuid] {
    if caller.has(Role::CourseManager) || caller.has(Role::Trainer) { &caller.client_ids } else { &[] }
}

pub async fn list(
    pool: &PgPool,
    caller: &Caller,
    request_id: Option<Uuid>,
    page: PageRequest,
) -> Result<Vec<SopSummary>, sqlx::Error> {
    let sql = format!(
        "SELECT d.document_id AS sop_id, d.request_id, d.client_id, d.title, d.file_name, d.format, d.pages, d.clauses,
             CASE WHEN d.state = 'queued' THEN 'processing' ELSE d.state END AS status, d.code, d.detail, d.created_at,
             d.lineage_id AS document_id, d.version, d.pictures, d.timings AS stages
         FROM documents d JOIN requests r USING (request_id)
         WHERE {VISIBLE} AND ($4::uuid IS NULL OR d.request_id = $4) AND ($5::uuid IS NULL OR d.document_id < $5)
         ORDER BY d.document_id DESC LIMIT $6"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(caller.is_admin())
        .bind(caller.user_id)
        .bind(clients(caller))
        .bind(request_id)
        .bind(page.before)
        .bind(page.fetch())
        .fetch_all(pool)
        .await
}

/// The SOP, if the caller may see it: the upload with this id, or another version of the same SOP. The id that names all
/// versions is the first upload's; where that came to nothing it stands for the oldest version that was read.
pub async fn find(
    db: impl PgExecutor<'_>,
    caller: &Caller,
    sop_id: Uuid,
    version: Option<i32>,
) -> Result<Option<Found>, sqlx::Error> {
    let sql = format!(
        "SELECT d.client_id, d.lineage_id, d.version, d.state, d.parsed_key, d.format, d.pages,
             r.ordered->'data'->'order'->>'level' AS level
         FROM documents d JOIN requests r USING (request_id)
         WHERE {VISIBLE} AND d.lineage_id = (SELECT lineage_id FROM documents WHERE document_id = $4)
           AND CASE WHEN $5::int IS NULL THEN d.document_id = $4 OR (d.lineage_id = $4 AND d.state = 'processed')
                    ELSE d.version = $5 AND d.state = 'processed' END
         ORDER BY (d.document_id = $4 AND d.state = 'processed') DESC, d.state = 'processed' DESC, d.version, d.document_id LIMIT 1"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(caller.is_admin())
        .bind(caller.user_id)
        .bind(clients(caller))
        .bind(sop_id)
        .bind(version)
        .fetch_optional(db)
        .await
}

/// The version before this one that the caller may see.
pub async fn before(
    db: impl PgExecutor<'_>,
    caller: &Caller,
    lineage_id: Uuid,
    version: i32,
) -> Result<Option<i32>, sqlx::Error> {
    let sql = format!(
        "SELECT max(d.version) FROM documents d JOIN requests r USING (request_id)
         WHERE {VISIBLE} AND d.lineage_id = $4 AND d.state = 'processed' AND d.version < $5"
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(caller.is_admin())
        .bind(caller.user_id)
        .bind(clients(caller))
        .bind(lineage_id)
        .bind(version)
        .fetch_one(db)
        .await
}
