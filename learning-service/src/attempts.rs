//! Answers to items, graded on the server.

pub(crate) mod queries;

use axum::{Json, extract::State, http::StatusCode, response::Response as HttpResponse};
use chrono::{DateTime, Utc};
use course_format::{
    course::{Answer, CoursePackage, Item, ItemKey, Response},
    grading::{Feedback, Grade, GradeError, Note, PartGrade, Verdict, feedback, grade},
};
use events::payloads::SubmissionReceived;
use garde::Validate;
use platform::{
    Problem,
    auth::{As, Student},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState, content,
    enrolments::{self, Enrolment},
    evidence, lessons,
};
pub use queries::best_of_lesson;

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewAttempt {
    /// Its `type` is the item's.
    #[garde(skip)]
    pub response: Response,
}

/// What an answer was worth, why, and where the SOP says so.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attempt {
    pub attempt_id: Uuid,
    pub item_id: Uuid,
    /// 0 to 1; 0 while pending.
    pub score: f32,
    pub verdict: Verdict,
    /// A trainer will grade it.
    pub pending: bool,
    pub parts: Vec<PartGrade>,
    pub notes: Vec<Note>,
    pub feedback: Feedback,
}

/// The best attempt at an item.
#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Best {
    pub item_id: Uuid,
    pub score: f32,
    pub pending: bool,
    pub attempts: i64,
}

/// An earlier answer of one's own.
#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct PastAttempt {
    pub attempt_id: Uuid,
    pub score: f32,
    pub verdict: String,
    pub pending: bool,
    /// What the trainer wrote.
    pub comment: Option<String>,
    pub created_at: DateTime<Utc>,
    pub graded_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PastAttempts {
    pub items: Vec<PastAttempt>,
}

/// An answer and its grade, as it is stored.
pub(crate) struct Graded<'a> {
    pub attempt_id: Uuid,
    pub lesson_id: Option<Uuid>,
    pub item: &'a Item,
    pub key: &'a ItemKey,
    pub response: &'a Response,
    pub grade: Grade,
}

/// Answer an item of a lesson.
#[utoipa::path(post, path = "/v1/learning/courses/{course_id}/items/{item_id}/attempts", tag = "attempts",
    request_body = NewAttempt,
    params(("course_id" = Uuid, Path), ("item_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Attempt)))]
pub async fn create_attempt(
    State(state): State<AppState>,
    student: As<Student>,
    Path((course_id, item_id)): Path<(Uuid, Uuid)>,
    idempotency: IdempotencyKey,
    Body(new): Body<NewAttempt>,
) -> Result<HttpResponse, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    state.limits.attempt(student.user_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    let (lesson, item, key) = content::practice_item(&package, item_id)?;

    let mut tx = state.pool.begin().await?;
    let slot = match idempotency.begin(&mut tx, student.user_id, "create_attempt", &(item_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    let grade = grade(item, key, &new.response).map_err(|error| not_graded("response", error))?;
    let graded =
        Graded { attempt_id: Uuid::now_v7(), lesson_id: Some(lesson.id), item, key, response: &new.response, grade };
    keep(&state, &mut tx, &enrolment, &package, &graded).await?;
    enrolments::stand_at(&mut tx, enrolment.assignment_id, lesson.id, Some(item_id)).await?;
    lessons::start(&state, &mut tx, &enrolment).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &Attempt::of(graded)).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}

/// One's own answers to an item, newest first.
#[utoipa::path(get, path = "/v1/learning/courses/{course_id}/items/{item_id}/attempts", tag = "attempts",
    params(("course_id" = Uuid, Path), ("item_id" = Uuid, Path)), responses((status = 200, body = PastAttempts)))]
pub async fn list_attempts(
    State(state): State<AppState>,
    student: As<Student>,
    Path((course_id, item_id)): Path<(Uuid, Uuid)>,
) -> Result<Json<PastAttempts>, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    content::practice_item(&package, item_id)?;
    let items = queries::of_item(&state.pool, student.user_id, course_id, item_id).await?;
    Ok(Json(PastAttempts { items }))
}

/// Stores a graded answer with what follows from it: evidence, or a place in the trainer's queue.
pub(crate) async fn keep(
    state: &AppState,
    tx: &mut PgConnection,
    enrolment: &Enrolment,
    package: &CoursePackage,
    graded: &Graded<'_>,
) -> Result<(), Problem> {
    let proofs = evidence::proofs(package, &enrolment.level, graded.key);
    queries::insert(tx, enrolment, graded, &proofs).await?;
    if graded.grade.score >= 1.0 {
        evidence::record(tx, enrolment.student_id, enrolment.course_id, graded.item.id, &proofs).await?;
    }
    if let (
        Answer::ShortAnswer { model, rubric } | Answer::Writing { model, rubric } | Answer::RolePlay { model, rubric },
        Response::ShortAnswer { text } | Response::Writing { text } | Response::RolePlay { text },
    ) = (&graded.key.answer, graded.response)
    {
        let event = SubmissionReceived {
            submission_id: graded.attempt_id,
            student_id: enrolment.student_id,
            client_id: enrolment.client_id,
            course_id: enrolment.course_id,
            version: enrolment.version.cast_unsigned(),
            lesson_id: graded.lesson_id,
            item_id: graded.item.id,
            prompt: graded.item.stem.clone(),
            answer: text.clone(),
            model_answer: model.clone(),
            rubric: rubric.clone(),
            max_score: graded.item.points,
        };
        state.outbox.enqueue(tx, &event).await?;
    }
    Ok(())
}

/// The learner's fault is 422 with the item's code; a broken course is ours.
pub(crate) fn not_graded(field: &str, error: GradeError) -> Problem {
    if error.is_response_fault() {
        Problem::invalid(field, error.code(), error.to_string())
    } else {
        Problem::internal(error)
    }
}

impl Attempt {
    pub fn of(graded: Graded<'_>) -> Self {
        let feedback = feedback(graded.key, &graded.grade);
        let grade = graded.grade;
        Self {
            attempt_id: graded.attempt_id,
            item_id: graded.item.id,
            score: grade.score,
            pending: grade.is_pending(),
            verdict: grade.verdict,
            parts: grade.parts,
            notes: grade.notes,
            feedback,
        }
    }
}
