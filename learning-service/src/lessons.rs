//! A lesson as a student reads it, and finishing it.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::course::{LearnerLesson, Lesson};
use events::payloads::{LearningStarted, LessonCompleted};
use platform::{
    FieldError, Problem,
    auth::{As, Student},
    extract::Path,
};
use serde::Serialize;
use sqlx::{FromRow, PgConnection, PgExecutor};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    attempts::{self, Best},
    content,
    enrolments::{self, Enrolment},
};

/// A lesson without keys, and one's own standing in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LessonView {
    pub lesson: LearnerLesson,
    /// The best attempt at each item so far.
    pub items: Vec<Best>,
    pub completed: Option<Completion>,
}

#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Completion {
    pub lesson_id: Uuid,
    /// Share of the machine-graded points, 0 to 1.
    pub score: f32,
    pub completed_at: DateTime<Utc>,
}

/// Read a lesson. The first one that is opened starts the course.
#[utoipa::path(get, path = "/v1/learning/courses/{course_id}/lessons/{lesson_id}", tag = "lessons",
    params(("course_id" = Uuid, Path), ("lesson_id" = Uuid, Path)), responses((status = 200, body = LessonView)))]
pub async fn get_lesson(
    State(state): State<AppState>,
    student: As<Student>,
    Path((course_id, lesson_id)): Path<(Uuid, Uuid)>,
) -> Result<Json<LessonView>, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let lesson = learner_lesson(&state, &enrolment, lesson_id).await?;
    let items = attempts::best_of_lesson(&state.pool, student.user_id, lesson_id).await?;
    let completed = completions(&state.pool, student.user_id, course_id).await?;
    open(&state, &enrolment, lesson_id).await?;
    let completed = completed.into_iter().find(|c| c.lesson_id == lesson_id);
    Ok(Json(LessonView { lesson, items, completed }))
}

async fn learner_lesson(state: &AppState, enrolment: &Enrolment, id: Uuid) -> Result<LearnerLesson, Problem> {
    if let Some(json) = state.limits.lesson(&enrolment.sha256, id).await {
        return serde_json::from_str(&json).map_err(Problem::internal);
    }
    let package = state.store.load(&enrolment.package()).await?;
    let lesson = LearnerLesson::from(content::lesson(&package, id)?);
    let json = serde_json::to_string(&lesson).map_err(Problem::internal)?;
    state.limits.keep_lesson(&enrolment.sha256, id, &json).await;
    Ok(lesson)
}

/// Marks the place, and the start of the course if this is it.
async fn open(state: &AppState, enrolment: &Enrolment, lesson: Uuid) -> Result<(), Problem> {
    if enrolment.started_at.is_some() && enrolment.resume_lesson == Some(lesson) {
        return Ok(());
    }
    let mut tx = state.pool.begin().await?;
    enrolments::stand_at(&mut tx, enrolment.assignment_id, lesson, None).await?;
    start(state, &mut tx, enrolment).await?;
    state.outbox.commit(tx).await?;
    Ok(())
}

/// Tells, once, that the student has begun.
pub async fn start(state: &AppState, tx: &mut PgConnection, enrolment: &Enrolment) -> Result<(), Problem> {
    if enrolments::start(tx, enrolment.assignment_id).await? {
        let event = LearningStarted {
            student_id: enrolment.student_id,
            client_id: enrolment.client_id,
            course_id: enrolment.course_id,
            version: enrolment.version.cast_unsigned(),
        };
        state.outbox.enqueue(tx, &event).await?;
    }
    Ok(())
}

/// Finish a lesson: every item must have an answer.
#[utoipa::path(post, path = "/v1/learning/courses/{course_id}/lessons/{lesson_id}/complete", tag = "lessons",
    params(("course_id" = Uuid, Path), ("lesson_id" = Uuid, Path)), responses((status = 200, body = Completion)))]
pub async fn complete_lesson(
    State(state): State<AppState>,
    student: As<Student>,
    Path((course_id, lesson_id)): Path<(Uuid, Uuid)>,
) -> Result<Json<Completion>, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    let lesson = content::lesson(&package, lesson_id)?;
    let best = attempts::best_of_lesson(&state.pool, student.user_id, lesson_id).await?;
    let score = score(lesson, &best)?;
    let mut tx = state.pool.begin().await?;
    let (completion, new) = complete(&mut tx, &enrolment, lesson_id, score).await?;
    if new {
        start(&state, &mut tx, &enrolment).await?;
        let event = LessonCompleted {
            student_id: student.user_id,
            client_id: enrolment.client_id,
            course_id,
            version: enrolment.version.cast_unsigned(),
            lesson_id,
            number: lesson.number,
            of: u32::try_from(package.course.lessons().count()).unwrap_or(u32::MAX),
            score: completion.score,
        };
        state.outbox.enqueue(&mut tx, &event).await?;
    }
    state.outbox.commit(tx).await?;
    Ok(Json(completion))
}

/// Share of the machine-graded points; 409 while an item has no answer.
fn score(lesson: &Lesson, best: &[Best]) -> Result<f32, Problem> {
    let answered = |id: Uuid| best.iter().find(|b| b.item_id == id);
    let open: Vec<_> = content::items(lesson).filter(|i| answered(i.id).is_none()).collect();
    if !open.is_empty() {
        let mut problem = Problem::conflict("items_open", "Some exercises have no answer yet");
        problem.errors = open
            .into_iter()
            .map(|item| FieldError {
                field: item.id.to_string(),
                code: "unanswered".into(),
                message: item.stem.clone(),
            })
            .collect();
        return Err(problem);
    }
    let graded = content::items(lesson).filter_map(|i| answered(i.id).filter(|b| !b.pending).map(|b| (i, b)));
    let (got, max) = graded.fold((0.0, 0), |(got, max), (i, b)| (got + b.score * i.points as f32, max + i.points));
    Ok(if max == 0 { 1.0 } else { got / max as f32 })
}

async fn complete(
    tx: &mut PgConnection,
    enrolment: &Enrolment,
    lesson: Uuid,
    score: f32,
) -> Result<(Completion, bool), sqlx::Error> {
    let inserted = sqlx::query(
        "INSERT INTO lesson_completions (student_id, course_id, lesson_id, score) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(enrolment.student_id)
    .bind(enrolment.course_id)
    .bind(lesson)
    .bind(score)
    .execute(&mut *tx)
    .await?;
    // Practising on raises the score; it does not complete the lesson again.
    let completion = sqlx::query_as(
        "UPDATE lesson_completions SET score = greatest(score, $4)
         WHERE student_id = $1 AND course_id = $2 AND lesson_id = $3 RETURNING lesson_id, score, completed_at",
    )
    .bind(enrolment.student_id)
    .bind(enrolment.course_id)
    .bind(lesson)
    .bind(score)
    .fetch_one(tx)
    .await?;
    Ok((completion, inserted.rows_affected() == 1))
}

pub async fn completions(db: impl PgExecutor<'_>, student: Uuid, course: Uuid) -> Result<Vec<Completion>, sqlx::Error> {
    sqlx::query_as(
        "SELECT lesson_id, score, completed_at FROM lesson_completions WHERE student_id = $1 AND course_id = $2",
    )
    .bind(student)
    .bind(course)
    .fetch_all(db)
    .await
}

/// Lessons with at least one answer.
pub async fn started(db: impl PgExecutor<'_>, student: Uuid, course: Uuid) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT DISTINCT lesson_id FROM attempts WHERE student_id = $1 AND course_id = $2 AND lesson_id IS NOT NULL",
    )
    .bind(student)
    .bind(course)
    .fetch_all(db)
    .await
}
