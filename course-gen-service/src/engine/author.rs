//! Writes the language of a lesson: objectives, vocabulary, reading, trainer's notes. Never a key: those are computed
//! in [`super::forge`], whoever the author is.

mod dialogue;
mod gloss;
mod grammar;
mod objectives;
mod phrases;
mod practice;
mod reading;
mod rules;
mod trainer;
mod variants;
mod vocabulary;

use std::collections::BTreeSet;

use async_trait::async_trait;
use course_format::course::{
    Dialogue, GrammarFocus, LessonVariant, Proven, Reading, RolePlay, TrainerPage, VocabularyEntry,
};
use serde::{Deserialize, Serialize};

use super::Brief;
use super::library::{ClauseRef, Library};
use super::outline::LessonPlan;

pub use grammar::particles;
pub use phrases::Topic;
pub use reading::{leads_on, wordings, write as reading_at};
pub use rules::RulesAuthor;
pub use variants::levels as variant_levels;
pub use vocabulary::{definition, natural_case};

/// What an author writes for one lesson.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LessonText {
    pub objectives: Vec<Proven>,
    #[serde(default)]
    pub warm_up: Vec<Proven>,
    pub vocabulary: Vec<VocabularyEntry>,
    pub reading: Reading,
    #[serde(default)]
    pub grammar: Option<GrammarFocus>,
    #[serde(default)]
    pub dialogue: Option<Dialogue>,
    #[serde(default)]
    pub role_play: Option<RolePlay>,
    #[serde(default)]
    pub homework: Vec<Proven>,
    #[serde(default)]
    pub variants: Vec<LessonVariant>,
    pub trainer_notes: Vec<Proven>,
    #[serde(default)]
    pub trainer_page: Option<TrainerPage>,
}

/// What an author is given for one lesson.
#[derive(Clone, Copy, Debug)]
pub struct Assignment<'a> {
    pub brief: &'a Brief,
    pub library: &'a Library,
    pub lesson: &'a LessonPlan,
    /// Clauses of other places of the request that are about the same thing, nearest first.
    pub related: &'a [ClauseRef],
    /// Terms that earlier lessons have taught, in small letters.
    pub taught: &'a BTreeSet<String>,
    /// The grammar points of earlier lessons, in order.
    pub points: &'a [String],
    /// The situations of earlier lessons' dialogues, in order.
    pub talks: &'a [String],
}

/// What learners will be able to do after the lesson, as far as its clauses tell before it is written.
pub fn can_dos(brief: &Brief, library: &Library, lesson: &LessonPlan) -> Vec<String> {
    let taught = BTreeSet::new();
    let facts = super::facts::of_clauses(library, &lesson.clauses);
    let assignment = Assignment { brief, library, lesson, related: &[], taught: &taught, points: &[], talks: &[] };
    objectives::write(&assignment, &facts).into_iter().map(|o| o.text).collect()
}

/// An author could not deliver; the job may try again or use another one.
#[derive(Debug, thiserror::Error)]
#[error("the author could not write the lesson: {0}")]
pub struct AuthorError(pub String);

/// Somebody or something that writes lessons.
#[async_trait]
pub trait Author: Send + Sync {
    /// Name and version, for the quality report.
    fn name(&self) -> String;

    async fn write(&self, assignment: Assignment<'_>) -> Result<LessonText, AuthorError>;
}
