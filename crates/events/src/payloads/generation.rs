use course_format::{Level, course::CourseImpact};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;

/// The outline of the course stands.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseOutlineReady {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
    pub title: String,
    pub level: Level,
    pub units: Vec<OutlineUnit>,
    /// What no lesson holds, and why.
    #[serde(default)]
    pub left_out: Vec<OutlineLeftOut>,
    /// Nothing is written before a course manager has approved the outline.
    #[serde(default)]
    pub awaits_approval: bool,
}
event!(CourseOutlineReady, "course.outline_ready.v1", CourseGeneration, request_id);

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OutlineUnit {
    pub title: String,
    /// Titles.
    pub lessons: Vec<String>,
    /// The same lessons with what they hold.
    #[serde(default)]
    pub plans: Vec<OutlineLesson>,
}

/// A planned lesson, for the person who approves it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OutlineLesson {
    pub lesson_id: Uuid,
    /// 1-based.
    pub number: u32,
    pub title: String,
    pub minutes: u32,
    /// Can-do statements.
    pub objectives: Vec<String>,
    pub clauses: Vec<OutlineClause>,
    /// It holds limits, prohibitions or warnings: it is not dropped without a reason.
    pub safety: bool,
}

/// A clause that a lesson holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OutlineClause {
    pub clause_id: String,
    /// Its beginning.
    pub text: String,
    pub safety: bool,
}

/// A clause that no lesson holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OutlineLeftOut {
    pub clause_id: String,
    pub text: String,
    pub reason: String,
}

/// One lesson is written and verified.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseLessonReady {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
    pub lesson_id: Uuid,
    pub title: String,
    /// 1-based.
    pub number: u32,
    pub of: u32,
}
event!(CourseLessonReady, "course.lesson_ready.v1", CourseGeneration, request_id);

/// A course version is packaged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseGenerated {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    pub version: u32,
    pub title: String,
    pub level: Level,
    /// The person whose order made it.
    pub ordered_by: Uuid,
    pub units: u32,
    pub lessons: u32,
    pub items: u32,
    pub package: Package,
}
event!(CourseGenerated, "course.generated.v1", CourseGeneration, request_id);

/// An immutable package in S3: `<prefix>/course.json`, `quality.json`, `course.html`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Package {
    pub bucket: String,
    pub prefix: String,
    /// Of `course.json`, lower-case hex.
    pub sha256: String,
}

/// A new version of a SOP touches a course: which elements, and why. Nothing is regenerated or published by itself.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseImpactReady {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub course_id: Uuid,
    /// Of the course.
    pub version: u32,
    pub sop_title: String,
    pub impact: CourseImpact,
}
event!(CourseImpactReady, "course.impact_ready.v1", CourseGeneration, request_id);

/// No course can be made from these SOPs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CourseGenerationFailed {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub ordered_by: Uuid,
    pub code: String,
    /// A sentence that the sales rep understands.
    pub detail: String,
}
event!(CourseGenerationFailed, "course.generation_failed.v1", CourseGeneration, request_id);
