use chrono::{DateTime, Utc};
use course_format::{
    Level,
    course::{CoursePackage, QualityReport},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Content, VersionRow};
use crate::review::ReviewState;

/// A course in a list; title, level and state are those of the newest version.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseSummary {
    pub course_id: Uuid,
    pub client_id: Uuid,
    pub request_id: Uuid,
    pub title: String,
    pub level: Level,
    pub state: ReviewState,
    /// The newest version.
    pub version: u32,
    /// The version that is taught and learned.
    pub published_version: Option<u32>,
    pub created_at: DateTime<Utc>,
}

impl From<VersionRow> for CourseSummary {
    fn from(row: VersionRow) -> Self {
        Self {
            course_id: row.course_id,
            client_id: row.client_id,
            request_id: row.request_id,
            title: row.title,
            level: row.level.0,
            state: row.state,
            version: row.version,
            published_version: row.published_version.and_then(|v| u32::try_from(v).ok()),
            created_at: row.created_at,
        }
    }
}

/// A course with its versions, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CourseDetail {
    #[serde(flatten)]
    pub summary: CourseSummary,
    pub versions: Vec<VersionSummary>,
    /// Of the newest version; `null` until its content is there.
    pub quality: Option<QualityReport>,
}

impl CourseDetail {
    pub fn new(mut newest: VersionRow, versions: Vec<VersionRow>) -> Self {
        let quality = newest.quality.take().map(|quality| quality.0);
        Self { summary: newest.into(), versions: versions.into_iter().map(VersionSummary::from).collect(), quality }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VersionSummary {
    pub version: u32,
    pub state: ReviewState,
    /// Of the content.
    pub sha256: String,
    pub created_at: DateTime<Utc>,
    pub content_state: Content,
    /// Why the content cannot be used.
    pub content_fault: Option<String>,
    /// What the reviewer wanted changed.
    pub changes_note: Option<String>,
    pub reviewed_by: Option<Uuid>,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
}

impl From<VersionRow> for VersionSummary {
    fn from(row: VersionRow) -> Self {
        Self {
            version: row.version,
            state: row.state,
            sha256: row.sha256,
            created_at: row.created_at,
            content_state: row.content,
            content_fault: row.content_fault,
            changes_note: row.changes_note,
            reviewed_by: row.reviewed_by,
            reviewed_at: row.reviewed_at,
            published_at: row.published_at,
        }
    }
}

/// What an act of review answers: the version, as it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    pub course_id: Uuid,
    #[serde(flatten)]
    pub summary: VersionSummary,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self { course_id: row.course_id, summary: row.into() }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VersionContent {
    #[serde(flatten)]
    pub summary: Version,
    pub content: CoursePackage,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CourseFilter {
    pub state: Option<ReviewState>,
    pub client_id: Option<Uuid>,
}
