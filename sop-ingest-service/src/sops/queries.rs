use events::payloads::Role;
use platform::{auth::Caller, paging::PageRequest};
use sqlx::{PgExecutor, PgPool};
use uuid::Uuid;

use super::SopSummary;

#[derive(Debug, sqlx::FromRow)]
pub struct Found {
    pub client_id: Uuid,
    pub state: String,
    pub parsed_key: Option<String>,
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
             CASE WHEN d.state = 'queued' THEN 'processing' ELSE d.state END AS status, d.code, d.detail, d.created_at
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

/// The SOP, if the caller may see it.
pub async fn find(db: impl PgExecutor<'_>, caller: &Caller, sop_id: Uuid) -> Result<Option<Found>, sqlx::Error> {
    let sql = format!(
        "SELECT d.client_id, d.state, d.parsed_key FROM documents d JOIN requests r USING (request_id) WHERE {VISIBLE} AND d.document_id = $4"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(caller.is_admin())
        .bind(caller.user_id)
        .bind(clients(caller))
        .bind(sop_id)
        .fetch_optional(db)
        .await
}
