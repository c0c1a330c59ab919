//! Outlines that wait for approval: what each lesson would hold, what is left out and why. The manager may drop lessons and
//! put them in another order; nothing is written before.

mod queries;

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::Level;
use events::payloads::{CourseOutlineApproved, CourseOutlineReady, DroppedLesson};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, CourseManager},
    extract::{Body, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
use queries::OutlineRow;
pub use queries::record;

/// The plan of a course.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseOutline {
    pub course_id: Uuid,
    pub version: i64,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    pub level: Level,
    pub minutes: u32,
    pub told_at: DateTime<Utc>,
    /// Absent while it waits.
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<Uuid>,
    pub units: Vec<PlannedUnit>,
    /// What no lesson holds, and why.
    pub left_out: Vec<LeftOutClause>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedUnit {
    pub title: String,
    pub lessons: Vec<PlannedLesson>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedLesson {
    pub lesson_id: Uuid,
    pub number: u32,
    pub title: String,
    pub minutes: u32,
    /// Can-do statements.
    pub objectives: Vec<String>,
    pub clauses: Vec<PlannedClause>,
    /// It holds limits, prohibitions or warnings: dropping it needs a reason.
    pub safety: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedClause {
    pub clause_id: String,
    pub text: String,
    pub safety: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutClause {
    pub clause_id: String,
    pub text: String,
    pub reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Outlines {
    /// Those that wait, the newest first, at most 100.
    pub items: Vec<CourseOutline>,
}

/// What is to be different; all of it may be left out.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OutlineApproval {
    #[serde(default)]
    #[garde(length(max = 1000), dive)]
    pub dropped: Vec<LessonToDrop>,
    /// Lessons in the order that is wanted, without those that are dropped; empty: as planned.
    #[serde(default)]
    #[garde(length(max = 1000))]
    pub order: Vec<Uuid>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct LessonToDrop {
    #[garde(skip)]
    pub lesson_id: Uuid,
    /// Needed for a lesson with limits, prohibitions or warnings; it stands in the course's report.
    #[garde(inner(length(chars, max = 500)), custom(platform::text::optional_line))]
    pub reason: Option<String>,
}

/// Outlines that wait for approval.
#[utoipa::path(get, path = "/v1/outlines", tag = "outlines", responses((status = 200, body = Outlines)))]
pub async fn list_outlines(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
) -> Result<Json<Outlines>, Problem> {
    let rows = queries::waiting(&state.pool, caller.visible_clients()).await?;
    Ok(Json(Outlines { items: rows.into_iter().map(CourseOutline::from).collect() }))
}

/// The newest outline of a course, waiting or approved.
#[utoipa::path(get, path = "/v1/courses/{course_id}/outline", tag = "outlines", params(("course_id" = Uuid, Path)),
    responses((status = 200, body = CourseOutline)))]
pub async fn get_outline(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<CourseOutline>, Problem> {
    let mut db = state.pool.acquire().await?;
    let row = queries::newest(&mut db, course_id, caller.visible_clients()).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(row.into()))
}

/// Approve the outline, as it is or with changes: the lessons are written.
#[utoipa::path(post, path = "/v1/courses/{course_id}/outline/approve", tag = "outlines", params(("course_id" = Uuid, Path)),
    request_body = OutlineApproval, responses((status = 200, body = CourseOutline)))]
pub async fn approve_outline(
    State(state): State<AppState>,
    caller: As<(CourseManager, Admin)>,
    Path(course_id): Path<Uuid>,
    Body(wanted): Body<OutlineApproval>,
) -> Result<Json<CourseOutline>, Problem> {
    let mut tx = state.pool.begin().await?;
    let row = queries::newest(&mut tx, course_id, caller.visible_clients()).await?.ok_or_else(Problem::not_found)?;
    if row.approved_at.is_some() {
        return Err(Problem::conflict("already_approved", "This outline was approved before"));
    }
    check(&row.outline.0, &wanted)?;
    let row = queries::approve(&mut tx, &row, caller.user_id, &wanted).await?;
    let approved = CourseOutlineApproved {
        course_id,
        client_id: row.client_id,
        request_id: row.request_id,
        version: u32::try_from(row.version).unwrap_or_default(),
        approved_by: caller.user_id,
        dropped: wanted
            .dropped
            .into_iter()
            .map(|d| DroppedLesson { lesson_id: d.lesson_id, reason: d.reason.unwrap_or_default().trim().to_owned() })
            .collect(),
        order: wanted.order,
    };
    state.outbox.enqueue(&mut tx, &approved).await?;
    state.outbox.commit(tx).await?;
    Ok(Json(row.into()))
}

/// The changes name lessons of this outline, once each, leave something to teach, and say why safety is dropped.
fn check(outline: &CourseOutlineReady, wanted: &OutlineApproval) -> Result<(), Problem> {
    let lessons: Vec<_> = outline.units.iter().flat_map(|u| &u.plans).collect();
    let find = |id: &Uuid| lessons.iter().find(|l| l.lesson_id == *id);
    let mut dropped = BTreeSet::new();
    for drop in &wanted.dropped {
        let Some(lesson) = find(&drop.lesson_id) else {
            return Err(Problem::invalid(
                "dropped",
                "unknown_lesson",
                "names a lesson that this outline does not have",
            ));
        };
        if lesson.safety && drop.reason.as_deref().is_none_or(|r| r.trim().is_empty()) {
            let message = "a lesson with limits, prohibitions or warnings is dropped only with a reason";
            return Err(Problem::invalid("dropped", "reason_required", message));
        }
        dropped.insert(drop.lesson_id);
    }
    if !lessons.is_empty() && lessons.iter().all(|l| dropped.contains(&l.lesson_id)) {
        return Err(Problem::invalid("dropped", "nothing_left", "leaves no lesson"));
    }
    let mut named = BTreeSet::new();
    if !wanted.order.iter().all(|id| find(id).is_some() && !dropped.contains(id) && named.insert(*id)) {
        let message = "names each lesson of the outline at most once, and none that is dropped";
        return Err(Problem::invalid("order", "unknown_lesson", message));
    }
    Ok(())
}

impl From<OutlineRow> for CourseOutline {
    fn from(row: OutlineRow) -> Self {
        let outline = row.outline.0;
        let lessons = || outline.units.iter().flat_map(|u| &u.plans);
        Self {
            course_id: row.course_id,
            version: row.version,
            request_id: row.request_id,
            client_id: row.client_id,
            title: row.title,
            level: outline.level,
            minutes: lessons().map(|l| l.minutes).sum(),
            told_at: row.told_at,
            approved_at: row.approved_at,
            approved_by: row.approved_by,
            units: outline.units.into_iter().map(PlannedUnit::from).collect(),
            left_out: outline
                .left_out
                .into_iter()
                .map(|l| LeftOutClause { clause_id: l.clause_id, text: l.text, reason: l.reason })
                .collect(),
        }
    }
}

impl From<events::payloads::OutlineUnit> for PlannedUnit {
    fn from(unit: events::payloads::OutlineUnit) -> Self {
        let lesson = |l: events::payloads::OutlineLesson| PlannedLesson {
            lesson_id: l.lesson_id,
            number: l.number,
            title: l.title,
            minutes: l.minutes,
            objectives: l.objectives,
            clauses: l
                .clauses
                .into_iter()
                .map(|c| PlannedClause { clause_id: c.clause_id, text: c.text, safety: c.safety })
                .collect(),
            safety: l.safety,
        };
        Self { title: unit.title, lessons: unit.plans.into_iter().map(lesson).collect() }
    }
}
