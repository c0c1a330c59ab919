use chrono::{DateTime, Utc};
use course_format::Level;
use platform::{Problem, paging::PageRequest};
use sqlx::{AssertSqlSafe, FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::RosterEntry;

/// A course as one trainer sees it.
#[derive(Debug, FromRow)]
pub struct CourseRow {
    pub course_id: Uuid,
    pub client_id: Uuid,
    #[sqlx(try_from = "i64")]
    pub version: u32,
    pub title: String,
    #[sqlx(try_from = "String")]
    pub level: StoredLevel,
    pub materials_sha256: Option<String>,
    pub materials_fault: Option<String>,
    pub lesson_ids: Vec<Uuid>,
    pub assigned_at: DateTime<Utc>,
    pub students: i64,
    pub open_submissions: i64,
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

impl CourseRow {
    /// Hash of the materials.
    ///
    /// # Errors
    /// 409 while there are none.
    pub fn require_materials(&self) -> Result<&str, Problem> {
        if let Some(sha256) = &self.materials_sha256 {
            return Ok(sha256);
        }
        if self.materials_fault.is_some() {
            return Err(Problem::conflict(
                "content_broken",
                "The materials of this course cannot be used; please tell the course manager",
            ));
        }
        Err(Problem::conflict(
            "content_not_ready",
            "The materials of this course are on their way; try again in a moment",
        ))
    }

    /// # Errors
    /// 422 unless the course has the lesson.
    pub fn require_lesson(&self, lesson: Option<Uuid>) -> Result<(), Problem> {
        let Some(lesson) = lesson else { return Ok(()) };
        self.require_materials()?;
        if self.lesson_ids.contains(&lesson) {
            return Ok(());
        }
        Err(Problem::invalid("lesson_id", "unknown_lesson", "is no lesson of this course"))
    }
}

const TAUGHT: &str = "SELECT c.course_id, c.client_id, c.version, c.title, c.level, c.materials_sha256,
        c.materials_fault, c.lesson_ids, t.assigned_at,
        (SELECT count(DISTINCT a.user_id) FROM assignments a
         WHERE a.course_id = c.course_id AND a.role = 'student' AND a.unassigned_at IS NULL) AS students,
        (SELECT count(*) FROM submissions s
         WHERE s.course_id = c.course_id AND s.graded_at IS NULL) AS open_submissions
    FROM courses c JOIN teaching t ON t.course_id = c.course_id AND t.trainer_id = $1";

pub async fn list(pool: &PgPool, trainer: Uuid, page: PageRequest) -> Result<Vec<CourseRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "{TAUGHT} WHERE $2::uuid IS NULL OR c.course_id < $2 ORDER BY c.course_id DESC LIMIT $3"
    )))
    .bind(trainer)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

/// The course, if the trainer teaches it; 404 for everybody else.
pub async fn require_taught(db: impl PgExecutor<'_>, course_id: Uuid, trainer: Uuid) -> Result<CourseRow, Problem> {
    let row: Option<CourseRow> = sqlx::query_as(AssertSqlSafe(format!("{TAUGHT} WHERE c.course_id = $2")))
        .bind(trainer)
        .bind(course_id)
        .fetch_optional(db)
        .await?;
    row.ok_or_else(Problem::not_found)
}

pub async fn roster(pool: &PgPool, course_id: Uuid, page: PageRequest) -> Result<Vec<RosterEntry>, sqlx::Error> {
    sqlx::query_as(
        "SELECT a.user_id, m.display_name, min(a.assigned_at) AS assigned_at, min(a.due_on) AS due_on
         FROM assignments a LEFT JOIN members m ON m.user_id = a.user_id
         WHERE a.course_id = $1 AND a.role = 'student' AND a.unassigned_at IS NULL
           AND ($2::uuid IS NULL OR a.user_id < $2)
         GROUP BY a.user_id, m.display_name ORDER BY a.user_id DESC LIMIT $3",
    )
    .bind(course_id)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

/// Everybody who learns the course now.
pub async fn student_ids(tx: &mut PgConnection, course_id: Uuid) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT DISTINCT user_id FROM assignments
         WHERE course_id = $1 AND role = 'student' AND unassigned_at IS NULL ORDER BY user_id",
    )
    .bind(course_id)
    .fetch_all(tx)
    .await
}
