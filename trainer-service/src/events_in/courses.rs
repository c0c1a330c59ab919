use course_format::Level;
use events::payloads::{CourseAssigned, CoursePublished, Package};
use platform::consumer::HandleError;
use sqlx::PgConnection;
use uuid::Uuid;

/// What both a publication and an assignment say about the course.
pub struct Edition {
    course_id: Uuid,
    client_id: Uuid,
    version: u32,
    title: String,
    level: Level,
    package: Package,
}

impl From<CoursePublished> for Edition {
    fn from(event: CoursePublished) -> Self {
        Self {
            course_id: event.course_id,
            client_id: event.client_id,
            version: event.version,
            title: event.title,
            level: event.level,
            package: event.package,
        }
    }
}

impl From<CourseAssigned> for Edition {
    fn from(event: CourseAssigned) -> Self {
        Self {
            course_id: event.course_id,
            client_id: event.client_id,
            version: event.version,
            title: event.title,
            level: event.level,
            package: event.package,
        }
    }
}

/// Takes over the version unless a newer one is known, and writes down that its package is to be fetched.
pub async fn record(tx: &mut PgConnection, edition: &Edition) -> Result<(), HandleError> {
    let newer = sqlx::query(
        "INSERT INTO courses (course_id, client_id, version, title, level, bucket, prefix, sha256)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (course_id) DO UPDATE SET
             version = excluded.version, title = excluded.title, level = excluded.level,
             bucket = excluded.bucket, prefix = excluded.prefix, sha256 = excluded.sha256
         WHERE courses.version < excluded.version AND courses.client_id = excluded.client_id",
    )
    .bind(edition.course_id)
    .bind(edition.client_id)
    .bind(i64::from(edition.version))
    .bind(&edition.title)
    .bind(edition.level.as_str())
    .bind(&edition.package.bucket)
    .bind(&edition.package.prefix)
    .bind(&edition.package.sha256)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if newer == 1 {
        sqlx::query(
            "INSERT INTO fetches (course_id) VALUES ($1)
             ON CONFLICT (course_id) DO UPDATE SET attempts = 0, run_after = now()",
        )
        .bind(edition.course_id)
        .execute(&mut *tx)
        .await?;
    }
    let client_id: Uuid = sqlx::query_scalar("SELECT client_id FROM courses WHERE course_id = $1")
        .bind(edition.course_id)
        .fetch_one(tx)
        .await?;
    if client_id != edition.client_id {
        return Err(HandleError::reject("wrong_client", "the course belongs to another client"));
    }
    Ok(())
}
