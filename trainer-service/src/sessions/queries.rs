use platform::paging::PageRequest;
use sqlx::{AssertSqlSafe, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{NewSession, Session, SessionChanges};

const COLUMNS: &str = "s.session_id, s.course_id, s.trainer_id, s.title, s.starts_at, s.minutes, s.place, s.lesson_id,
    s.held_at, s.revision";

pub async fn insert(
    tx: &mut PgConnection,
    course_id: Uuid,
    trainer: Uuid,
    new: &NewSession,
) -> Result<Session, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "INSERT INTO sessions AS s (session_id, course_id, trainer_id, title, starts_at, minutes, place, lesson_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING {COLUMNS}"
    )))
    .bind(Uuid::now_v7())
    .bind(course_id)
    .bind(trainer)
    .bind(new.title.trim())
    .bind(new.starts_at)
    .bind(new.minutes)
    .bind(&new.place)
    .bind(new.lesson_id)
    .fetch_one(tx)
    .await
}

pub async fn list(pool: &PgPool, course_id: Uuid, page: PageRequest) -> Result<Vec<Session>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM sessions s WHERE s.course_id = $1 AND ($2::uuid IS NULL OR s.session_id < $2)
         ORDER BY s.session_id DESC LIMIT $3"
    )))
    .bind(course_id)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

/// The class, if the trainer teaches its course.
pub async fn find(db: impl PgExecutor<'_>, session_id: Uuid, trainer: Uuid) -> Result<Option<Session>, sqlx::Error> {
    select(db, session_id, trainer, "").await
}

pub async fn lock(tx: &mut PgConnection, session_id: Uuid, trainer: Uuid) -> Result<Option<Session>, sqlx::Error> {
    select(tx, session_id, trainer, "FOR UPDATE OF s").await
}

async fn select(
    db: impl PgExecutor<'_>,
    session_id: Uuid,
    trainer: Uuid,
    lock: &str,
) -> Result<Option<Session>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM sessions s
         WHERE s.session_id = $1
           AND EXISTS (SELECT FROM teaching t WHERE t.course_id = s.course_id AND t.trainer_id = $2) {lock}"
    )))
    .bind(session_id)
    .bind(trainer)
    .fetch_optional(db)
    .await
}

pub async fn update(tx: &mut PgConnection, session_id: Uuid, changes: &SessionChanges) -> Result<Session, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "UPDATE sessions s SET title = coalesce($2, title), starts_at = coalesce($3, starts_at),
             minutes = coalesce($4, minutes), place = coalesce($5, place), lesson_id = coalesce($6, lesson_id),
             revision = revision + 1
         WHERE session_id = $1 RETURNING {COLUMNS}"
    )))
    .bind(session_id)
    .bind(changes.title.as_deref().map(str::trim))
    .bind(changes.starts_at)
    .bind(changes.minutes)
    .bind(&changes.place)
    .bind(changes.lesson_id)
    .fetch_one(tx)
    .await
}

/// Marks the class as held, from the first time on.
pub async fn held(tx: &mut PgConnection, session_id: Uuid) -> Result<Session, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "UPDATE sessions s SET held_at = coalesce(held_at, now()), revision = revision + 1
         WHERE session_id = $1 RETURNING {COLUMNS}"
    )))
    .bind(session_id)
    .fetch_one(tx)
    .await
}
