use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use course_format::{Level, course::QualityReport};
use events::payloads::Package;
use platform::{Problem, paging::PageRequest};
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::CourseFilter;
use crate::review::ReviewState;

/// A version with what its course says.
#[derive(Debug, FromRow)]
pub struct VersionRow {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    #[sqlx(try_from = "i64")]
    pub newest_version: u32,
    pub published_version: Option<i64>,
    #[sqlx(try_from = "i64")]
    pub version: u32,
    pub state: ReviewState,
    pub title: String,
    #[sqlx(try_from = "String")]
    pub level: StoredLevel,
    pub ordered_by: Uuid,
    pub bucket: String,
    pub prefix: String,
    pub sha256: String,
    pub created_at: DateTime<Utc>,
    pub content: Content,
    pub content_fault: Option<String>,
    pub quality: Option<Json<QualityReport>>,
    pub changes_note: Option<String>,
    pub reviewed_by: Option<Uuid>,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
}

/// Whether the package of a version is here.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Content {
    /// On its way.
    Pending,
    Ready,
    /// It is not what was announced, or breaks the format's rules.
    Broken,
}

/// A [`Level`] as the table's CHECK keeps it.
#[derive(Clone, Copy, Debug)]
pub struct StoredLevel(pub Level);

impl TryFrom<String> for StoredLevel {
    type Error = course_format::UnknownLevel;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl VersionRow {
    /// Where the content lies in S3.
    pub fn package(&self) -> Package {
        Package { bucket: self.bucket.clone(), prefix: self.prefix.clone(), sha256: self.sha256.clone() }
    }

    /// # Errors
    /// 409 while the content cannot be read.
    pub fn require_content(&self) -> Result<(), Problem> {
        match self.content {
            Content::Ready => Ok(()),
            Content::Pending => Err(Problem::conflict(
                "content_not_ready",
                "The content of this version is on its way; try again in a moment",
            )),
            Content::Broken => Err(Problem::new(
                StatusCode::CONFLICT,
                "content_broken",
                "The content of this version cannot be used; ask for changes to get a new one",
            )
            .detail(self.content_fault.clone().unwrap_or_default())),
        }
    }
}

const COLUMNS: &str =
    "v.course_id, c.client_id, c.request_id, c.version AS newest_version, c.published_version, v.version,
    v.state, v.title, v.level, v.ordered_by, v.bucket, v.prefix, v.sha256, v.created_at, v.content, v.content_fault,
    v.quality, v.changes_note, v.reviewed_by, v.reviewed_at, v.published_at";

/// The newest version of each course.
pub async fn list(
    pool: &PgPool,
    clients: Option<&[Uuid]>,
    filter: &CourseFilter,
    page: PageRequest,
) -> Result<Vec<VersionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM courses c JOIN versions v USING (course_id, version)
         WHERE ($1::uuid[] IS NULL OR c.client_id = ANY($1)) AND ($2::uuid IS NULL OR c.client_id = $2)
           AND ($3::text IS NULL OR v.state = $3) AND ($4::uuid IS NULL OR c.course_id < $4)
         ORDER BY c.course_id DESC LIMIT $5"
    )))
    .bind(clients)
    .bind(filter.client_id)
    .bind(filter.state)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

pub async fn newest(
    db: impl PgExecutor<'_>,
    course_id: Uuid,
    clients: Option<&[Uuid]>,
) -> Result<Option<VersionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM courses c JOIN versions v USING (course_id, version)
         WHERE c.course_id = $1 AND ($2::uuid[] IS NULL OR c.client_id = ANY($2))"
    )))
    .bind(course_id)
    .bind(clients)
    .fetch_optional(db)
    .await
}

/// Every version of the course, newest first.
pub async fn versions(pool: &PgPool, course_id: Uuid) -> Result<Vec<VersionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM courses c JOIN versions v USING (course_id) WHERE c.course_id = $1 ORDER BY v.version DESC"
    )))
    .bind(course_id)
    .fetch_all(pool)
    .await
}

pub async fn version(
    db: impl PgExecutor<'_>,
    course_id: Uuid,
    version: u32,
    clients: Option<&[Uuid]>,
) -> Result<Option<VersionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM courses c JOIN versions v USING (course_id)
         WHERE c.course_id = $1 AND v.version = $2 AND ($3::uuid[] IS NULL OR c.client_id = ANY($3))"
    )))
    .bind(course_id)
    .bind(i64::from(version))
    .bind(clients)
    .fetch_optional(db)
    .await
}

/// Makes acts on one course happen one after another. Read it in a statement after this one: only that sees what the
/// transaction before has left.
pub async fn lock(tx: &mut PgConnection, course_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT FROM courses WHERE course_id = $1 FOR UPDATE").bind(course_id).execute(tx).await?;
    Ok(())
}

/// The version that is taught and learned.
pub async fn published(db: impl PgExecutor<'_>, course_id: Uuid) -> Result<Option<VersionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM courses c JOIN versions v ON v.course_id = c.course_id AND v.version = c.published_version
         WHERE c.course_id = $1"
    )))
    .bind(course_id)
    .fetch_optional(db)
    .await
}

/// Whether the course exists and the caller may see it.
pub async fn is_visible(
    db: impl PgExecutor<'_>,
    course_id: Uuid,
    clients: Option<&[Uuid]>,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM courses
         WHERE course_id = $1 AND ($2::uuid[] IS NULL OR client_id = ANY($2)))",
    )
    .bind(course_id)
    .bind(clients)
    .fetch_one(db)
    .await
}
