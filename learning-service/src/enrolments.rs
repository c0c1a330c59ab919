//! Which courses a student was given.

use chrono::{DateTime, NaiveDate, Utc};
use events::payloads::{CourseAssigned, Package};
use platform::Problem;
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

/// A row of `enrolments` that is still in force.
#[derive(Clone, Debug, FromRow)]
pub struct Enrolment {
    pub assignment_id: Uuid,
    pub student_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub version: i32,
    pub title: String,
    pub level: String,
    pub bucket: String,
    pub prefix: String,
    pub sha256: String,
    pub due_on: Option<NaiveDate>,
    pub started_at: Option<DateTime<Utc>>,
    pub resume_lesson: Option<Uuid>,
    pub resume_item: Option<Uuid>,
}

impl Enrolment {
    pub fn package(&self) -> Package {
        Package { bucket: self.bucket.clone(), prefix: self.prefix.clone(), sha256: self.sha256.clone() }
    }
}

/// The student's courses: of each the newest version that they were given and that was not taken back.
pub async fn of_student(db: impl PgExecutor<'_>, student: Uuid) -> Result<Vec<Enrolment>, sqlx::Error> {
    sqlx::query_as(
        "SELECT DISTINCT ON (course_id) * FROM enrolments e
         WHERE student_id = $1 AND NOT EXISTS (SELECT FROM unassigned u WHERE u.assignment_id = e.assignment_id)
         ORDER BY course_id, version DESC, assigned_at DESC",
    )
    .bind(student)
    .fetch_all(db)
    .await
}

/// The student's enrolment in one course; somebody else's, or one that was taken back, is 404.
pub async fn of_course(db: impl PgExecutor<'_>, student: Uuid, course: Uuid) -> Result<Enrolment, Problem> {
    sqlx::query_as(
        "SELECT * FROM enrolments e
         WHERE student_id = $1 AND course_id = $2
           AND NOT EXISTS (SELECT FROM unassigned u WHERE u.assignment_id = e.assignment_id)
         ORDER BY version DESC, assigned_at DESC LIMIT 1",
    )
    .bind(student)
    .bind(course)
    .fetch_optional(db)
    .await?
    .ok_or_else(Problem::not_found)
}

pub async fn insert(tx: &mut PgConnection, assigned: &CourseAssigned, at: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO enrolments (assignment_id, student_id, course_id, client_id, version, title, level, bucket, prefix,
             sha256, due_on, assigned_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
    )
    .bind(assigned.assignment_id)
    .bind(assigned.user_id)
    .bind(assigned.course_id)
    .bind(assigned.client_id)
    .bind(assigned.version.cast_signed())
    .bind(&assigned.title)
    .bind(assigned.level.as_str())
    .bind(&assigned.package.bucket)
    .bind(&assigned.package.prefix)
    .bind(&assigned.package.sha256)
    .bind(assigned.due_on)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn take_back(tx: &mut PgConnection, assignment_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO unassigned (assignment_id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(assignment_id)
        .execute(tx)
        .await?;
    Ok(())
}

/// True the first time.
pub async fn start(tx: &mut PgConnection, assignment_id: Uuid) -> Result<bool, sqlx::Error> {
    let updated =
        sqlx::query("UPDATE enrolments SET started_at = now() WHERE assignment_id = $1 AND started_at IS NULL")
            .bind(assignment_id)
            .execute(tx)
            .await?;
    Ok(updated.rows_affected() == 1)
}

/// Remembers where the student was last.
pub async fn stand_at(
    tx: &mut PgConnection,
    assignment_id: Uuid,
    lesson: Uuid,
    item: Option<Uuid>,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE enrolments SET resume_lesson = $2, resume_item = $3 WHERE assignment_id = $1")
        .bind(assignment_id)
        .bind(lesson)
        .bind(item)
        .execute(tx)
        .await?;
    Ok(())
}
