use std::time::Duration;

use chrono::Utc;
use course_format::course::{Course, Lesson};
use course_store::Announced;
use sqlx::PgConnection;
use uuid::Uuid;

/// The fetch that is due longest and that nobody else works on, locked until `tx` ends. Its course is locked too: an event
/// that brings a newer version waits, and writes down a fetch of its own then.
pub async fn next(tx: &mut PgConnection) -> Result<Option<Announced>, sqlx::Error> {
    sqlx::query_as(
        "SELECT f.course_id, c.client_id, c.version, f.attempts, c.bucket, c.prefix, c.sha256
         FROM fetches f JOIN courses c USING (course_id)
         WHERE f.run_after <= now() ORDER BY f.run_after LIMIT 1
         FOR NO KEY UPDATE OF c, f SKIP LOCKED",
    )
    .fetch_optional(tx)
    .await
}

pub async fn ready(tx: &mut PgConnection, fetch: &Announced, course: &Course) -> Result<(), sqlx::Error> {
    let lessons: Vec<Uuid> = course.lessons().map(|Lesson { id, .. }| *id).collect();
    sqlx::query(
        "UPDATE courses SET materials_version = $2, materials_sha256 = $3, lesson_ids = $4, materials_fault = NULL
         WHERE course_id = $1",
    )
    .bind(fetch.course_id)
    .bind(fetch.version)
    .bind(&fetch.sha256)
    .bind(lessons)
    .execute(&mut *tx)
    .await?;
    done(tx, fetch).await
}

pub async fn broken(tx: &mut PgConnection, fetch: &Announced, fault: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE courses SET materials_fault = $2 WHERE course_id = $1")
        .bind(fetch.course_id)
        .bind(fault)
        .execute(&mut *tx)
        .await?;
    done(tx, fetch).await
}

pub async fn later(tx: &mut PgConnection, fetch: &Announced, delay: Duration) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE fetches SET attempts = attempts + 1, run_after = $2 WHERE course_id = $1")
        .bind(fetch.course_id)
        .bind(Utc::now() + delay)
        .execute(tx)
        .await?;
    Ok(())
}

async fn done(tx: &mut PgConnection, fetch: &Announced) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM fetches WHERE course_id = $1").bind(fetch.course_id).execute(tx).await?;
    Ok(())
}
