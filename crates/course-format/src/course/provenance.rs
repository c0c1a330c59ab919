use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::sop::{Clause, ClauseId, SopDocument, Span};

/// Where a statement comes from: a clause of one SOP version, quoted word for word.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    pub document_id: Uuid,
    pub clause_id: ClauseId,
    /// The SOP's words, verbatim.
    pub quote: String,
    /// Of the quote, in the document's text.
    pub span: Span,
    pub page: u32,
    /// Path of the clause's section, so that a learner can be told where the quote stands without the SOP at hand.
    #[serde(default)]
    pub section: Option<String>,
}

impl Provenance {
    /// The whole clause as proof.
    #[must_use]
    pub fn of_clause(sop: &SopDocument, clause: &Clause) -> Self {
        Self {
            document_id: sop.document_id,
            clause_id: clause.id.clone(),
            quote: clause.text.clone(),
            span: clause.span,
            page: clause.page,
            section: Some(clause.section.clone()),
        }
    }

    /// Whether the quote stands in `sop` at that span, inside that clause.
    #[must_use]
    pub fn resolves(&self, sop: &SopDocument) -> bool {
        self.document_id == sop.document_id
            && !self.quote.is_empty()
            && self.span.of(&sop.text) == Some(self.quote.as_str())
            && sop
                .clause(&self.clause_id)
                .is_some_and(|c| c.span.start <= self.span.start && self.span.end <= c.span.end)
    }
}

/// How a text follows from its clauses.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The SOP's words, unchanged.
    Quote,
    /// The same facts in fewer or simpler words.
    Compress,
    /// Follows from the named clauses.
    Infer,
    /// Teaches English only; claims nothing about the SOP.
    Language,
}

/// A text and its proof. `provenance` is empty only for [`Relation::Language`].
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proven {
    pub text: String,
    pub relation: Relation,
    #[serde(default)]
    pub provenance: Vec<Provenance>,
}

impl Proven {
    /// A text that teaches English and claims nothing about the SOP.
    #[must_use]
    pub fn language(text: impl Into<String>) -> Self {
        Self { text: text.into(), relation: Relation::Language, provenance: Vec::new() }
    }
}
