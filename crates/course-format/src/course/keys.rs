use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ItemType, Proven, Provenance, Relation, Response};

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
    /// Why each option is right or wrong, with the clause that says so: option id to reason.
    #[serde(default)]
    pub options: BTreeMap<String, Proven>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    SingleChoice {
        choice: String,
    },
    TrueFalse {
        value: bool,
    },
    MultiSelect {
        choices: Vec<String>,
    },
    /// Gap id to every accepted wording, the preferred one first.
    Gap {
        accepted: BTreeMap<String, Vec<String>>,
    },
    /// Gap id to option id.
    GapSelect {
        choices: BTreeMap<String, String>,
    },
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
    /// `exact`: the order is safety-critical, nothing but this order scores. `precedence` holds what the SOP orders where
    /// it leaves some of the order free: every order that respects it is right. Empty: `order` is the only one.
    StepOrdering {
        order: Vec<String>,
        exact: bool,
        #[serde(default)]
        precedence: Vec<Precedence>,
    },
    Dictation {
        text: String,
    },
    /// Every accepted sentence, the preferred one first.
    Transformation {
        accepted: Vec<String>,
    },
    /// `wrong` stands in the shown sentence where `right` belongs; `accepted` are the whole sentences.
    ErrorCorrection {
        wrong: String,
        right: String,
        accepted: Vec<String>,
    },
    /// Field id to every accepted entry.
    FormFill {
        accepted: BTreeMap<String, Vec<String>>,
    },
    TapEvidence {
        choice: String,
    },
    /// What a good answer says; the trainer decides.
    ShortAnswer {
        model: String,
        rubric: Vec<RubricPoint>,
    },
    Writing {
        model: String,
        rubric: Vec<RubricPoint>,
    },
    RolePlay {
        model: String,
        rubric: Vec<RubricPoint>,
    },
    ReadAloud {
        text: String,
    },
    Flashcard {
        back: String,
    },
}

impl Answer {
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

impl Answer {
    /// The response that the key describes; for open answers the model answer. What a solver, a demonstration or a test
    /// of the grading sends.
    #[must_use]
    pub fn response(&self) -> Response {
        let preferred = |accepted: &BTreeMap<String, Vec<String>>| {
            accepted.iter().map(|(id, wordings)| (id.clone(), wordings.first().cloned().unwrap_or_default())).collect()
        };
        match self.clone() {
            Self::SingleChoice { choice } => Response::SingleChoice { choice },
            Self::TrueFalse { value } => Response::TrueFalse { value },
            Self::MultiSelect { choices } => Response::MultiSelect { choices },
            Self::Gap { accepted } => Response::Gap { entries: preferred(&accepted) },
            Self::GapSelect { choices } => Response::GapSelect { choices },
            Self::Matching { pairs } => Response::Matching { pairs },
            Self::CategorySort { groups } => Response::CategorySort { groups },
            Self::WordBank { words } => Response::WordBank { words },
            Self::StepOrdering { order, .. } => Response::StepOrdering { order },
            Self::Dictation { text } => Response::Dictation { text },
            Self::Transformation { accepted } => {
                Response::Transformation { text: accepted.first().cloned().unwrap_or_default() }
            }
            Self::ErrorCorrection { accepted, .. } => {
                Response::ErrorCorrection { text: accepted.first().cloned().unwrap_or_default() }
            }
            Self::FormFill { accepted } => Response::FormFill { entries: preferred(&accepted) },
            Self::TapEvidence { choice } => Response::TapEvidence { choice },
            Self::ShortAnswer { model, .. } => Response::ShortAnswer { text: model },
            Self::Writing { model, .. } => Response::Writing { text: model },
            Self::RolePlay { model, .. } => Response::RolePlay { text: model },
            Self::ReadAloud { text } => Response::ReadAloud { heard: text },
            Self::Flashcard { .. } => Response::Flashcard { recalled: true },
        }
    }
}

/// `before` comes before `after`, both ids of steps.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Precedence {
    pub before: String,
    pub after: String,
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
