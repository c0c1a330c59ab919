use chrono::NaiveDate;
use course_format::Level;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;

/// "Order Course Creation": a sales rep submitted a request with its SOPs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseCreationOrdered {
    pub request_id: Uuid,
    pub client_id: Uuid,
    /// The rep.
    pub ordered_by: Uuid,
    pub order: OrderDetails,
    pub documents: Vec<OrderedDocument>,
}
event!(CourseCreationOrdered, "course_creation.ordered.v1", CourseRequests, request_id);

/// What the client wants.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OrderDetails {
    pub title: String,
    pub level: Level,
    pub learners: u32,
    pub hours: f32,
    pub deadline: Option<NaiveDate>,
    /// BCP 47 tags of the learners' first languages.
    pub languages: Vec<String>,
    pub notes: Option<String>,
    /// A course manager approves the outline before the lessons are written.
    #[serde(default)]
    pub approve_outline: bool,
}

/// An uploaded SOP file.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OrderedDocument {
    pub document_id: Uuid,
    /// As the rep's computer named it; hostile, for display only.
    pub file_name: String,
    pub bucket: String,
    pub key: String,
    pub size_bytes: u64,
    /// As declared on upload; content decides.
    pub content_type: String,
    /// Lower-case hex.
    pub sha256: String,
    /// The document of the same client that this one is a new version of.
    #[serde(default)]
    pub replaces: Option<Uuid>,
}

/// The rep handed in a new version of a SOP of a request that was submitted before.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SopReplaced {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub replaced_by: Uuid,
    /// With `replaces`.
    pub document: OrderedDocument,
}
event!(SopReplaced, "course_creation.sop_replaced.v1", CourseRequests, request_id);

/// The rep took the request back.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseCreationCancelled {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub cancelled_by: Uuid,
}
event!(CourseCreationCancelled, "course_creation.cancelled.v1", CourseRequests, request_id);
