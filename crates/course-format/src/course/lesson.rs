use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Item, Proven};
use crate::Level;

/// One lesson: what is taught, in the order in which it is taught, and the trainer's page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    pub id: Uuid,
    /// Number within the course, 1-based.
    pub number: u32,
    pub title: String,
    pub minutes: u32,
    /// How the minutes are shared out, in teaching order; empty in courses made before format 1.1.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// Can-do statements.
    pub objectives: Vec<Proven>,
    /// Questions that recall the lesson before or call up what learners know.
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
    /// The same reading at other levels, for a mixed class; made on request.
    #[serde(default)]
    pub variants: Vec<LessonVariant>,
    /// For the trainer's page; [`super::LearnerLesson`] leaves them out.
    #[serde(default)]
    pub trainer_notes: Vec<Proven>,
    /// For the trainer's page; [`super::LearnerLesson`] leaves it out.
    #[serde(default)]
    pub trainer_page: Option<TrainerPage>,
}

/// Minutes for one part of a lesson.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub kind: StageKind,
    pub minutes: u32,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    WarmUp,
    Vocabulary,
    Reading,
    Grammar,
    Dialogue,
    RolePlay,
    Check,
}

/// A word or phrase of the SOP that the lesson teaches.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VocabularyEntry {
    pub id: Uuid,
    pub term: String,
    #[serde(default)]
    pub kind: VocabularyKind,
    pub part_of_speech: Option<String>,
    pub definition: Option<Proven>,
    /// A whole sentence of the SOP that uses the term.
    pub example: Proven,
    /// Word partners that the SOP itself uses: "record the temperature".
    #[serde(default)]
    pub collocations: Vec<Proven>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VocabularyKind {
    /// The client's word for a thing, a role or a substance.
    #[default]
    Term,
    /// Words that go together: "record an issue".
    Chunk,
    /// "throw away"
    PhrasalVerb,
}

/// The text of the lesson.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub title: String,
    pub lines: Vec<ReadingLine>,
    /// Words above the learners' level that the reading keeps, with their meaning.
    #[serde(default)]
    pub glosses: Vec<Gloss>,
    /// What learners do before they read; no part of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_reading: Option<Proven>,
    /// What they do with the text afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_reading: Option<Proven>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingLine {
    pub id: Uuid,
    /// "1", "2.1" for a step; `None` for running text.
    pub label: Option<String>,
    pub role: LineRole,
    pub text: Proven,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineRole {
    Heading,
    Step,
    Rule,
    Warning,
    Text,
}

/// A word of a text and what it means there.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Gloss {
    /// As it stands in the text.
    pub word: String,
    pub meaning: Proven,
}

/// One point of grammar that the lesson's clauses really use.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrammarFocus {
    pub id: Uuid,
    /// Name of the point in the guide: "imperative", "passive", "if_imperative".
    pub point: String,
    pub title: String,
    /// What the learner is told, at level.
    pub explanation: Proven,
    /// Sentences of the lesson's clauses that show it.
    pub cases: Vec<GrammarCase>,
    /// Frequent mistakes with the right form beside them: "Don't say: to check. Say: check."
    #[serde(default)]
    pub mistakes: Vec<Proven>,
}

/// A sentence of the SOP and the words in it that show the point.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrammarCase {
    pub sentence: Proven,
    /// Verbatim in the sentence.
    pub focus: String,
}

/// Two people at work.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    pub id: Uuid,
    pub title: String,
    /// Where they are and what happened, in a sentence or two.
    pub situation: Proven,
    /// Who speaks, in order of appearance.
    pub roles: Vec<String>,
    pub turns: Vec<Turn>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    pub id: Uuid,
    /// One of the dialogue's roles.
    pub role: String,
    pub text: Proven,
}

/// Items that are done together, under one instruction.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub id: Uuid,
    pub title: String,
    pub instructions: String,
    pub items: Vec<Item>,
}

/// A free conversation with a goal; scored for procedure and for language apart.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePlay {
    pub id: Uuid,
    pub title: String,
    pub situation: Proven,
    pub cards: Vec<RoleCard>,
    /// What must be said or done, in the SOP's order; at most ten.
    pub checklist: Vec<Proven>,
}

/// What one player is told.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleCard {
    pub role: String,
    pub brief: Proven,
}

/// The lesson's text at another level: the same facts in the same order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LessonVariant {
    pub level: Level,
    pub reading: Reading,
    #[serde(default)]
    pub dialogue: Option<Dialogue>,
}

/// What only the trainer sees, beside the notes.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainerPage {
    /// Warnings, limits and prohibitions of the lesson, verbatim.
    pub critical: Vec<Proven>,
    /// "Can you wait until tomorrow?" with "No: immediately."
    pub concept_questions: Vec<Question>,
    pub likely_errors: Vec<Proven>,
    /// How to make the role-play easier and harder.
    pub easier: Option<Proven>,
    pub harder: Option<Proven>,
}

/// A question to ask aloud, and its answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub question: String,
    pub answer: Proven,
}
