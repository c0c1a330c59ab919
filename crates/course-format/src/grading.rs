//! What an answer is worth: [`grade`] compares a learner's [`Response`] with the key, [`feedback`] says it in words.
//!
//! One file an item type. A response comes from outside, so whatever is wrong with it is a [`GradeError`] with a code,
//! never a panic; a response that fits its item always gets a score from 0 to 1. Open answers get none: they wait for a
//! trainer, for whom [`suggest_score`] prepares one.

mod error;
mod feedback;
mod form;
mod gap;
mod matching;
mod multi_select;
mod normalise;
mod placed;
mod sentence;
mod short_answer;
mod single_choice;
mod spelling;
mod step_ordering;
mod words;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::course::{Answer, Item, ItemBody, ItemKey, Response};

pub use error::GradeError;
pub use feedback::{Feedback, Quote, feedback};
pub use gap::MAX_GAP_CHARS;
pub use normalise::normalise;
pub use short_answer::{FoundPoint, MAX_ANSWER_CHARS, Suggestion, count_words, suggest_score};
pub use step_ordering::kendall_distance;
pub use words::is_common_word;

/// The outcome of one attempt at one item.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Grade {
    /// 0 to 1; 0 while a trainer has not decided.
    pub score: f32,
    /// `score` times the item's points.
    pub points: f32,
    pub max_points: u32,
    pub verdict: Verdict,
    /// Which gaps, pairs, choices or places were right, in the item's order.
    #[serde(default)]
    pub parts: Vec<PartGrade>,
    #[serde(default)]
    pub notes: Vec<Note>,
}

impl Grade {
    /// A decided grade; `score` is brought into 0 to 1. Also how a trainer's decision becomes a grade.
    #[must_use]
    pub fn decided(score: f32, max_points: u32) -> Self {
        let score = if score.is_nan() { 0.0 } else { score.clamp(0.0, 1.0) };
        let verdict = if score >= 1.0 {
            Verdict::Correct
        } else if score > 0.0 {
            Verdict::Partly
        } else {
            Verdict::Wrong
        };
        let points = score * max_points as f32;
        Self { score, points, max_points, verdict, parts: Vec::new(), notes: Vec::new() }
    }

    /// The grade of an open answer until a trainer decides.
    #[must_use]
    pub fn waiting(max_points: u32) -> Self {
        Self { verdict: Verdict::Pending, ..Self::decided(0.0, max_points) }
    }

    /// Whether a trainer still has to decide.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.verdict == Verdict::Pending
    }

    /// Every part weighs the same.
    fn of_parts(parts: Vec<PartGrade>, max_points: u32) -> Self {
        let right = parts.iter().filter(|part| part.correct).count();
        let score = if parts.is_empty() { 0.0 } else { right as f32 / parts.len() as f32 };
        Self { parts, ..Self::decided(score, max_points) }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Correct,
    Partly,
    Wrong,
    /// A trainer decides.
    Pending,
}

/// One gap, pair, choice or place.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct PartGrade {
    /// Id of the gap, left entry, chosen option or step.
    pub id: String,
    pub correct: bool,
}

/// Something the learner should know beside the score.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// Accepted with one letter wrong.
    SpellingForgiven { part: String, typed: String, expected: String },
    /// Every step is there, but this procedure has one order only.
    OrderIsExact,
}

/// Compares a response with the key.
///
/// # Errors
/// The response does not fit the item, or the key does not (see [`GradeError::is_response_fault`]).
pub fn grade(item: &Item, key: &ItemKey, response: &Response) -> Result<Grade, GradeError> {
    grade_with(item, key, response, &is_common_word)
}

/// Like [`grade`], with the caller's dictionary: a typing slip is not forgiven when `is_word` knows what was typed.
pub fn grade_with(
    item: &Item,
    key: &ItemKey,
    response: &Response,
    is_word: &dyn Fn(&str) -> bool,
) -> Result<Grade, GradeError> {
    let points = item.points;
    match (&item.body, &key.answer, response) {
        (
            ItemBody::SingleChoice { options },
            Answer::SingleChoice { choice: key },
            Response::SingleChoice { choice },
        ) => single_choice::grade(options, key, choice, points),
        (
            ItemBody::MultiSelect { options, select },
            Answer::MultiSelect { choices: key },
            Response::MultiSelect { choices },
        ) => multi_select::grade(options, *select, key, choices, points),
        (ItemBody::Gap { pieces }, Answer::Gap { accepted }, Response::Gap { entries }) => {
            gap::grade(pieces, accepted, entries, points, is_word)
        }
        (ItemBody::Matching { left, right }, Answer::Matching { pairs: key }, Response::Matching { pairs }) => {
            matching::grade(left, right, key, pairs, points)
        }
        (
            ItemBody::StepOrdering { steps },
            Answer::StepOrdering { order: key, exact, precedence },
            Response::StepOrdering { order },
        ) => step_ordering::grade(steps, &step_ordering::Key { order: key, exact: *exact, precedence }, order, points),
        (ItemBody::TrueFalse {}, Answer::TrueFalse { value: key }, Response::TrueFalse { value }) => {
            Ok(Grade::decided(f32::from(u8::from(key == value)), points))
        }
        (
            ItemBody::TapEvidence { sentences },
            Answer::TapEvidence { choice: key },
            Response::TapEvidence { choice },
        ) => single_choice::grade(sentences, key, choice, points),
        (
            ItemBody::ShortAnswer { min_words, max_words },
            Answer::ShortAnswer { .. },
            Response::ShortAnswer { text },
        )
        | (ItemBody::Writing { min_words, max_words, .. }, Answer::Writing { .. }, Response::Writing { text }) => {
            short_answer::check(*min_words, *max_words, text, points)
        }
        (ItemBody::RolePlay { .. }, Answer::RolePlay { .. }, Response::RolePlay { text }) => {
            short_answer::check(1, u32::MAX, text, points)
        }
        (ItemBody::Flashcard { .. }, Answer::Flashcard { .. }, Response::Flashcard { recalled }) => {
            Ok(Grade::decided(f32::from(u8::from(*recalled)), points))
        }
        (body, answer, response) if body.item_type() == answer.item_type() => {
            grade_written(body, answer, response, points, is_word)
        }
        (body, answer, _) => Err(GradeError::KeyOfOtherType { item: body.item_type(), key: answer.item_type() }),
    }
}

/// Items whose places are filled or whose sentences are typed; key and item are of one type.
fn grade_written(
    body: &ItemBody,
    answer: &Answer,
    response: &Response,
    points: u32,
    is_word: &dyn Fn(&str) -> bool,
) -> Result<Grade, GradeError> {
    match (body, answer, response) {
        (
            ItemBody::GapSelect { pieces, options },
            Answer::GapSelect { choices: key },
            Response::GapSelect { choices },
        ) => placed::grade_selected(pieces, options, key, choices, points),
        (
            ItemBody::CategorySort { categories, entries },
            Answer::CategorySort { groups: key },
            Response::CategorySort { groups },
        ) => placed::grade_sorted(categories, entries, key, groups, points),
        (
            ItemBody::WordBank { pieces, words },
            Answer::WordBank { words: key },
            Response::WordBank { words: given },
        ) => placed::grade_bank(pieces, words, key, given, points),
        (ItemBody::FormFill { fields, .. }, Answer::FormFill { accepted }, Response::FormFill { entries }) => {
            form::grade(fields, accepted, entries, points, is_word)
        }
        (ItemBody::Dictation { .. }, Answer::Dictation { text: key }, Response::Dictation { text })
        | (ItemBody::ReadAloud { .. }, Answer::ReadAloud { text: key }, Response::ReadAloud { heard: text }) => {
            sentence::grade_words(key, text, points)
        }
        (ItemBody::Transformation { .. }, Answer::Transformation { accepted }, Response::Transformation { text })
        | (
            ItemBody::ErrorCorrection { .. },
            Answer::ErrorCorrection { accepted, .. },
            Response::ErrorCorrection { text },
        ) => sentence::grade_sentence(accepted, text, points, is_word),
        (body, _, response) => Err(GradeError::WrongType { expected: body.item_type(), given: response.item_type() }),
    }
}
