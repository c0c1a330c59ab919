use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An exercise item as a learner sees it before answering. Its answer, rationale and clauses are in
/// [`super::ItemKey`].
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: Uuid,
    /// The question or task, one sentence plus at most a case.
    pub stem: String,
    pub body: ItemBody,
    /// About a warning, a limit or a prohibition: a wrong answer fails the assessment whatever the mean.
    #[serde(default)]
    pub critical: bool,
    pub points: u32,
    /// What the learner has to do with the SOP; `None` in courses made before format 1.1.
    #[serde(default)]
    pub demand: Option<Demand>,
    /// Share of learners at the course's level who are expected to get it right, 0 to 1.
    #[serde(default)]
    pub expected_right: Option<f32>,
}

/// From remembering what the SOP says to deciding a case by it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    Recall,
    Understand,
    Apply,
}

impl Item {
    #[must_use]
    pub fn item_type(&self) -> ItemType {
        self.body.item_type()
    }
}

/// What the learner works on, by item type.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ItemBody {
    /// One option is right.
    SingleChoice { options: Vec<Choice> },
    /// The stem is a statement; is it what the SOP says?
    TrueFalse {},
    /// `select` options are right.
    MultiSelect { options: Vec<Choice>, select: u32 },
    /// Type the missing words; pieces alternate between text and gaps.
    Gap { pieces: Vec<GapPiece> },
    /// Choose the word for each gap: gap id to its options.
    GapSelect { pieces: Vec<GapPiece>, options: BTreeMap<String, Vec<Choice>> },
    /// Pair every left entry with one right entry; spare right entries are allowed.
    Matching { left: Vec<Choice>, right: Vec<Choice> },
    /// Put every entry into one of the categories.
    CategorySort { categories: Vec<Choice>, entries: Vec<Choice> },
    /// Put a word of the bank into each gap; each word is used at most once, some are spare.
    WordBank { pieces: Vec<GapPiece>, words: Vec<Choice> },
    /// Put the steps in order.
    StepOrdering { steps: Vec<Choice> },
    /// Write what is read aloud. `speech` is for the device's voice and is not shown: so a dictation is practice, never
    /// part of an assessment.
    Dictation { speech: String },
    /// Say `source` again, beginning with `start` and using `using` where it is given.
    Transformation { source: String, start: String, using: Option<String> },
    /// One mistake in the language of `sentence`; write it again without the mistake.
    ErrorCorrection { sentence: String },
    /// A form of the workplace: `case` is what happened, each field takes a number or a few words.
    FormFill { case: String, fields: Vec<FormField> },
    /// Which of these sentences of the SOP says it?
    TapEvidence { sentences: Vec<Choice> },
    /// A few words or sentences that a trainer grades.
    ShortAnswer { min_words: u32, max_words: u32 },
    /// A note, e-mail or report to `reader` that covers `points`; a trainer grades it.
    Writing { reader: String, points: Vec<String>, min_words: u32, max_words: u32 },
    /// Play `role`; `checklist` is what must be said or done. A trainer scores it; the learner sends notes or a transcript.
    RolePlay { role: String, partner: String, checklist: Vec<String> },
    /// Read `text` aloud; the device's transcript is compared. Practice only: voices and microphones differ.
    ReadAloud { text: String },
    /// See the front, recall the back, say whether it was recalled. Practice only.
    Flashcard { front: String },
}

impl ItemBody {
    #[must_use]
    pub fn item_type(&self) -> ItemType {
        match self {
            Self::SingleChoice { .. } => ItemType::SingleChoice,
            Self::TrueFalse { .. } => ItemType::TrueFalse,
            Self::MultiSelect { .. } => ItemType::MultiSelect,
            Self::Gap { .. } => ItemType::Gap,
            Self::GapSelect { .. } => ItemType::GapSelect,
            Self::Matching { .. } => ItemType::Matching,
            Self::CategorySort { .. } => ItemType::CategorySort,
            Self::WordBank { .. } => ItemType::WordBank,
            Self::StepOrdering { .. } => ItemType::StepOrdering,
            Self::Dictation { .. } => ItemType::Dictation,
            Self::Transformation { .. } => ItemType::Transformation,
            Self::ErrorCorrection { .. } => ItemType::ErrorCorrection,
            Self::FormFill { .. } => ItemType::FormFill,
            Self::TapEvidence { .. } => ItemType::TapEvidence,
            Self::ShortAnswer { .. } => ItemType::ShortAnswer,
            Self::Writing { .. } => ItemType::Writing,
            Self::RolePlay { .. } => ItemType::RolePlay,
            Self::ReadAloud { .. } => ItemType::ReadAloud,
            Self::Flashcard { .. } => ItemType::Flashcard,
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemType {
    SingleChoice,
    TrueFalse,
    MultiSelect,
    Gap,
    GapSelect,
    Matching,
    CategorySort,
    WordBank,
    StepOrdering,
    Dictation,
    Transformation,
    ErrorCorrection,
    FormFill,
    TapEvidence,
    ShortAnswer,
    Writing,
    RolePlay,
    ReadAloud,
    Flashcard,
}

impl ItemType {
    /// As it is written in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SingleChoice => "single_choice",
            Self::TrueFalse => "true_false",
            Self::MultiSelect => "multi_select",
            Self::Gap => "gap",
            Self::GapSelect => "gap_select",
            Self::Matching => "matching",
            Self::CategorySort => "category_sort",
            Self::WordBank => "word_bank",
            Self::StepOrdering => "step_ordering",
            Self::Dictation => "dictation",
            Self::Transformation => "transformation",
            Self::ErrorCorrection => "error_correction",
            Self::FormFill => "form_fill",
            Self::TapEvidence => "tap_evidence",
            Self::ShortAnswer => "short_answer",
            Self::Writing => "writing",
            Self::RolePlay => "role_play",
            Self::ReadAloud => "read_aloud",
            Self::Flashcard => "flashcard",
        }
    }

    /// A person decides what the answer is worth.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::ShortAnswer | Self::Writing | Self::RolePlay)
    }

    /// Never part of an assessment: the device gives the answer away, mishears, or asks the learner.
    #[must_use]
    pub fn is_practice_only(self) -> bool {
        matches!(self, Self::Dictation | Self::ReadAloud | Self::Flashcard)
    }
}

impl std::fmt::Display for ItemType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An option, a pair half or a step: an id that says nothing about the answer, and its text.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub text: String,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum GapPiece {
    Text {
        text: String,
    },
    /// `hint` may give the base form or the first letter.
    Gap {
        id: String,
        hint: Option<String>,
    },
}

/// A field of a form. `unit` is printed behind it, so that the learner writes the number only.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    pub id: String,
    pub label: String,
    pub unit: Option<String>,
}

/// A learner's answer; its `type` must be the item's.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    SingleChoice {
        choice: String,
    },
    TrueFalse {
        value: bool,
    },
    MultiSelect {
        choices: Vec<String>,
    },
    /// Gap id to what was typed.
    Gap {
        entries: BTreeMap<String, String>,
    },
    /// Gap id to option id.
    GapSelect {
        choices: BTreeMap<String, String>,
    },
    /// Left id to right id.
    Matching {
        pairs: BTreeMap<String, String>,
    },
    /// Entry id to category id.
    CategorySort {
        groups: BTreeMap<String, String>,
    },
    /// Gap id to word id.
    WordBank {
        words: BTreeMap<String, String>,
    },
    StepOrdering {
        order: Vec<String>,
    },
    Dictation {
        text: String,
    },
    Transformation {
        text: String,
    },
    ErrorCorrection {
        text: String,
    },
    /// Field id to what was typed.
    FormFill {
        entries: BTreeMap<String, String>,
    },
    TapEvidence {
        choice: String,
    },
    ShortAnswer {
        text: String,
    },
    Writing {
        text: String,
    },
    /// Notes or a transcript of what was said.
    RolePlay {
        text: String,
    },
    /// What the device heard.
    ReadAloud {
        heard: String,
    },
    Flashcard {
        recalled: bool,
    },
}

impl Response {
    #[must_use]
    pub fn item_type(&self) -> ItemType {
        match self {
            Self::SingleChoice { .. } => ItemType::SingleChoice,
            Self::TrueFalse { .. } => ItemType::TrueFalse,
            Self::MultiSelect { .. } => ItemType::MultiSelect,
            Self::Gap { .. } => ItemType::Gap,
            Self::GapSelect { .. } => ItemType::GapSelect,
            Self::Matching { .. } => ItemType::Matching,
            Self::CategorySort { .. } => ItemType::CategorySort,
            Self::WordBank { .. } => ItemType::WordBank,
            Self::StepOrdering { .. } => ItemType::StepOrdering,
            Self::Dictation { .. } => ItemType::Dictation,
            Self::Transformation { .. } => ItemType::Transformation,
            Self::ErrorCorrection { .. } => ItemType::ErrorCorrection,
            Self::FormFill { .. } => ItemType::FormFill,
            Self::TapEvidence { .. } => ItemType::TapEvidence,
            Self::ShortAnswer { .. } => ItemType::ShortAnswer,
            Self::Writing { .. } => ItemType::Writing,
            Self::RolePlay { .. } => ItemType::RolePlay,
            Self::ReadAloud { .. } => ItemType::ReadAloud,
            Self::Flashcard { .. } => ItemType::Flashcard,
        }
    }
}
