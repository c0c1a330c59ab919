use platform::paging::PageRequest;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};
use uuid::Uuid;

use super::{Comment, NewComment};
use crate::courses::VersionRow;

const COLUMNS: &str = "comment_id, element_id, text, author_id,
    (SELECT display_name FROM members WHERE user_id = author_id) AS author_name, created_at, resolved_by, resolved_at";

pub async fn has_element(tx: &mut PgConnection, row: &VersionRow, element: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT $3 = ANY(element_ids) FROM versions WHERE course_id = $1 AND version = $2")
        .bind(row.course_id)
        .bind(i64::from(row.version))
        .bind(element)
        .fetch_one(tx)
        .await
}

pub async fn insert(
    tx: &mut PgConnection,
    row: &VersionRow,
    author: Uuid,
    new: &NewComment,
) -> Result<Comment, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "INSERT INTO comments (comment_id, course_id, version, element_id, text, author_id)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING {COLUMNS}"
    )))
    .bind(Uuid::now_v7())
    .bind(row.course_id)
    .bind(i64::from(row.version))
    .bind(new.element_id)
    .bind(&new.text)
    .bind(author)
    .fetch_one(tx)
    .await
}

pub async fn list(
    pool: &PgPool,
    course_id: Uuid,
    version: u32,
    page: PageRequest,
) -> Result<Vec<Comment>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM comments
         WHERE course_id = $1 AND version = $2 AND ($3::uuid IS NULL OR comment_id < $3)
         ORDER BY comment_id DESC LIMIT $4"
    )))
    .bind(course_id)
    .bind(i64::from(version))
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

/// The first to resolve it stays on record.
pub async fn resolve(
    tx: &mut PgConnection,
    row: &VersionRow,
    comment_id: Uuid,
    by: Uuid,
) -> Result<Option<Comment>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "UPDATE comments SET resolved_by = coalesce(resolved_by, $4), resolved_at = coalesce(resolved_at, now())
         WHERE course_id = $1 AND version = $2 AND comment_id = $3 RETURNING {COLUMNS}"
    )))
    .bind(row.course_id)
    .bind(i64::from(row.version))
    .bind(comment_id)
    .bind(by)
    .fetch_optional(tx)
    .await
}
