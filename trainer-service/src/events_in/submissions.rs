use chrono::{DateTime, Utc};
use events::payloads::SubmissionReceived;
use sqlx::{PgConnection, types::Json};

/// Puts an open answer into the queue.
pub async fn receive(tx: &mut PgConnection, at: DateTime<Utc>, event: &SubmissionReceived) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO submissions (submission_id, course_id, client_id, lesson_id, item_id, student_id, prompt, answer,
             model_answer, rubric, max_score, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT DO NOTHING",
    )
    .bind(event.submission_id)
    .bind(event.course_id)
    .bind(event.client_id)
    .bind(event.lesson_id)
    .bind(event.item_id)
    .bind(event.student_id)
    .bind(&event.prompt)
    .bind(&event.answer)
    .bind(&event.model_answer)
    .bind(Json(&event.rubric))
    .bind(i64::from(event.max_score))
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}
