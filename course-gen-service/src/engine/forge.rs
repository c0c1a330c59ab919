//! Computes exercise items: stem, options, key, reason and proof, all from clauses. One file for each item type.
//!
//! Every builder returns as many sound items as it finds; [`select`] decides which of them a lesson gets and which wait
//! for the final test. A distractor is always what the SOP says elsewhere, and never what it also says here.

mod build;
mod gap;
mod matching;
mod multi_select;
mod select;
mod short_answer;
mod single_choice;
mod step_ordering;
mod stock;
mod tables;

use course_format::Level;
use course_format::course::{Item, ItemKey, VocabularyEntry};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::library::{ClauseRef, Library};
use super::outline::{LessonPlan, Outline};

pub use select::select;
pub use stock::Stock;

/// An item with everything that is known about it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Made {
    pub item: Item,
    pub key: ItemKey,
    pub clause: ClauseRef,
    /// The pattern of its stem; few items of a lesson may share one.
    pub frame: String,
    /// What it asks for: two items of one lesson with the same target would answer each other.
    pub target: String,
    /// Higher is better: a decision before a detail, a limit before a name.
    pub score: i32,
}

/// The items of a course.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Forged {
    pub lessons: Vec<LessonItems>,
    pub assessment: Vec<Made>,
    /// Candidates that the checks refused.
    #[serde(default)]
    pub refused: u32,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LessonItems {
    pub lesson: Uuid,
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
}

impl Bench<'_> {
    pub fn holds(&self, at: ClauseRef) -> bool {
        self.lesson.clauses.contains(&at)
    }
}

/// Every item that the lessons' clauses give, lesson by lesson.
pub fn candidates(
    library: &Library,
    stock: &Stock,
    outline: &Outline,
    vocabulary: &[Vec<VocabularyEntry>],
) -> Vec<Vec<Made>> {
    outline
        .lessons()
        .zip(vocabulary)
        .map(|(lesson, vocabulary)| {
            let bench = Bench { library, stock, lesson, vocabulary, level: outline.level };
            let mut out = single_choice::make(&bench);
            out.extend(multi_select::make(&bench));
            out.extend(gap::make(&bench));
            out.extend(matching::make(&bench));
            out.extend(step_ordering::make(&bench));
            out.extend(short_answer::make(&bench));
            out
        })
        .collect()
}
