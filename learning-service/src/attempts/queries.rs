use course_format::grading::Verdict;
use events::payloads::SubmissionGraded;
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;

use super::{Best, Graded, PastAttempt};
use crate::{
    enrolments::Enrolment,
    evidence::{self, Proof},
};

pub async fn insert(
    tx: &mut PgConnection,
    enrolment: &Enrolment,
    graded: &Graded<'_>,
    proofs: &[Proof],
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO attempts (attempt_id, student_id, course_id, version, lesson_id, item_id, response, score,
             max_points, verdict, proofs)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(graded.attempt_id)
    .bind(enrolment.student_id)
    .bind(enrolment.course_id)
    .bind(enrolment.version)
    .bind(graded.lesson_id)
    .bind(graded.item.id)
    .bind(Json(graded.response))
    .bind(graded.grade.score)
    .bind(graded.item.points.cast_signed())
    .bind(verdict(graded.grade.verdict))
    .bind(Json(proofs))
    .execute(tx)
    .await?;
    Ok(())
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Correct => "correct",
        Verdict::Partly => "partly",
        Verdict::Wrong => "wrong",
        Verdict::Pending => "pending",
    }
}

/// Of each answered item the best score; pending only while no attempt is graded.
pub async fn best_of_lesson(pool: &PgPool, student: Uuid, lesson: Uuid) -> Result<Vec<Best>, sqlx::Error> {
    sqlx::query_as(
        "SELECT item_id, max(score) AS score, bool_and(verdict = 'pending') AS pending, count(*) AS attempts
         FROM attempts WHERE student_id = $1 AND lesson_id = $2 GROUP BY item_id ORDER BY item_id",
    )
    .bind(student)
    .bind(lesson)
    .fetch_all(pool)
    .await
}

/// The last hundred.
pub async fn of_item(pool: &PgPool, student: Uuid, course: Uuid, item: Uuid) -> Result<Vec<PastAttempt>, sqlx::Error> {
    sqlx::query_as(
        "SELECT attempt_id, score, verdict, verdict = 'pending' AS pending, comment, created_at, graded_at
         FROM attempts WHERE student_id = $1 AND course_id = $2 AND item_id = $3
         ORDER BY attempt_id DESC LIMIT 100",
    )
    .bind(student)
    .bind(course)
    .bind(item)
    .fetch_all(pool)
    .await
}

/// An answer that a trainer graded.
#[derive(FromRow)]
struct Settled {
    student_id: Uuid,
    course_id: Uuid,
    item_id: Uuid,
    proofs: Json<Vec<Proof>>,
}

/// Writes a trainer's grade down; an answer that is not waiting any more, or is none of ours, is left alone.
pub async fn settle(tx: &mut PgConnection, graded: &SubmissionGraded) -> Result<(), sqlx::Error> {
    let score = if graded.max_score == 0 { 0.0 } else { graded.score as f32 / graded.max_score as f32 };
    let verdict = match score {
        s if s >= 1.0 => "correct",
        s if s > 0.0 => "partly",
        _ => "wrong",
    };
    let settled: Option<Settled> = sqlx::query_as(
        "UPDATE attempts SET score = $2, verdict = $3, comment = $4, graded_at = now()
         WHERE attempt_id = $1 AND verdict = 'pending' RETURNING student_id, course_id, item_id, proofs",
    )
    .bind(graded.submission_id)
    .bind(score.clamp(0.0, 1.0))
    .bind(verdict)
    .bind(&graded.comment)
    .fetch_optional(&mut *tx)
    .await?;
    match settled {
        Some(s) if score >= 1.0 => evidence::record(tx, s.student_id, s.course_id, s.item_id, &s.proofs).await,
        _ => Ok(()),
    }
}
