use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ItemType, Relation};
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
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityFlag {
    pub code: String,
    /// JSON pointer into the course, or a clause id.
    pub place: String,
    pub detail: String,
}
