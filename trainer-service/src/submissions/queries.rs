use chrono::{DateTime, Utc};
use course_format::course::RubricPoint;
use platform::paging::PageRequest;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::{NewGrade, SubmissionFilter, SubmissionState};

#[derive(Debug, FromRow)]
pub struct SubmissionRow {
    pub submission_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub lesson_id: Option<Uuid>,
    pub item_id: Uuid,
    pub student_id: Uuid,
    pub student_name: Option<String>,
    pub prompt: String,
    pub answer: String,
    pub model_answer: String,
    pub rubric: Json<Vec<RubricPoint>>,
    #[sqlx(try_from = "i64")]
    pub max_score: u32,
    pub received_at: DateTime<Utc>,
    pub score: Option<i64>,
    pub comment: Option<String>,
    pub graded_by: Option<Uuid>,
    pub graded_at: Option<DateTime<Utc>>,
}

/// Answers to courses that the trainer ($1) teaches. That the answer names the course's client is checked as well: no event
/// may carry it over to another company.
const TAUGHT: &str = "SELECT s.*, (SELECT m.display_name FROM members m WHERE m.user_id = s.student_id) AS student_name
    FROM submissions s JOIN courses c ON c.course_id = s.course_id AND c.client_id = s.client_id
    WHERE EXISTS (SELECT FROM teaching t WHERE t.course_id = s.course_id AND t.trainer_id = $1)";

pub async fn list(
    pool: &PgPool,
    trainer: Uuid,
    filter: &SubmissionFilter,
    page: PageRequest,
) -> Result<Vec<SubmissionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "{TAUGHT} AND ($2::uuid IS NULL OR s.course_id = $2)
           AND ($3::boolean IS NULL OR (s.graded_at IS NOT NULL) = $3)
           AND ($4::uuid IS NULL OR s.submission_id < $4)
         ORDER BY s.submission_id DESC LIMIT $5"
    )))
    .bind(trainer)
    .bind(filter.course_id)
    .bind(filter.state.map(|state| state == SubmissionState::Graded))
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

pub async fn find(
    db: impl PgExecutor<'_>,
    submission_id: Uuid,
    trainer: Uuid,
) -> Result<Option<SubmissionRow>, sqlx::Error> {
    select(db, submission_id, trainer, "").await
}

pub async fn lock(
    tx: &mut PgConnection,
    submission_id: Uuid,
    trainer: Uuid,
) -> Result<Option<SubmissionRow>, sqlx::Error> {
    select(tx, submission_id, trainer, "FOR UPDATE OF s").await
}

async fn select(
    db: impl PgExecutor<'_>,
    submission_id: Uuid,
    trainer: Uuid,
    lock: &str,
) -> Result<Option<SubmissionRow>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!("{TAUGHT} AND s.submission_id = $2 {lock}")))
        .bind(trainer)
        .bind(submission_id)
        .fetch_optional(db)
        .await
}

pub async fn grade(
    tx: &mut PgConnection,
    submission_id: Uuid,
    trainer: Uuid,
    grade: &NewGrade,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE submissions SET score = $2, comment = $3, graded_by = $4, graded_at = now() WHERE submission_id = $1",
    )
    .bind(submission_id)
    .bind(i64::from(grade.score))
    .bind(&grade.comment)
    .bind(trainer)
    .execute(tx)
    .await?;
    Ok(())
}
