//! What learners get of a course: no trainer's notes, and of the final test its frame only until it is started.
//!
//! The conversions name every field they leave behind, so that a field added to [`Lesson`] or [`Course`] does not reach
//! learners before somebody has decided that it should.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Activity, Assessment, Course, Dialogue, GrammarFocus, Lesson, LessonVariant, Proven, Reading, RolePlay,
    SopReference, Stage, Unit, VocabularyEntry,
};
use crate::Level;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LearnerCourse {
    pub course_id: Uuid,
    pub title: String,
    pub level: Level,
    pub hours: f32,
    pub sops: Vec<SopReference>,
    pub units: Vec<LearnerUnit>,
    pub assessment: LearnerAssessment,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LearnerUnit {
    pub id: Uuid,
    pub number: u32,
    pub title: String,
    pub lessons: Vec<LearnerLesson>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LearnerLesson {
    pub id: Uuid,
    pub number: u32,
    pub title: String,
    pub minutes: u32,
    #[serde(default)]
    pub stages: Vec<Stage>,
    pub objectives: Vec<Proven>,
    #[serde(default)]
    pub warm_up: Vec<Proven>,
    pub vocabulary: Vec<VocabularyEntry>,
    pub reading: Reading,
    #[serde(default)]
    pub grammar: Option<GrammarFocus>,
    #[serde(default)]
    pub dialogue: Option<Dialogue>,
    pub activities: Vec<Activity>,
    #[serde(default)]
    pub role_play: Option<RolePlay>,
    #[serde(default)]
    pub homework: Vec<Proven>,
    #[serde(default)]
    pub variants: Vec<LessonVariant>,
}

/// The final test before it is started.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LearnerAssessment {
    pub id: Uuid,
    pub title: String,
    pub pass_mark: f32,
    /// How many items it has.
    pub items: usize,
    pub points: u32,
}

impl From<&Course> for LearnerCourse {
    fn from(course: &Course) -> Self {
        let Course {
            format_version: _,
            course_id,
            request_id: _,
            client_id: _,
            title,
            level,
            hours,
            sops,
            entry_test: _,
            units,
            assessment,
        } = course;
        Self {
            course_id: *course_id,
            title: title.clone(),
            level: *level,
            hours: *hours,
            sops: sops.clone(),
            units: units.iter().map(LearnerUnit::from).collect(),
            assessment: LearnerAssessment::from(assessment),
        }
    }
}

impl From<&Unit> for LearnerUnit {
    fn from(unit: &Unit) -> Self {
        let Unit { id, number, title, lessons, test: _ } = unit;
        Self {
            id: *id,
            number: *number,
            title: title.clone(),
            lessons: lessons.iter().map(LearnerLesson::from).collect(),
        }
    }
}

impl From<&Lesson> for LearnerLesson {
    fn from(lesson: &Lesson) -> Self {
        let Lesson {
            id,
            number,
            title,
            minutes,
            stages,
            objectives,
            warm_up,
            vocabulary,
            reading,
            grammar,
            dialogue,
            activities,
            role_play,
            homework,
            variants,
            trainer_notes: _,
            trainer_page: _,
        } = lesson;
        Self {
            id: *id,
            number: *number,
            title: title.clone(),
            minutes: *minutes,
            stages: stages.clone(),
            objectives: objectives.clone(),
            warm_up: warm_up.clone(),
            vocabulary: vocabulary.clone(),
            reading: reading.clone(),
            grammar: grammar.clone(),
            dialogue: dialogue.clone(),
            activities: activities.clone(),
            role_play: role_play.clone(),
            homework: homework.clone(),
            variants: variants.clone(),
        }
    }
}

impl From<&Assessment> for LearnerAssessment {
    fn from(assessment: &Assessment) -> Self {
        let Assessment { id, title, pass_mark, items } = assessment;
        Self {
            id: *id,
            title: title.clone(),
            pass_mark: *pass_mark,
            items: items.len(),
            points: items.iter().map(|item| item.points).fold(0, u32::saturating_add),
        }
    }
}
