use std::time::Duration;

use chrono::Utc;
use course_format::course::CoursePackage;
use course_store::Announced;
use sqlx::{PgConnection, types::Json};

use super::outline;

/// The fetch that is due longest and that nobody else works on, locked until `tx` ends.
pub async fn next(tx: &mut PgConnection) -> Result<Option<Announced>, sqlx::Error> {
    sqlx::query_as(
        "SELECT f.course_id, c.client_id, f.version, f.attempts, v.bucket, v.prefix, v.sha256
         FROM fetches f JOIN versions v USING (course_id, version) JOIN courses c USING (course_id)
         WHERE f.run_after <= now() ORDER BY f.run_after LIMIT 1
         FOR UPDATE OF f SKIP LOCKED",
    )
    .fetch_optional(tx)
    .await
}

pub async fn ready(tx: &mut PgConnection, fetch: &Announced, package: &CoursePackage) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE versions SET content = 'ready', content_fault = NULL, quality = $3, element_ids = $4, outline = $5
         WHERE course_id = $1 AND version = $2",
    )
    .bind(fetch.course_id)
    .bind(fetch.version)
    .bind(Json(&package.quality))
    .bind(outline::element_ids(&package.course))
    .bind(outline::titles(&package.course))
    .execute(&mut *tx)
    .await?;
    done(tx, fetch).await
}

pub async fn broken(tx: &mut PgConnection, fetch: &Announced, fault: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE versions SET content = 'broken', content_fault = $3 WHERE course_id = $1 AND version = $2")
        .bind(fetch.course_id)
        .bind(fetch.version)
        .bind(fault)
        .execute(&mut *tx)
        .await?;
    done(tx, fetch).await
}

pub async fn later(tx: &mut PgConnection, fetch: &Announced, delay: Duration) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE fetches SET attempts = attempts + 1, run_after = $3 WHERE course_id = $1 AND version = $2")
        .bind(fetch.course_id)
        .bind(fetch.version)
        .bind(Utc::now() + delay)
        .execute(tx)
        .await?;
    Ok(())
}

async fn done(tx: &mut PgConnection, fetch: &Announced) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM fetches WHERE course_id = $1 AND version = $2")
        .bind(fetch.course_id)
        .bind(fetch.version)
        .execute(tx)
        .await?;
    Ok(())
}
