//! Classes: scheduled, moved, looked up. Any trainer of the course may stand in for another.

mod dto;
pub(crate) mod queries;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use events::payloads::SessionScheduled;
use platform::{
    Problem,
    auth::{As, Trainer},
    etag::{IfMatch, etag},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    paging::{Page, PageParams, PageRequest},
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    AppState, attendance,
    courses::{self, CourseRow},
};
pub use dto::{NewSession, Session, SessionChanges, SessionDetail};

/// Schedule a class.
#[utoipa::path(post, path = "/v1/training/courses/{course_id}/sessions", tag = "sessions", request_body = NewSession,
    params(("course_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Session)))]
pub async fn create_session(
    State(state): State<AppState>,
    caller: As<Trainer>,
    idempotency: IdempotencyKey,
    Path(course_id): Path<Uuid>,
    Body(new): Body<NewSession>,
) -> Result<Response, Problem> {
    let mut tx = state.pool.begin().await?;
    let course = courses::queries::require_taught(&mut *tx, course_id, caller.user_id).await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_session", &(course_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    course.require_lesson(new.lesson_id)?;
    let session = queries::insert(&mut tx, course_id, caller.user_id, &new).await?;
    let event = scheduled(&mut tx, &course, &session).await?;
    state.outbox.enqueue(&mut tx, &event).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &session).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}

/// Classes of the course, the last scheduled first.
#[utoipa::path(get, path = "/v1/training/courses/{course_id}/sessions", tag = "sessions",
    params(("course_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<Session>)))]
pub async fn list_sessions(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(course_id): Path<Uuid>,
    page: PageRequest,
) -> Result<Json<Page<Session>>, Problem> {
    courses::queries::require_taught(&state.pool, course_id, caller.user_id).await?;
    let rows = queries::list(&state.pool, course_id, page).await?;
    Ok(Json(page.page(rows, |s| s.session_id)))
}

/// One class, with its attendance once that was taken.
#[utoipa::path(get, path = "/v1/training/sessions/{session_id}", tag = "sessions",
    params(("session_id" = Uuid, Path)), responses((status = 200, body = SessionDetail)))]
pub async fn get_session(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(session_id): Path<Uuid>,
) -> Result<(HeaderMap, Json<SessionDetail>), Problem> {
    let mut connection = state.pool.acquire().await?;
    let session = queries::find(&mut *connection, session_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    let attendance = attendance::queries::list(&mut connection, session_id).await?;
    Ok((etag(session.revision), Json(SessionDetail { session, attendance })))
}

/// Change or move a class that was not held yet. Its students are told.
#[utoipa::path(patch, path = "/v1/training/sessions/{session_id}", tag = "sessions", request_body = SessionChanges,
    params(("session_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = Session)))]
pub async fn update_session(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(session_id): Path<Uuid>,
    if_match: IfMatch,
    Body(changes): Body<SessionChanges>,
) -> Result<(HeaderMap, Json<Session>), Problem> {
    let mut tx = state.pool.begin().await?;
    let session = queries::lock(&mut tx, session_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    if_match.check(session.revision)?;
    if session.held_at.is_some() {
        return Err(Problem::conflict("already_held", "This class was held; it cannot be changed any more"));
    }
    let course = courses::queries::require_taught(&mut *tx, session.course_id, caller.user_id).await?;
    course.require_lesson(changes.lesson_id)?;
    let session = queries::update(&mut tx, session_id, &changes).await?;
    let event = scheduled(&mut tx, &course, &session).await?;
    state.outbox.enqueue(&mut tx, &event).await?;
    state.outbox.commit(tx).await?;
    Ok((etag(session.revision), Json(session)))
}

/// What the students are told: the class as it stands, and who they are at this moment.
async fn scheduled(
    tx: &mut PgConnection,
    course: &CourseRow,
    session: &Session,
) -> Result<SessionScheduled, sqlx::Error> {
    Ok(SessionScheduled {
        session_id: session.session_id,
        course_id: session.course_id,
        client_id: course.client_id,
        trainer_id: session.trainer_id,
        title: session.title.clone(),
        starts_at: session.starts_at,
        minutes: u32::try_from(session.minutes).unwrap_or_default(),
        place: session.place.clone(),
        student_ids: courses::queries::student_ids(tx, session.course_id).await?,
    })
}
