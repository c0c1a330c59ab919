//! Who teaches and who learns a published course.

mod queries;

use std::collections::HashSet;

use axum::{Json, extract::State, http::StatusCode, response::Response};
use chrono::{DateTime, NaiveDate, Utc};
use events::payloads::{AssigneeRole, CourseAssigned, CourseUnassigned, Role};
use garde::Validate;
use platform::{
    FieldError, Problem,
    auth::{Admin, As, CourseManager},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    members,
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    courses::{self, VersionRow},
};

#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Assignment {
    pub assignment_id: Uuid,
    pub user_id: Uuid,
    pub display_name: Option<String>,
    pub role: AssignmentRole,
    pub due_on: Option<NaiveDate>,
    pub assigned_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum AssignmentRole {
    Trainer,
    Student,
}

impl From<AssignmentRole> for Role {
    fn from(role: AssignmentRole) -> Self {
        match role {
            AssignmentRole::Trainer => Self::Trainer,
            AssignmentRole::Student => Self::Student,
        }
    }
}

impl From<AssignmentRole> for AssigneeRole {
    fn from(role: AssignmentRole) -> Self {
        match role {
            AssignmentRole::Trainer => Self::Trainer,
            AssignmentRole::Student => Self::Student,
        }
    }
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewAssignments {
    /// People of the course's client who have this role.
    #[garde(length(min = 1, max = 500))]
    pub user_ids: Vec<Uuid>,
    #[garde(skip)]
    pub role: AssignmentRole,
    #[garde(skip)]
    pub due_on: Option<NaiveDate>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Assigned {
    /// One for each person, in the order of the request; who had the course already keeps that assignment.
    pub items: Vec<Assignment>,
}

/// Give the published course to people, to teach or to learn.
#[utoipa::path(post, path = "/v1/courses/{course_id}/assignments", tag = "assignments", request_body = NewAssignments,
    params(("course_id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Assigned)))]
pub async fn create_assignments(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    idempotency: IdempotencyKey,
    Path(course_id): Path<Uuid>,
    Body(new): Body<NewAssignments>,
) -> Result<Response, Problem> {
    let mut tx = state.pool.begin().await?;
    require_visible(&mut tx, course_id, caller.visible_clients()).await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_assignments", &(course_id, &new)).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    courses::queries::lock(&mut tx, course_id).await?;
    let course = courses::queries::published(&mut *tx, course_id)
        .await?
        .ok_or_else(|| Problem::conflict("not_published", "Only a published course can be assigned"))?;
    if new.due_on.is_some_and(|due| due < Utc::now().date_naive()) {
        return Err(Problem::invalid("due_on", "in_the_past", "must not be in the past"));
    }
    require_members(&mut tx, course.client_id, &new).await?;
    let mut items = Vec::with_capacity(new.user_ids.len());
    let mut seen = HashSet::new();
    for user in new.user_ids.iter().filter(|user| seen.insert(**user)) {
        let (assignment, is_new) = queries::insert(&mut tx, &course, *user, &new, caller.user_id).await?;
        if is_new {
            let event = assigned(&course, &assignment, caller.user_id);
            state.outbox.enqueue(&mut tx, &event).await?;
        }
        items.push(assignment);
    }
    let response = slot.finish(&mut tx, StatusCode::CREATED, &Assigned { items }).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}

/// Who has the course now, newest first.
#[utoipa::path(get, path = "/v1/courses/{course_id}/assignments", tag = "assignments",
    params(("course_id" = Uuid, Path), PageParams), responses((status = 200, body = Page<Assignment>)))]
pub async fn list_assignments(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(course_id): Path<Uuid>,
    page: PageRequest,
) -> Result<Json<Page<Assignment>>, Problem> {
    let mut connection = state.pool.acquire().await?;
    require_visible(&mut connection, course_id, caller.visible_clients()).await?;
    let rows = queries::list(&mut connection, course_id, page).await?;
    Ok(Json(page.page(rows, |a| a.assignment_id)))
}

/// Take the course back from a person.
#[utoipa::path(delete, path = "/v1/courses/{course_id}/assignments/{assignment_id}", tag = "assignments",
    params(("course_id" = Uuid, Path), ("assignment_id" = Uuid, Path)), responses((status = 204)))]
pub async fn delete_assignment(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path((course_id, assignment_id)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Problem> {
    let mut tx = state.pool.begin().await?;
    let (client_id, assignment) = queries::end(&mut tx, course_id, assignment_id, caller.visible_clients())
        .await?
        .ok_or_else(Problem::not_found)?;
    let event = CourseUnassigned {
        assignment_id,
        course_id,
        client_id,
        user_id: assignment.user_id,
        role: assignment.role.into(),
    };
    state.outbox.enqueue(&mut tx, &event).await?;
    state.outbox.commit(tx).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn require_visible(db: &mut PgConnection, course_id: Uuid, clients: Option<&[Uuid]>) -> Result<(), Problem> {
    if courses::queries::is_visible(db, course_id, clients).await? { Ok(()) } else { Err(Problem::not_found()) }
}

/// Everybody must belong to the client and have the role. Strangers and people who do not exist look the same.
async fn require_members(tx: &mut PgConnection, client_id: Uuid, new: &NewAssignments) -> Result<(), Problem> {
    let role = Role::from(new.role);
    let known = members::find_all(tx, &new.user_ids).await?;
    let fit: HashSet<Uuid> = known
        .iter()
        .filter(|m| !m.disabled && m.has(role) && m.client_ids.contains(&client_id))
        .map(|m| m.user_id)
        .collect();
    let errors: Vec<FieldError> = new
        .user_ids
        .iter()
        .enumerate()
        .filter(|(_, user)| !fit.contains(user))
        .map(|(i, _)| FieldError {
            field: format!("user_ids[{i}]"),
            code: "not_a_member".into(),
            message: format!("is no {} of this client", role.as_str()),
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Problem::validation(errors)) }
}

fn assigned(course: &VersionRow, assignment: &Assignment, by: Uuid) -> CourseAssigned {
    CourseAssigned {
        assignment_id: assignment.assignment_id,
        course_id: course.course_id,
        client_id: course.client_id,
        version: course.version,
        title: course.title.clone(),
        level: course.level.0,
        package: course.package(),
        user_id: assignment.user_id,
        role: assignment.role.into(),
        due_on: assignment.due_on,
        assigned_by: by,
    }
}
