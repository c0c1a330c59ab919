//! A Standard Operating Procedure after reading: one document version with its text, sections, clauses and procedures.
//!
//! Everything a course may claim is a clause of one of these. Spans count Unicode scalar values ("characters") and are
//! half-open positions in [`SopDocument::text`]; `text[span]` of a clause is the clause word for word.

mod clause;
mod diff;
mod personal;
mod procedure;
mod quote;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Level;

pub use clause::{Clause, ClauseId, ClauseKind, Literal, LiteralKind, Modality, PageBox, Slot, Slots};
pub use diff::{ChangeKind, ClauseChange, ClauseState, DiffSummary, SafetyChange, SopDiff, WordChange};
pub use personal::{PersonalData, PersonalKind, Redactor};
pub use procedure::{Branch, Procedure, Step};
pub use quote::{LESSON_MINUTES, LESSONS_IN_A_UNIT, LoadQuote, TEST_MINUTES, hours};

/// What `parse` prints and what lies in S3 as `sop.json`: the documents of one reading.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct ParsedSops {
    pub documents: Vec<SopDocument>,
}

/// One version of one SOP.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct SopDocument {
    pub document_id: Uuid,
    pub version: SopVersion,
    /// The document's own title, or one made from its file name.
    pub title: String,
    pub file_name: String,
    pub format: SopFormat,
    /// BCP 47 tag of the language the text is written in.
    pub language: String,
    /// The visible text in reading order; every span points into it.
    pub text: String,
    pub pages: u32,
    pub sections: Vec<Section>,
    pub clauses: Vec<Clause>,
    pub procedures: Vec<Procedure>,
    #[serde(default)]
    pub terms: Vec<Term>,
    #[serde(default)]
    pub defects: Vec<Defect>,
    pub profile: Profile,
    /// Names, numbers and addresses of people: only for people of the client. Models and indexes get [`Redactor`]'s text.
    #[serde(default)]
    pub personal: Vec<PersonalData>,
    /// What was left out or changed while reading, in words for the reviewer.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl SopDocument {
    /// The clause with this id.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|c| &c.id == id)
    }
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct SopVersion {
    /// 1 for the first version that we were given.
    pub number: u32,
    /// Of the file's bytes, lower-case hex.
    pub sha256: String,
    pub effective_date: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SopFormat {
    Markdown,
    Text,
    Html,
    Pdf,
    Docx,
    Pptx,
    Xlsx,
    /// A photo or scan of pages.
    Image,
    /// An archive of documents, each a section.
    Zip,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Section {
    /// Headings from the outermost to this one, joined by ` > `; empty before the first heading.
    pub path: String,
    pub title: String,
    /// 1 for the outermost heading.
    pub depth: u8,
    pub page: u32,
    /// The heading's own clause; `None` for the text before the first heading.
    pub heading: Option<ClauseId>,
}

/// Half-open range of Unicode scalar values in [`SopDocument::text`].
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The text that this span names, or `None` where it does not lie inside `text`.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        let mut offsets = text.char_indices().map(|(i, _)| i).chain(std::iter::once(text.len()));
        let length = self.end.checked_sub(self.start)?;
        let start = offsets.nth(self.start)?;
        let end = if length == 0 { start } else { offsets.nth(length - 1)? };
        text.get(start..end)
    }
}

/// A word or phrase that staff must know: taught in the course and exempt from the level.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Term {
    pub term: String,
    #[serde(default)]
    pub kind: TermKind,
    /// How much more often the SOP says it than general English does, as a weight: the highest first.
    #[serde(default)]
    pub keyness: f32,
    /// The clause that defines it, where the SOP does.
    pub defined_in: Option<ClauseId>,
    /// What an acronym stands for, where the SOP says so.
    pub expansion: Option<String>,
    pub clauses: Vec<ClauseId>,
}

/// What kind of thing a term names.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// A job, team or other group of people.
    Role,
    /// Machines, tools, vessels, software.
    Equipment,
    /// Chemicals, food, materials.
    Substance,
    /// Forms, logs, labels, reports.
    Document,
    Acronym,
    #[default]
    Other,
}

/// A weak place of the SOP that its owner should mend.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Defect {
    pub kind: String,
    pub clause_id: ClauseId,
    pub quote: String,
    pub suggestion: String,
}

/// The document in numbers.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Profile {
    pub words: usize,
    pub clauses: usize,
    pub steps: usize,
    pub rules: usize,
    pub warnings: usize,
    pub literals: usize,
    pub negated: usize,
    /// Measured level of the document's English; `None` where there is too little of it.
    #[serde(default)]
    pub level: Option<Level>,
    /// How many clauses stand at each level.
    #[serde(default)]
    pub levels: BTreeMap<Level, usize>,
}
