use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Clause, ClauseId, ClauseKind, Modality, SopVersion};

/// What a new version of a SOP changed, clause by clause. Every clause of the old version is either in `unchanged` or the
/// `old` of exactly one change; so is every clause of the new one, as `new`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct SopDiff {
    pub document_id: Uuid,
    /// Of the new version.
    pub title: String,
    pub from: SopVersion,
    pub to: SopVersion,
    pub summary: DiffSummary,
    /// Clauses that say the same in the same place; their ids are the same in both versions.
    pub unchanged: Vec<ClauseId>,
    /// In the order of the new version; what was removed stands where it used to be.
    pub changes: Vec<ClauseChange>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct DiffSummary {
    pub unchanged: usize,
    pub edited: usize,
    pub moved: usize,
    pub added: usize,
    pub removed: usize,
    /// Edits that touch a safety literal, a negation or a modality.
    pub critical: usize,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Other words, or the same words with another demand. The new clause `supersedes` the old one.
    Edited,
    /// The same words in another place.
    Moved,
    Added,
    Removed,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct ClauseChange {
    pub change: ChangeKind,
    /// It stands in another place: true for every `moved` clause, and for an edited one that moved as well.
    #[serde(default)]
    pub moved: bool,
    /// As it was; `None` for an added clause.
    pub old: Option<ClauseState>,
    /// As it is; `None` for a removed clause.
    pub new: Option<ClauseState>,
    /// The words of an edited clause that were replaced, in order.
    #[serde(default)]
    pub words: Vec<WordChange>,
    /// What an edit does to the safety of a clause; `None` where it does nothing.
    #[serde(default)]
    pub safety: Option<SafetyChange>,
}

/// A clause within its version.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct ClauseState {
    pub id: ClauseId,
    pub section: String,
    pub kind: ClauseKind,
    pub label: Option<String>,
    pub text: String,
    pub page: u32,
    pub modality: Modality,
    pub negated: bool,
    /// The clause before it in the document.
    pub previous: Option<ClauseId>,
    /// The clause after it in the document.
    pub next: Option<ClauseId>,
}

impl ClauseState {
    /// The clause at this place of a document's clauses.
    #[must_use]
    pub fn at(clauses: &[Clause], at: usize) -> Option<Self> {
        let clause = clauses.get(at)?;
        Some(Self {
            id: clause.id.clone(),
            section: clause.section.clone(),
            kind: clause.kind,
            label: clause.label.clone(),
            text: clause.text.clone(),
            page: clause.page,
            modality: clause.modality,
            negated: clause.negated,
            previous: at.checked_sub(1).and_then(|at| clauses.get(at)).map(|c| c.id.clone()),
            next: clauses.get(at + 1).map(|c| c.id.clone()),
        })
    }
}

/// Words that took the place of others; one of the two may be empty.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct WordChange {
    pub old: String,
    pub new: String,
}

#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct SafetyChange {
    /// A number, unit, limit, time, date or address is another one, or stands elsewhere in the clause.
    pub literals: bool,
    /// What was forbidden or denied is not any more, or the other way round.
    pub negation: bool,
    /// Must, must not, should, may.
    pub modality: bool,
    pub literals_removed: Vec<String>,
    pub literals_added: Vec<String>,
}
