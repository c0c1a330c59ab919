//! What learners and trainers do, as reports need it. Each statement may be repeated, and swapped with the others.

use chrono::{DateTime, Utc};
use events::payloads::{AssessmentCompleted, FeedbackSubmitted, LearningStarted, LessonCompleted, SessionHeld};
use sqlx::PgConnection;
use uuid::Uuid;

pub async fn started(tx: &mut PgConnection, at: DateTime<Utc>, event: &LearningStarted) -> Result<(), sqlx::Error> {
    seen(tx, at, event.course_id, event.student_id).await
}

pub async fn lesson_completed(
    tx: &mut PgConnection,
    at: DateTime<Utc>,
    event: &LessonCompleted,
) -> Result<(), sqlx::Error> {
    seen(tx, at, event.course_id, event.student_id).await?;
    sqlx::query(
        "INSERT INTO completed_lessons (course_id, student_id, lesson_id, score, completed_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (course_id, student_id, lesson_id) DO UPDATE SET
             score = greatest(completed_lessons.score, excluded.score),
             completed_at = least(completed_lessons.completed_at, excluded.completed_at)",
    )
    .bind(event.course_id)
    .bind(event.student_id)
    .bind(event.lesson_id)
    .bind(event.score)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn assessed(
    tx: &mut PgConnection,
    at: DateTime<Utc>,
    event: &AssessmentCompleted,
) -> Result<(), sqlx::Error> {
    seen(tx, at, event.course_id, event.student_id).await?;
    sqlx::query(
        "UPDATE progress SET finished_at = least(finished_at, $3),
             score = CASE WHEN better THEN $4 ELSE score END,
             passed = CASE WHEN better THEN $5 ELSE passed END
         FROM (SELECT passed IS NULL OR ($5, $4) > (passed, score) AS better
               FROM progress WHERE course_id = $1 AND student_id = $2) AS comparison
         WHERE course_id = $1 AND student_id = $2",
    )
    .bind(event.course_id)
    .bind(event.student_id)
    .bind(at)
    .bind(event.score)
    .bind(event.passed)
    .execute(tx)
    .await?;
    Ok(())
}

/// Whatever a student does in a course shows that they have started, by then at the latest.
async fn seen(tx: &mut PgConnection, at: DateTime<Utc>, course: Uuid, student: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO progress (course_id, student_id, started_at) VALUES ($1, $2, $3)
         ON CONFLICT (course_id, student_id) DO UPDATE SET started_at = least(progress.started_at, excluded.started_at)",
    )
    .bind(course)
    .bind(student)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Attendance may be corrected: the last report counts.
pub async fn session_held(tx: &mut PgConnection, at: DateTime<Utc>, event: &SessionHeld) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sessions_held (session_id, course_id, present, absent, reported_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (session_id) DO UPDATE SET
             present = excluded.present, absent = excluded.absent, reported_at = excluded.reported_at
         WHERE sessions_held.reported_at < excluded.reported_at",
    )
    .bind(event.session_id)
    .bind(event.course_id)
    .bind(&event.present)
    .bind(&event.absent)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn feedback(tx: &mut PgConnection, at: DateTime<Utc>, event: &FeedbackSubmitted) -> Result<(), sqlx::Error> {
    if event.to.is_some() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO feedback (feedback_id, course_id, lesson_id, from_role, text, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(event.feedback_id)
    .bind(event.course_id)
    .bind(event.lesson_id)
    .bind(event.from_role.as_str())
    .bind(&event.text)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}
