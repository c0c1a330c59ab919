use chrono::NaiveDate;
use course_format::Level;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Package, event};

/// A reviewer wants the version changed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseChangesRequested {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    pub version: u32,
    pub requested_by: Uuid,
    pub note: String,
    /// The one element that the note is about: only that is made again. `None`: the whole course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element_id: Option<Uuid>,
}
event!(CourseChangesRequested, "course.changes_requested.v1", CourseLifecycle, course_id);

/// Make a new version of the course.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseRegenerationRequested {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    /// The version that the new one replaces.
    pub version: u32,
    pub requested_by: Uuid,
    /// The reviewer's words, for the author.
    pub note: String,
    /// The one element that the note is about: only that is made again. `None`: the whole course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element_id: Option<Uuid>,
}
event!(CourseRegenerationRequested, "course.regeneration_requested.v1", CourseLifecycle, course_id);

/// A course manager approved the outline; the lessons may be written.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseOutlineApproved {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    pub version: u32,
    pub approved_by: Uuid,
    /// Lessons that are not to be written.
    #[serde(default)]
    pub dropped: Vec<DroppedLesson>,
    /// Lessons in the order that the manager wants; empty: as they were planned.
    #[serde(default)]
    pub order: Vec<Uuid>,
}
event!(CourseOutlineApproved, "course.outline_approved.v1", CourseLifecycle, course_id);

/// A lesson that the manager took out of the outline.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DroppedLesson {
    pub lesson_id: Uuid,
    /// Needed where the lesson holds limits, prohibitions or warnings.
    #[serde(default)]
    pub reason: String,
}

/// A course manager approved a version.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseApproved {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    pub version: u32,
    pub approved_by: Uuid,
}
event!(CourseApproved, "course.approved.v1", CourseLifecycle, course_id);

/// A version may be learned and taught.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CoursePublished {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    pub version: u32,
    pub title: String,
    pub level: Level,
    pub package: Package,
    pub published_by: Uuid,
    /// The rep who ordered the course.
    pub ordered_by: Uuid,
}
event!(CoursePublished, "course.published.v1", CourseLifecycle, course_id);

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AssigneeRole {
    Trainer,
    Student,
}

/// A person was given the course, to teach or to learn.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseAssigned {
    pub assignment_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub version: u32,
    pub title: String,
    pub level: Level,
    pub package: Package,
    pub user_id: Uuid,
    pub role: AssigneeRole,
    pub due_on: Option<NaiveDate>,
    pub assigned_by: Uuid,
}
event!(CourseAssigned, "course.assigned.v1", CourseLifecycle, course_id);

/// The assignment was taken back.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseUnassigned {
    pub assignment_id: Uuid,
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub user_id: Uuid,
    pub role: AssigneeRole,
}
event!(CourseUnassigned, "course.unassigned.v1", CourseLifecycle, course_id);
