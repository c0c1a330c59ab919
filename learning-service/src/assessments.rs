//! The final assessment: all items at once, a pass mark, and critical items that cannot be averaged away.

use std::collections::BTreeMap;

use axum::{Json, extract::State, http::StatusCode, response::Response as HttpResponse};
use chrono::{DateTime, Utc};
use course_format::{
    course::{CoursePackage, Item, Response},
    grading::{Feedback, Grade, Verdict, feedback, grade},
};
use events::payloads::AssessmentCompleted;
use garde::Validate;
use platform::{
    Problem,
    auth::{As, Student},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, PgExecutor};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    attempts::{self, Graded, not_graded},
    content,
    courses::AssessmentResult,
    enrolments::{self, Enrolment},
    lessons,
};

/// The test, without keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentView {
    pub title: String,
    /// Share of the points that passes, 0 to 1.
    pub pass_mark: f32,
    pub items: Vec<Item>,
    pub last: Option<AssessmentResult>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// Item id to answer; an item that is left out counts as wrong.
    #[garde(length(max = 200))]
    pub responses: BTreeMap<Uuid, Response>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionResult {
    pub submission_id: Uuid,
    /// Share of the machine-graded points, 0 to 1.
    pub score: f32,
    pub passed: bool,
    /// Critical items that were not fully right; each of them fails the test.
    pub critical_missed: Vec<Uuid>,
    pub results: Vec<ItemResult>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ItemResult {
    pub item_id: Uuid,
    pub score: f32,
    pub verdict: Verdict,
    pub feedback: Feedback,
}

/// An assessment that was handed in.
#[derive(Clone, Debug, FromRow)]
pub struct Submission {
    pub score: f32,
    pub passed: bool,
    pub submitted_at: DateTime<Utc>,
}

#[utoipa::path(get, path = "/v1/learning/courses/{course_id}/assessment", tag = "assessment",
    params(("course_id" = Uuid, Path)), responses((status = 200, body = AssessmentView)))]
pub async fn get_assessment(
    State(state): State<AppState>,
    student: As<Student>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<AssessmentView>, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    let mut connection = state.pool.acquire().await?;
    lessons_done(&mut connection, &enrolment, &package).await?;
    let last = last(&mut *connection, student.user_id, course_id).await?;
    let assessment = &package.course.assessment;
    Ok(Json(AssessmentView {
        title: assessment.title.clone(),
        pass_mark: assessment.pass_mark,
        items: assessment.items.clone(),
        last: last.map(|s| AssessmentResult { score: s.score, passed: s.passed, submitted_at: s.submitted_at }),
    }))
}

/// Hand the test in.
#[utoipa::path(post, path = "/v1/learning/courses/{course_id}/assessment/submissions", tag = "assessment",
    request_body = NewSubmission,
    params(("course_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = SubmissionResult)))]
pub async fn submit_assessment(
    State(state): State<AppState>,
    student: As<Student>,
    Path(course_id): Path<Uuid>,
    idempotency: IdempotencyKey,
    Body(new): Body<NewSubmission>,
) -> Result<HttpResponse, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    let mut tx = state.pool.begin().await?;
    let slot = match idempotency.begin(&mut tx, student.user_id, "submit_assessment", &(course_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    // One at a time for each enrolment: two tests handed in at once are one test and one that came too early.
    lock(&mut tx, enrolment.assignment_id).await?;
    lessons_done(&mut tx, &enrolment, &package).await?;
    may_take(last(&mut *tx, student.user_id, course_id).await?, state.retake_after)?;
    let graded = mark(&package, &new.responses)?;
    let result = Outcome::of(&package, &graded);
    let submission_id = Uuid::now_v7();
    insert(&mut tx, submission_id, &enrolment, &result).await?;
    for one in &graded {
        if let Some(kept) = one.answered() {
            attempts::keep(&state, &mut tx, &enrolment, &package, kept).await?;
        }
    }
    let event = AssessmentCompleted {
        student_id: student.user_id,
        client_id: enrolment.client_id,
        course_id,
        version: enrolment.version.cast_unsigned(),
        score: result.score,
        passed: result.passed,
    };
    state.outbox.enqueue(&mut tx, &event).await?;
    let body = result.describe(submission_id, &graded);
    let response = slot.finish(&mut tx, StatusCode::CREATED, &body).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}

/// One item of the test: answered, or left out.
enum Marked<'a> {
    Answered(Graded<'a>),
    LeftOut(&'a Item),
}

impl<'a> Marked<'a> {
    fn answered(&self) -> Option<&Graded<'a>> {
        match self {
            Self::Answered(graded) => Some(graded),
            Self::LeftOut(_) => None,
        }
    }

    fn item(&self) -> &Item {
        match self {
            Self::Answered(graded) => graded.item,
            Self::LeftOut(item) => item,
        }
    }

    fn grade(&self) -> Grade {
        match self {
            Self::Answered(graded) => graded.grade.clone(),
            Self::LeftOut(item) => Grade::decided(0.0, item.points),
        }
    }
}

fn mark<'a>(package: &'a CoursePackage, responses: &'a BTreeMap<Uuid, Response>) -> Result<Vec<Marked<'a>>, Problem> {
    let items = &package.course.assessment.items;
    if let Some(unknown) = responses.keys().find(|id| !items.iter().any(|i| i.id == **id)) {
        return Err(Problem::invalid(format!("responses.{unknown}"), "unknown_item", "is no item of this assessment"));
    }
    let marked = items.iter().map(|item| {
        let Some(response) = responses.get(&item.id) else { return Ok(Marked::LeftOut(item)) };
        let key = content::key(package, item)?;
        let grade = grade(item, key, response).map_err(|error| not_graded(&format!("responses.{}", item.id), error))?;
        Ok(Marked::Answered(Graded { attempt_id: Uuid::now_v7(), lesson_id: None, item, key, response, grade }))
    });
    marked.collect()
}

struct Outcome {
    score: f32,
    passed: bool,
    critical_missed: Vec<Uuid>,
}

impl Outcome {
    /// Open answers wait for a trainer and count neither for nor against.
    fn of(package: &CoursePackage, marked: &[Marked<'_>]) -> Self {
        let decided: Vec<_> = marked.iter().map(|m| (m.item(), m.grade())).filter(|(_, g)| !g.is_pending()).collect();
        let max: u32 = decided.iter().map(|(item, _)| item.points).sum();
        let got: f32 = decided.iter().map(|(_, grade)| grade.points).sum();
        let score = if max == 0 { 0.0 } else { got / max as f32 };
        let missed = decided.iter().filter(|(item, grade)| item.critical && grade.score < 1.0);
        let critical_missed: Vec<Uuid> = missed.map(|(item, _)| item.id).collect();
        let passed = score >= package.course.assessment.pass_mark && critical_missed.is_empty();
        Self { score, passed, critical_missed }
    }

    fn describe(self, submission_id: Uuid, marked: &[Marked<'_>]) -> SubmissionResult {
        let results = marked.iter().filter_map(|m| {
            let graded = m.answered()?;
            Some(ItemResult {
                item_id: graded.item.id,
                score: graded.grade.score,
                verdict: graded.grade.verdict,
                feedback: feedback(graded.key, &graded.grade),
            })
        });
        SubmissionResult {
            submission_id,
            score: self.score,
            passed: self.passed,
            critical_missed: self.critical_missed,
            results: results.collect(),
        }
    }
}

fn may_take(last: Option<Submission>, retake_after: chrono::Duration) -> Result<(), Problem> {
    match last {
        Some(last) if last.passed => Err(Problem::conflict("already_passed", "You have passed this assessment")),
        Some(last) if last.submitted_at + retake_after > Utc::now() => {
            let at = (last.submitted_at + retake_after).to_rfc3339();
            Err(Problem::conflict("retake_too_early", "You can take the assessment again later").detail(at))
        }
        _ => Ok(()),
    }
}

/// 409 until every lesson is completed.
async fn lessons_done(
    connection: &mut PgConnection,
    enrolment: &Enrolment,
    package: &CoursePackage,
) -> Result<(), Problem> {
    let done = lessons::completions(connection, enrolment.student_id, enrolment.course_id).await?;
    let open = package.course.lessons().filter(|l| !done.iter().any(|c| c.lesson_id == l.id)).count();
    if open == 0 {
        return Ok(());
    }
    Err(Problem::conflict("lessons_open", "Finish all lessons first").detail(format!("{open} lessons are open")))
}

async fn lock(tx: &mut PgConnection, assignment_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT FROM enrolments WHERE assignment_id = $1 FOR UPDATE").bind(assignment_id).execute(tx).await?;
    Ok(())
}

async fn insert(
    tx: &mut PgConnection,
    submission_id: Uuid,
    enrolment: &Enrolment,
    outcome: &Outcome,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO assessment_submissions (submission_id, student_id, course_id, version, score, passed)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(submission_id)
    .bind(enrolment.student_id)
    .bind(enrolment.course_id)
    .bind(enrolment.version)
    .bind(outcome.score)
    .bind(outcome.passed)
    .execute(tx)
    .await?;
    Ok(())
}

/// The last one that was handed in.
pub async fn last(db: impl PgExecutor<'_>, student: Uuid, course: Uuid) -> Result<Option<Submission>, sqlx::Error> {
    sqlx::query_as(
        "SELECT score, passed, submitted_at FROM assessment_submissions
         WHERE student_id = $1 AND course_id = $2 ORDER BY submission_id DESC LIMIT 1",
    )
    .bind(student)
    .bind(course)
    .fetch_optional(db)
    .await
}
