use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ItemType, Relation};
use crate::Level;
use crate::sop::ClauseId;

/// What the reviewer sees first: how the course stands against its SOPs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityReport {
    /// Texts that claim something about the SOP, by relation.
    pub texts_by_relation: BTreeMap<Relation, u32>,
    /// Of those, the share whose quote was found verbatim at its span, 0 to 1.
    pub provenance_resolved: f32,
    pub items_by_type: BTreeMap<ItemType, u32>,
    /// Steps, rules and warnings of the SOPs that some lesson holds, 0 to 1.
    pub clause_coverage: f32,
    /// Steps, rules and warnings that no lesson holds.
    pub uncovered: Vec<ClauseId>,
    /// Places where a reviewer should look, worst first.
    pub flags: Vec<QualityFlag>,
    /// Who wrote it, and with which version: "rules-author 0.1.0".
    pub author: String,
    /// Steps, rules and warnings that at least one item asks about, 0 to 1.
    #[serde(default)]
    pub item_coverage: Option<f32>,
    /// Clauses that no lesson holds, each with the reason.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// Measured levels, lesson by lesson.
    #[serde(default)]
    pub lessons: Vec<LessonQuality>,
    #[serde(default)]
    pub key_check: Option<KeyCheck>,
    /// Largest share of the items that one stem pattern has, 0 to 1.
    #[serde(default)]
    pub largest_frame_share: Option<f32>,
    /// What language models were asked and what it cost; `None` when none was asked.
    #[serde(default)]
    pub model_use: Option<ModelUse>,
    /// Everything that took part, with its version: engine, CEFR model, word lists, prompts.
    #[serde(default)]
    pub versions: BTreeMap<String, String>,
}

/// A clause that is in no lesson, and why.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    pub clause_id: ClauseId,
    pub reason: String,
}

/// How one lesson's text stands against the level that was asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LessonQuality {
    pub lesson_id: Uuid,
    /// On the scale A1 = 1 to C2 = 6.
    pub measured: f32,
    /// The same without any help: as it is printed, its terms and glossed words counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_printed: Option<f32>,
    pub level: Level,
    /// Within half a level of the request.
    pub fits: bool,
    /// Share of content words above the level that are neither glossed nor taught, 0 to 1.
    pub words_above_share: f32,
    pub words_above: Vec<String>,
}

/// What the independent solver found.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyCheck {
    /// Items with a key that a machine can check.
    pub checked: u32,
    /// Where the solver came to the key.
    pub solved: u32,
    /// Candidates that were refused because a second answer was also right or none was.
    pub refused: u32,
}

/// Tokens and money.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelUse {
    pub calls: u32,
    pub input_tokens: u64,
    pub output_tokens: u64,
    /// US dollars, by the price table of the day.
    pub cost_usd: f64,
    /// "openai gpt-4.1", each model that answered.
    pub models: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityFlag {
    pub code: String,
    /// JSON pointer into the course, or a clause id.
    pub place: String,
    pub detail: String,
}
