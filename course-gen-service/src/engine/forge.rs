//! Computes exercise items: stem, options, key, reason and proof, all from clauses. One file for each item type.
//!
//! Every builder returns as many sound items as it finds; [`select`] decides which of them a lesson gets and which wait
//! for the final test. A distractor is always what the SOP says elsewhere, and never what it also says here.

mod build;
mod category_sort;
mod copies;
mod demand;
mod dictation;
pub mod disputed;
mod error_correction;
mod flashcard;
mod form_fill;
mod gap;
mod gap_select;
mod grammar;
mod lines;
mod matching;
mod message;
mod multi_select;
mod note;
mod prose;
mod read_aloud;
mod role_play;
mod select;
mod short_answer;
mod single_choice;
mod slips;
pub mod step_ordering;
mod stock;
mod tables;
mod tap_evidence;
mod told;
mod transformation;
mod true_false;
mod word_bank;
mod writing;

use std::collections::HashSet;

use course_format::Level;
use course_format::course::{Item, ItemKey, VocabularyEntry};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::author::LessonText;
use super::library::{ClauseRef, Library};
use super::outline::LessonPlan;

pub use select::{LONGEST as LONGEST_LESSON, pattern, select};
pub use stock::Stock;

/// An item with everything that is known about it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Made {
    pub item: Item,
    pub key: ItemKey,
    pub clause: ClauseRef,
    /// Every clause that the item asks about.
    #[serde(default)]
    pub covers: Vec<ClauseRef>,
    /// The pattern of its stem; few items of a lesson may share one.
    pub frame: String,
    /// Wordings of the stem to choose from, the item's own among them.
    #[serde(default)]
    pub stems: Vec<String>,
    /// What it asks for: two items of one lesson with the same target would answer each other.
    pub target: String,
    /// Higher is better: a decision before a detail, a limit before a name.
    pub score: i32,
    /// It trains the lesson's point of grammar.
    #[serde(default)]
    pub focus: bool,
}

/// Whether an option or a reason of the item rests on a clause that another one contradicts.
pub fn touches_a_dispute(library: &Library, made: &Made) -> bool {
    let reasons = made.key.options.values().flat_map(|reason| &reason.provenance);
    let mut named = made.key.provenance.iter().chain(reasons);
    !library.disputes().is_empty() && named.any(|proof| library.place(proof).is_some_and(|at| library.is_disputed(at)))
}

/// The items of a course.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Forged {
    pub lessons: Vec<LessonItems>,
    pub assessment: Vec<Made>,
    /// Of courses of several units, the tests of the units.
    #[serde(default)]
    pub units: Vec<UnitItems>,
    /// The test before the course.
    #[serde(default)]
    pub entry: Option<EntryItems>,
    /// Candidates that the checks refused.
    #[serde(default)]
    pub refused: u32,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LessonItems {
    pub lesson: Uuid,
    pub items: Vec<Made>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct UnitItems {
    pub unit: Uuid,
    pub items: Vec<Made>,
}

/// The test before the course.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct EntryItems {
    pub parts: Vec<EntryText>,
    pub clause_items: Vec<Made>,
}

/// Clauses of one lesson as a text at a level, with exercises that they answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EntryText {
    pub lesson: Uuid,
    pub clauses: Vec<ClauseRef>,
    pub level: Level,
    pub items: Vec<Made>,
}

/// What the builders work with for one lesson.
#[derive(Clone, Copy, Debug)]
pub struct Bench<'a> {
    pub library: &'a Library,
    pub stock: &'a Stock,
    pub lesson: &'a LessonPlan,
    pub vocabulary: &'a [VocabularyEntry],
    pub level: Level,
    /// The lesson's clauses, to be looked up.
    pub own: &'a HashSet<ClauseRef>,
}

impl Bench<'_> {
    pub fn holds(&self, at: ClauseRef) -> bool {
        self.own.contains(&at)
    }

    /// Whether the lesson has come so far: the clause is its own or stands before the end of it.
    pub fn has_met(&self, at: ClauseRef) -> bool {
        self.lesson.clauses.iter().max().is_some_and(|last| at.document == last.document && at <= *last)
    }

    /// The lesson's sentences that can be shown by themselves, in order.
    pub fn lines(&self) -> impl Iterator<Item = &lines::Line> {
        self.lesson.clauses.iter().flat_map(|at| self.stock.lines_of(*at))
    }

    /// These, and of the other clauses the sentences that are read with the text at hand.
    pub fn loose_lines(&self) -> impl Iterator<Item = &lines::Line> {
        self.lesson.clauses.iter().flat_map(|at| self.stock.lines_of(*at).iter().chain(self.stock.loose_of(*at)))
    }
}

/// Every item that the clauses of one lesson give.
pub fn candidates(library: &Library, stock: &Stock, level: Level, lesson: &LessonPlan, text: &LessonText) -> Vec<Made> {
    let mut lesson = lesson.clone();
    lesson.clauses.retain(|at| !library.is_disputed(*at));
    if lesson.clauses.is_empty() {
        return Vec::new();
    }
    let own = lesson.clauses.iter().copied().collect();
    let bench = Bench { library, stock, lesson: &lesson, vocabulary: &text.vocabulary, level, own: &own };
    let mut out = single_choice::make(&bench);
    out.extend(true_false::make(&bench));
    out.extend(multi_select::make(&bench));
    out.extend(copies::make(&bench));
    out.extend(gap::make(&bench));
    out.extend(gap_select::make(&bench));
    out.extend(note::make(&bench));
    out.extend(matching::make(&bench));
    out.extend(category_sort::make(&bench));
    out.extend(word_bank::make(&bench));
    out.extend(step_ordering::make(&bench));
    out.extend(dictation::make(&bench));
    out.extend(transformation::make(&bench));
    out.extend(grammar::everywhere(&bench));
    out.extend(error_correction::make(&bench));
    out.extend(form_fill::make(&bench));
    out.extend(tap_evidence::make(&bench));
    out.extend(message::make(&bench));
    out.extend(prose::make(&bench));
    out.extend(short_answer::make(&bench));
    out.extend(writing::make(&bench));
    out.extend(role_play::make(&bench));
    out.extend(read_aloud::make(&bench));
    out.extend(flashcard::make(&bench));
    if let Some(focus) = &text.grammar {
        out.extend(grammar::make(&bench, focus));
        grammar::mark(&bench, focus, &mut out);
    }
    out
}

#[cfg(test)]
mod tests;
