use chrono::{DateTime, Utc};
use course_format::Level;
use platform::paging::PageRequest;
use serde::Deserialize;
use sqlx::{FromRow, PgPool};
use utoipa::IntoParams;
use uuid::Uuid;

use super::LibraryCourse;
use crate::courses::StoredLevel;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LibraryFilter {
    /// Words of the title or of a unit's or lesson's title; "quoted words" stand together, -word must not occur.
    #[param(max_length = 200)]
    pub q: Option<String>,
    pub level: Option<Level>,
    pub client_id: Option<Uuid>,
}

#[derive(FromRow)]
pub struct Row {
    pub course_id: Uuid,
    client_id: Uuid,
    title: String,
    #[sqlx(try_from = "String")]
    level: StoredLevel,
    #[sqlx(try_from = "i64")]
    version: u32,
    #[sqlx(try_from = "i64")]
    lessons: u32,
    outline: String,
    published_at: Option<DateTime<Utc>>,
}

impl From<Row> for LibraryCourse {
    fn from(row: Row) -> Self {
        Self {
            course_id: row.course_id,
            client_id: row.client_id,
            title: row.title,
            level: row.level.0,
            version: row.version,
            lessons: row.lessons,
            outline: row.outline.lines().map(ToOwned::to_owned).collect(),
            published_at: row.published_at,
        }
    }
}

pub async fn search(
    pool: &PgPool,
    clients: Option<&[Uuid]>,
    filter: &LibraryFilter,
    page: PageRequest,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT c.course_id, c.client_id, v.title, v.level, v.version, v.lessons, v.outline, v.published_at
         FROM courses c JOIN versions v ON v.course_id = c.course_id AND v.version = c.published_version
         WHERE ($1::uuid[] IS NULL OR c.client_id = ANY($1)) AND ($2::uuid IS NULL OR c.client_id = $2)
           AND ($3::text IS NULL OR v.level = $3)
           AND ($4::text IS NULL OR v.search @@ websearch_to_tsquery('english', $4))
           AND ($5::uuid IS NULL OR c.course_id < $5)
         ORDER BY c.course_id DESC LIMIT $6",
    )
    .bind(clients)
    .bind(filter.client_id)
    .bind(filter.level.map(Level::as_str))
    .bind(filter.q.as_deref().filter(|q| !q.trim().is_empty()))
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}
