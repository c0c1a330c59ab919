//! Who was in class. The trainer may correct it; each change is told.

pub(crate) mod queries;

use std::collections::{BTreeMap, HashSet};

use axum::{Json, extract::State, http::HeaderMap};
use events::payloads::SessionHeld;
use garde::Validate;
use platform::{
    FieldError, Problem,
    auth::{As, Trainer},
    etag::etag,
    extract::{Body, Path},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState, courses,
    sessions::{self, SessionDetail},
};

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Attendance {
    pub user_id: Uuid,
    pub display_name: Option<String>,
    pub present: bool,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewAttendance {
    /// The whole list; it takes the place of the one before.
    #[garde(length(min = 1, max = 500))]
    pub entries: Vec<NewEntry>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntry {
    /// A student of the course, now or before.
    pub user_id: Uuid,
    pub present: bool,
}

/// Take attendance: the class was held.
#[utoipa::path(put, path = "/v1/training/sessions/{session_id}/attendance", tag = "sessions",
    request_body = NewAttendance, params(("session_id" = Uuid, Path)), responses((status = 200, body = SessionDetail)))]
pub async fn replace_attendance(
    State(state): State<AppState>,
    caller: As<Trainer>,
    Path(session_id): Path<Uuid>,
    Body(new): Body<NewAttendance>,
) -> Result<(HeaderMap, Json<SessionDetail>), Problem> {
    let mut tx = state.pool.begin().await?;
    let mut session =
        sessions::queries::lock(&mut tx, session_id, caller.user_id).await?.ok_or_else(Problem::not_found)?;
    let wanted = check(&mut tx, session.course_id, &new.entries).await?;
    let before = queries::list(&mut tx, session_id).await?;
    // The same list again changes nothing, and nobody is told.
    if !before.iter().map(|a| (a.user_id, a.present)).eq(wanted.iter().map(|(user, present)| (*user, *present))) {
        queries::replace(&mut tx, session_id, &wanted).await?;
        session = sessions::queries::held(&mut tx, session_id).await?;
        let course = courses::queries::require_taught(&mut *tx, session.course_id, caller.user_id).await?;
        let who = |present: bool| wanted.iter().filter(move |(_, p)| **p == present).map(|(user, _)| *user).collect();
        let event = SessionHeld {
            session_id,
            course_id: session.course_id,
            client_id: course.client_id,
            trainer_id: session.trainer_id,
            present: who(true),
            absent: who(false),
        };
        state.outbox.enqueue(&mut tx, &event).await?;
    }
    let attendance = queries::list(&mut tx, session_id).await?;
    state.outbox.commit(tx).await?;
    Ok((etag(session.revision), Json(SessionDetail { session, attendance })))
}

/// Everybody once, and nobody who never had the course.
async fn check(tx: &mut PgConnection, course_id: Uuid, entries: &[NewEntry]) -> Result<BTreeMap<Uuid, bool>, Problem> {
    let known: HashSet<Uuid> = queries::ever_students(tx, course_id).await?.into_iter().collect();
    let mut wanted = BTreeMap::new();
    let mut errors = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let fault = if !known.contains(&entry.user_id) {
            Some(("not_on_roster", "is no student of this course"))
        } else if wanted.insert(entry.user_id, entry.present).is_some() {
            Some(("duplicate", "is listed twice"))
        } else {
            None
        };
        errors.extend(fault.map(|(code, message)| FieldError {
            field: format!("entries[{i}].user_id"),
            code: code.into(),
            message: message.to_owned(),
        }));
    }
    if errors.is_empty() { Ok(wanted) } else { Err(Problem::validation(errors)) }
}
