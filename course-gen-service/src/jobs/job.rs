//! A job as it is stored.

use chrono::{DateTime, Utc};
use events::Envelope;
use events::payloads::ParsedSop;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::engine::Brief;

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum JobState {
    /// Waiting for a worker, or being worked on.
    Queued,
    /// The outline is made, and a course manager has not approved it yet.
    AwaitingApproval,
    Done,
    Failed,
    Cancelled,
}

/// The steps of a job, in their order.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Step {
    Plan,
    Outline,
    Author,
    Forge,
    Verify,
    Assemble,
    Package,
}

impl Step {
    pub const ALL: [Self; 7] =
        [Self::Plan, Self::Outline, Self::Author, Self::Forge, Self::Verify, Self::Assemble, Self::Package];

    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Outline => "outline",
            Self::Author => "author",
            Self::Forge => "forge",
            Self::Verify => "verify",
            Self::Assemble => "assemble",
            Self::Package => "package",
        }
    }

    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|s| *s == self)?;
        Self::ALL.get(at + 1).copied()
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct JobRow {
    pub job_id: Uuid,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: i32,
    pub ordered_by: Uuid,
    pub state: JobState,
    pub step: Step,
    pub brief: Json<Brief>,
    pub sops: Json<Vec<ParsedSop>>,
    pub cause: Json<Envelope>,
    pub wish: Option<Json<Wish>>,
    pub approve_outline: bool,
    pub lessons_done: i32,
    pub lessons_total: i32,
    pub quality: Option<serde_json::Value>,
    pub failure_code: Option<String>,
    pub failure_detail: Option<String>,
    pub attempts: i32,
    pub waiting_for: Option<String>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// What a reviewer wants to be different in one element of the version before.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Wish {
    pub element_id: Uuid,
    pub note: String,
}

/// A job before it has a row.
pub struct NewJob<'a> {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub version: i32,
    pub ordered_by: Uuid,
    pub brief: &'a Brief,
    pub sops: &'a [ParsedSop],
    pub cause: &'a Envelope,
    pub wish: Option<&'a Wish>,
    /// Whether a course manager approves the outline before anything is written.
    pub approve_outline: bool,
}

#[derive(Clone, Debug, FromRow)]
pub struct FinishedStep {
    pub step: Step,
    pub started_at: DateTime<Utc>,
    pub finished_at: DateTime<Utc>,
}
