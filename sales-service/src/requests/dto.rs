use chrono::{DateTime, NaiveDate, Utc};
use course_format::{Level, sop::LoadQuote};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Status;

/// What the client wants, for whom, and from which SOPs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Request {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    pub level: Level,
    pub learners: i32,
    pub hours: f32,
    pub deadline: Option<NaiveDate>,
    pub languages: Vec<String>,
    pub notes: Option<String>,
    /// A course manager approves the outline before the lessons are written.
    pub approve_outline: bool,
    pub status: Status,
    /// Once a course was generated.
    pub course_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub documents: Vec<Document>,
    /// What the course will take, over all SOPs that were read so far; missing before the first.
    pub quote: Option<LoadQuote>,
}

/// One SOP file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Document {
    pub document_id: Uuid,
    pub file_name: String,
    pub size_bytes: i64,
    pub content_type: String,
    pub sha256: String,
    pub status: DocumentStatus,
    /// Why it could not be used: a stable code, and a sentence.
    pub code: Option<String>,
    pub detail: Option<String>,
    /// The document that this one is a new version of.
    pub replaces: Option<Uuid>,
    /// Of the SOP, once the file was read; the same file again is the same version.
    pub version: Option<i32>,
    /// What a course from this file alone will take, once it was read.
    pub quote: Option<LoadQuote>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Announced, not seen in S3 yet.
    Pending,
    Uploaded,
    Processed,
    Failed,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    #[garde(skip)]
    pub client_id: Uuid,
    #[garde(length(chars, max = 200), custom(platform::text::line))]
    pub title: String,
    /// CEFR level of the learners.
    #[garde(skip)]
    pub level: Level,
    #[garde(range(min = 1, max = 100_000))]
    pub learners: i32,
    /// Guided hours per learner.
    #[garde(range(min = 1.0, max = 1000.0))]
    pub hours: f32,
    #[garde(skip)]
    pub deadline: Option<NaiveDate>,
    /// First languages of the learners, as BCP 47 tags.
    #[garde(length(max = 30), inner(length(chars, min = 2, max = 35), ascii))]
    #[serde(default)]
    pub languages: Vec<String>,
    #[garde(inner(length(chars, max = 4000)), custom(platform::text::optional_lines))]
    pub notes: Option<String>,
    /// A course manager approves the outline before the lessons are written.
    #[garde(skip)]
    #[serde(default)]
    pub approve_outline: bool,
}

/// Fields that are left out stay as they are.
#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RequestChanges {
    #[garde(inner(length(chars, max = 200)), custom(platform::text::optional_line))]
    pub title: Option<String>,
    #[garde(skip)]
    pub level: Option<Level>,
    #[garde(inner(range(min = 1, max = 100_000)))]
    pub learners: Option<i32>,
    #[garde(inner(range(min = 1.0, max = 1000.0)))]
    pub hours: Option<f32>,
    #[garde(skip)]
    pub deadline: Option<NaiveDate>,
    #[garde(inner(length(max = 30), inner(length(chars, min = 2, max = 35), ascii)))]
    pub languages: Option<Vec<String>>,
    #[garde(inner(length(chars, max = 4000)), custom(platform::text::optional_lines))]
    pub notes: Option<String>,
    #[garde(skip)]
    pub approve_outline: Option<bool>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RequestFilter {
    pub status: Option<Status>,
    pub client_id: Option<Uuid>,
}
