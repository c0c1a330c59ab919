use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Span;
use crate::Level;

/// Name of a clause within its document: derived from its words, so that it survives a new version that leaves them alone.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(transparent)]
pub struct ClauseId(pub String);

impl ClauseId {
    /// Where the search index keeps this clause of this version: who writes and who reads it agree on it here.
    #[must_use]
    pub fn point(&self, document: Uuid, version: u32) -> Uuid {
        Uuid::new_v5(&document, format!("{version}/{self}").as_bytes())
    }
}

impl std::fmt::Display for ClauseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The smallest piece of a SOP that says one thing.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Clause {
    pub id: ClauseId,
    /// The clause of an earlier version whose words this one changed.
    #[serde(default)]
    pub supersedes: Option<ClauseId>,
    /// Path of the section it stands in; a heading's own path ends with itself.
    pub section: String,
    pub kind: ClauseKind,
    /// Word for word, list signs and markup gone.
    pub text: String,
    pub span: Span,
    /// 1-based page; 1 for formats without pages.
    pub page: u32,
    /// Where its words stand on the pages, one box for each group of lines; empty for formats without places.
    #[serde(default)]
    pub boxes: Vec<PageBox>,
    /// Words that were recognised on a scan and may be others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubtful: Vec<Span>,
    /// How sure the recogniser of a scan is of the words, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// The number the document prints before it ("4.2", "3", "b"), if any.
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub literals: Vec<Literal>,
    /// Something the reader must do, avoid or believe is negated.
    #[serde(default)]
    pub negated: bool,
    pub modality: Modality,
    /// Measured level of its English; `None` where there is too little of it.
    #[serde(default)]
    pub level: Option<Level>,
    #[serde(default)]
    pub slots: Slots,
}

/// An area of a page, in shares of its width and height (0 to 1) from its top left corner.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct PageBox {
    /// 1-based.
    pub page: u32,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl PageBox {
    /// The smallest area of this page that holds both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self {
            page: self.page,
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseKind {
    Step,
    Rule,
    Warning,
    Definition,
    Fact,
    Heading,
    TableRow,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    Must,
    MustNot,
    Should,
    May,
    None,
}

/// A number, unit, limit, time, date or address that must be the same in every wording.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Literal {
    pub text: String,
    pub kind: LiteralKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiteralKind {
    Quantity,
    Limit,
    Range,
    Time,
    Date,
    Phone,
    Email,
    Url,
    Identifier,
}

/// Words of the clause that fill one slot, with their place in the document.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Slot {
    pub text: String,
    /// `None` when the words are inherited from the section ("Kitchen Manager", "Daily").
    pub span: Option<Span>,
}

/// Who does what, with what, how much, when, where and on what condition.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(default)]
pub struct Slots {
    pub actor: Option<Slot>,
    /// Lemma of the main verb.
    pub action: Option<String>,
    pub object: Option<Slot>,
    pub tool: Option<Slot>,
    pub quantity: Option<Slot>,
    pub condition: Option<Slot>,
    pub location: Option<Slot>,
    pub time: Option<Slot>,
    /// The word that demands or permits ("must", "is allowed to"); `None` where a command has none.
    pub modality: Option<Slot>,
    /// The word that negates ("not", "never", "without").
    pub negation: Option<Slot>,
}
