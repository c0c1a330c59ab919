//! A verdict, the reason, and the SOP's own words: "Not yet. 7 °C is the top limit for fridges. SOP, Temperature:
//! 'Freezers: ≤ –12 °C'."

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Grade, Note, Verdict};
use crate::course::{ItemKey, ItemType, Provenance};
use crate::sop::ClauseId;

/// What a learner is told after an attempt.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Feedback {
    /// One or two sentences.
    pub verdict: String,
    /// Why the key is right; empty while a trainer has not decided, because the learner may still write again.
    pub rationale: String,
    /// The clauses that decide; empty while a trainer has not decided.
    pub quotes: Vec<Quote>,
}

/// The SOP's words, and where they stand.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Quote {
    pub text: String,
    /// Path of the section, if the course says.
    pub section: Option<String>,
    pub page: u32,
    pub document_id: Uuid,
    pub clause_id: ClauseId,
}

impl From<&Provenance> for Quote {
    fn from(source: &Provenance) -> Self {
        Self {
            text: source.quote.clone(),
            section: source.section.clone().filter(|section| !section.is_empty()),
            page: source.page,
            document_id: source.document_id,
            clause_id: source.clause_id.clone(),
        }
    }
}

/// Puts a grade into words and shows the clauses behind it.
#[must_use]
pub fn feedback(key: &ItemKey, grade: &Grade) -> Feedback {
    let verdict = verdict(key.answer.item_type(), grade);
    if grade.is_pending() {
        return Feedback { verdict, rationale: String::new(), quotes: Vec::new() };
    }
    let mut quotes: Vec<Quote> = Vec::with_capacity(key.provenance.len());
    for quote in key.provenance.iter().map(Quote::from) {
        if !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    Feedback { verdict, rationale: key.rationale.clone(), quotes }
}

fn verdict(item_type: ItemType, grade: &Grade) -> String {
    let opening = match grade.verdict {
        Verdict::Correct => "Correct.".to_owned(),
        Verdict::Partly => partly(item_type, grade),
        Verdict::Wrong => "Not yet.".to_owned(),
        Verdict::Pending => "Thank you. Your trainer will read your answer and grade it.".to_owned(),
    };
    grade.notes.iter().map(note).fold(opening, |text, note| format!("{text} {note}"))
}

fn partly(item_type: ItemType, grade: &Grade) -> String {
    let right = grade.parts.iter().filter(|part| part.correct).count();
    let all = grade.parts.len();
    let is = if right == 1 { "is" } else { "are" };
    match item_type {
        _ if all == 0 => "Partly right.".to_owned(),
        ItemType::StepOrdering if right == 0 => {
            "Partly right: no step is in its place yet, but some follow each other correctly.".to_owned()
        }
        ItemType::StepOrdering => format!("Partly right: {right} of {all} steps {is} in the right place."),
        ItemType::Gap => format!("Partly right: {right} of {all} gaps {is} correct."),
        ItemType::Matching => format!("Partly right: {right} of {all} pairs {is} correct."),
        _ => format!("Partly right: {right} of your {all} choices {is} correct."),
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::SpellingForgiven { typed, expected, .. } => {
            format!("Check the spelling: you wrote “{typed}”; it is “{expected}”.")
        }
        Note::OrderIsExact => "Here only one order is safe, so every step must be in its place.".to_owned(),
    }
}
