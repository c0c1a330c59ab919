use platform::paging::PageRequest;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Feedback, NewFeedback};

pub async fn insert(
    tx: &mut PgConnection,
    course_id: Uuid,
    trainer: Uuid,
    new: &NewFeedback,
) -> Result<Feedback, sqlx::Error> {
    sqlx::query_as(
        "INSERT INTO feedback (feedback_id, course_id, trainer_id, student_id, text) VALUES ($1, $2, $3, $4, $5)
         RETURNING *",
    )
    .bind(Uuid::now_v7())
    .bind(course_id)
    .bind(trainer)
    .bind(new.student_id)
    .bind(&new.text)
    .fetch_one(tx)
    .await
}

pub async fn list(
    pool: &PgPool,
    course_id: Uuid,
    trainer: Uuid,
    page: PageRequest,
) -> Result<Vec<Feedback>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM feedback
         WHERE course_id = $1 AND trainer_id = $2 AND ($3::uuid IS NULL OR feedback_id < $3)
         ORDER BY feedback_id DESC LIMIT $4",
    )
    .bind(course_id)
    .bind(trainer)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}
