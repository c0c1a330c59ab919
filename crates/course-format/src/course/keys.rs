use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ItemType, Provenance, Relation};

/// The answers of a course version. Never leaves the server before an attempt.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(transparent)]
pub struct AnswerKeys(pub BTreeMap<Uuid, ItemKey>);

/// Answer, reason and proof of one item.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemKey {
    pub answer: Answer,
    /// Why this is right, at the learners' level; shown after an attempt beside the quote.
    pub rationale: String,
    pub relation: Relation,
    /// The clauses that decide the item; never empty.
    pub provenance: Vec<Provenance>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    SingleChoice {
        choice: String,
    },
    MultiSelect {
        choices: Vec<String>,
    },
    /// Gap id to every accepted wording, the preferred one first.
    Gap {
        accepted: BTreeMap<String, Vec<String>>,
    },
    Matching {
        pairs: BTreeMap<String, String>,
    },
    /// `exact`: the order is safety-critical, nothing but this order scores.
    StepOrdering {
        order: Vec<String>,
        exact: bool,
    },
    /// What a good answer says; the trainer decides.
    ShortAnswer {
        model: String,
        rubric: Vec<RubricPoint>,
    },
}

impl Answer {
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

/// One thing that a good open answer says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RubricPoint {
    pub description: String,
    /// Any of these words or phrases, found in the answer, suggests that the point was made.
    pub tokens: Vec<String>,
    pub points: u32,
}
