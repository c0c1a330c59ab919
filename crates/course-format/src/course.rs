//! A course version: its content ([`Course`]) and, apart from it, the answers ([`AnswerKeys`]).
//!
//! The two travel together in a [`CoursePackage`] to course managers and trainers. A [`Course`] cannot hold a key, and
//! what a learner gets ([`LearnerCourse`], [`LearnerLesson`]) cannot hold the trainer's notes either: a type without
//! that field, not a value with the field emptied.

mod entry;
mod impact;
mod item;
mod keys;
mod learner;
mod lesson;
mod provenance;
mod quality;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Level;

pub use entry::{EntryPart, EntryTest};
pub use impact::{CourseImpact, TouchedClause, TouchedElement, TouchedLesson};
pub use item::{Choice, Demand, FormField, GapPiece, Item, ItemBody, ItemType, Response};
pub use keys::{Answer, AnswerKeys, ItemKey, Precedence, RubricPoint};
pub use learner::{LearnerAssessment, LearnerCourse, LearnerLesson, LearnerUnit};
pub use lesson::{
    Activity, Dialogue, Gloss, GrammarCase, GrammarFocus, Lesson, LessonVariant, LineRole, Question, Reading,
    ReadingLine, RoleCard, RolePlay, Stage, StageKind, TrainerPage, Turn, VocabularyEntry, VocabularyKind,
};
pub use provenance::{Proven, Provenance, Relation};
pub use quality::{KeyCheck, LeftOut, LessonQuality, ModelUse, QualityFlag, QualityReport};

/// Version of this format; readers refuse a major version that they do not know.
pub const FORMAT_VERSION: &str = "1.1";

/// `course.json`: everything of one course version. Immutable; named by the SHA-256 of its bytes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoursePackage {
    pub course: Course,
    pub keys: AnswerKeys,
    pub quality: QualityReport,
}

/// A course without its keys.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Course {
    pub format_version: String,
    pub course_id: Uuid,
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub title: String,
    pub level: Level,
    /// Guided hours, as planned.
    pub hours: f32,
    pub sops: Vec<SopReference>,
    /// Before the first lesson; `None` in courses made before there was one, and where the SOPs give too few exercises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_test: Option<EntryTest>,
    pub units: Vec<Unit>,
    pub assessment: Assessment,
}

impl Course {
    /// Every lesson in teaching order.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.units.iter().flat_map(|u| &u.lessons)
    }

    /// Every item: those of the lessons, then those of the final assessment, of the units' tests and of the entry test.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let in_lessons = self.lessons().flat_map(|l| &l.activities).flat_map(|a| &a.items);
        let in_units = self.units.iter().filter_map(|u| u.test.as_ref()).flat_map(|t| &t.items);
        let at_first = self.entry_test.iter().flat_map(EntryTest::items);
        in_lessons.chain(&self.assessment.items).chain(in_units).chain(at_first)
    }
}

/// The SOP version that the course was made from.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct SopReference {
    pub document_id: Uuid,
    pub title: String,
    pub version: u32,
    pub sha256: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub id: Uuid,
    pub number: u32,
    pub title: String,
    pub lessons: Vec<Lesson>,
    /// After the unit, in courses of several: items that no lesson and no other test holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Assessment>,
}

/// The final test: items that no lesson holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    pub id: Uuid,
    pub title: String,
    /// Share of the points that passes, 0 to 1; every critical item must be right as well.
    pub pass_mark: f32,
    pub items: Vec<Item>,
}
