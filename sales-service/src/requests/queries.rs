use chrono::{DateTime, NaiveDate, Utc};
use course_format::Level;
use platform::paging::PageRequest;
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Document, NewRequest, Request, RequestChanges, RequestFilter, Status, quote};

/// A row of `requests`.
#[derive(Debug, FromRow)]
pub struct RequestRow {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    #[sqlx(try_from = "String")]
    pub level: StoredLevel,
    pub learners: i32,
    pub hours: f32,
    pub deadline: Option<NaiveDate>,
    pub languages: Vec<String>,
    pub notes: Option<String>,
    pub approve_outline: bool,
    pub status: Status,
    pub course_id: Option<Uuid>,
    pub revision: i64,
    pub created_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
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

impl RequestRow {
    pub fn with(self, documents: Vec<Document>) -> Request {
        Request {
            request_id: self.request_id,
            client_id: self.client_id,
            title: self.title,
            level: self.level.0,
            learners: self.learners,
            hours: self.hours,
            deadline: self.deadline,
            languages: self.languages,
            notes: self.notes,
            approve_outline: self.approve_outline,
            status: self.status,
            course_id: self.course_id,
            created_at: self.created_at,
            submitted_at: self.submitted_at,
            quote: quote::of(&documents),
            documents,
        }
    }
}

pub async fn insert(tx: &mut PgConnection, owner: Uuid, new: &NewRequest) -> Result<RequestRow, sqlx::Error> {
    sqlx::query_as(
        "INSERT INTO requests
             (request_id, client_id, owner_id, title, level, learners, hours, deadline, languages, notes, approve_outline)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *",
    )
    .bind(Uuid::now_v7())
    .bind(new.client_id)
    .bind(owner)
    .bind(new.title.trim())
    .bind(new.level.as_str())
    .bind(new.learners)
    .bind(new.hours)
    .bind(new.deadline)
    .bind(&new.languages)
    .bind(&new.notes)
    .bind(new.approve_outline)
    .fetch_one(tx)
    .await
}

pub async fn list(
    db: &mut PgConnection,
    owner: Option<Uuid>,
    filter: &RequestFilter,
    page: PageRequest,
) -> Result<Vec<RequestRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM requests
         WHERE ($1::uuid IS NULL OR owner_id = $1) AND ($2::uuid IS NULL OR request_id < $2)
           AND ($3::text IS NULL OR status = $3) AND ($4::uuid IS NULL OR client_id = $4)
         ORDER BY request_id DESC LIMIT $5",
    )
    .bind(owner)
    .bind(page.before)
    .bind(filter.status)
    .bind(filter.client_id)
    .bind(page.fetch())
    .fetch_all(db)
    .await
}

pub async fn find(
    db: impl PgExecutor<'_>,
    request_id: Uuid,
    owner: Option<Uuid>,
) -> Result<Option<RequestRow>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM requests WHERE request_id = $1 AND ($2::uuid IS NULL OR owner_id = $2)")
        .bind(request_id)
        .bind(owner)
        .fetch_optional(db)
        .await
}

pub async fn lock(
    tx: &mut PgConnection,
    request_id: Uuid,
    owner: Option<Uuid>,
) -> Result<Option<RequestRow>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM requests WHERE request_id = $1 AND ($2::uuid IS NULL OR owner_id = $2) FOR UPDATE")
        .bind(request_id)
        .bind(owner)
        .fetch_optional(tx)
        .await
}

pub async fn update(
    tx: &mut PgConnection,
    request_id: Uuid,
    changes: &RequestChanges,
) -> Result<RequestRow, sqlx::Error> {
    sqlx::query_as(
        "UPDATE requests SET title = coalesce($2, title), level = coalesce($3, level),
             learners = coalesce($4, learners), hours = coalesce($5, hours), deadline = coalesce($6, deadline),
             languages = coalesce($7, languages), notes = coalesce($8, notes),
             approve_outline = coalesce($9, approve_outline), revision = revision + 1
         WHERE request_id = $1 RETURNING *",
    )
    .bind(request_id)
    .bind(changes.title.as_deref().map(str::trim))
    .bind(changes.level.map(Level::as_str))
    .bind(changes.learners)
    .bind(changes.hours)
    .bind(changes.deadline)
    .bind(&changes.languages)
    .bind(&changes.notes)
    .bind(changes.approve_outline)
    .fetch_one(tx)
    .await
}

/// Moves the locked request forward, if it may; otherwise it stays.
pub async fn advance(tx: &mut PgConnection, row: &mut RequestRow, next: Status) -> Result<(), sqlx::Error> {
    if !row.status.may_become(next) {
        return Ok(());
    }
    *row = sqlx::query_as(
        "UPDATE requests SET status = $2, revision = revision + 1,
             submitted_at = CASE WHEN $2 = 'submitted' THEN now() ELSE submitted_at END
         WHERE request_id = $1 RETURNING *",
    )
    .bind(row.request_id)
    .bind(next)
    .fetch_one(tx)
    .await?;
    Ok(())
}

pub async fn set_course(tx: &mut PgConnection, request_id: Uuid, course_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE requests SET course_id = $2 WHERE request_id = $1 AND course_id IS NULL")
        .bind(request_id)
        .bind(course_id)
        .execute(tx)
        .await?;
    Ok(())
}
