use chrono::{DateTime, Utc};
use events::payloads::CourseGenerated;
use platform::consumer::HandleError;
use sqlx::PgConnection;
use uuid::Uuid;

/// Records the version, for review, and that its package is to be fetched. An older version that comes late is recorded
/// too, but the newest stays the newest; a version that is known stays as it is.
pub async fn record(tx: &mut PgConnection, at: DateTime<Utc>, event: &CourseGenerated) -> Result<(), HandleError> {
    let client_id: Uuid = sqlx::query_scalar(
        "INSERT INTO courses (course_id, client_id, request_id, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (course_id) DO UPDATE SET version = greatest(courses.version, excluded.version)
         RETURNING client_id",
    )
    .bind(event.course_id)
    .bind(event.client_id)
    .bind(event.request_id)
    .bind(i64::from(event.version))
    .fetch_one(&mut *tx)
    .await?;
    if client_id != event.client_id {
        return Err(HandleError::reject("wrong_client", "the course belongs to another client"));
    }
    if insert_version(tx, at, event).await? {
        sqlx::query("INSERT INTO fetches (course_id, version) VALUES ($1, $2)")
            .bind(event.course_id)
            .bind(i64::from(event.version))
            .execute(tx)
            .await?;
    }
    Ok(())
}

async fn insert_version(
    tx: &mut PgConnection,
    at: DateTime<Utc>,
    event: &CourseGenerated,
) -> Result<bool, sqlx::Error> {
    let inserted = sqlx::query(
        "INSERT INTO versions (course_id, version, title, level, ordered_by, lessons, bucket, prefix, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT DO NOTHING",
    )
    .bind(event.course_id)
    .bind(i64::from(event.version))
    .bind(&event.title)
    .bind(event.level.as_str())
    .bind(event.ordered_by)
    .bind(i64::from(event.lessons))
    .bind(&event.package.bucket)
    .bind(&event.package.prefix)
    .bind(&event.package.sha256)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
