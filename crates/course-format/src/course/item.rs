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
    /// `select` options are right.
    MultiSelect { options: Vec<Choice>, select: u32 },
    /// Type the missing words; pieces alternate between text and gaps.
    Gap { pieces: Vec<GapPiece> },
    /// Pair every left entry with one right entry; spare right entries are allowed.
    Matching { left: Vec<Choice>, right: Vec<Choice> },
    /// Put the steps in order.
    StepOrdering { steps: Vec<Choice> },
    /// A few words or sentences that a trainer grades.
    ShortAnswer { min_words: u32, max_words: u32 },
}

impl ItemBody {
    #[must_use]
    pub fn item_type(&self) -> ItemType {
        match self {
            Self::SingleChoice { .. } => ItemType::SingleChoice,
            Self::MultiSelect { .. } => ItemType::MultiSelect,
            Self::Gap { .. } => ItemType::Gap,
            Self::Matching { .. } => ItemType::Matching,
            Self::StepOrdering { .. } => ItemType::StepOrdering,
            Self::ShortAnswer { .. } => ItemType::ShortAnswer,
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemType {
    SingleChoice,
    MultiSelect,
    Gap,
    Matching,
    StepOrdering,
    ShortAnswer,
}

impl ItemType {
    /// As it is written in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SingleChoice => "single_choice",
            Self::MultiSelect => "multi_select",
            Self::Gap => "gap",
            Self::Matching => "matching",
            Self::StepOrdering => "step_ordering",
            Self::ShortAnswer => "short_answer",
        }
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

/// A learner's answer; its `type` must be the item's.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    SingleChoice {
        choice: String,
    },
    MultiSelect {
        choices: Vec<String>,
    },
    /// Gap id to what was typed.
    Gap {
        entries: std::collections::BTreeMap<String, String>,
    },
    /// Left id to right id.
    Matching {
        pairs: std::collections::BTreeMap<String, String>,
    },
    StepOrdering {
        order: Vec<String>,
    },
    ShortAnswer {
        text: String,
    },
}

impl Response {
    #[must_use]
    pub fn item_type(&self) -> ItemType {
        match self {
            Self::SingleChoice { .. } => ItemType::SingleChoice,
            Self::MultiSelect { .. } => ItemType::MultiSelect,
            Self::Gap { .. } => ItemType::Gap,
            Self::Matching { .. } => ItemType::Matching,
            Self::StepOrdering { .. } => ItemType::StepOrdering,
            Self::ShortAnswer { .. } => ItemType::ShortAnswer,
        }
    }
}
