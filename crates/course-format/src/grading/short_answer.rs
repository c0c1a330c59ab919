//! Open answers: a person decides. The machine checks the length, so that the learner hears about it at once, and
//! counts the points of the rubric that it can find, so that the trainer starts from something.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::normalise::normalise;
use super::{Grade, GradeError};
use crate::course::RubricPoint;

/// Longest answer that is taken.
pub const MAX_ANSWER_CHARS: usize = 10_000;

/// What the rubric finds in an answer.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct Suggestion {
    pub points: u32,
    pub max: u32,
    /// The rubric points that were found, in the rubric's order.
    pub found: Vec<FoundPoint>,
}

/// A rubric point and the words that gave it away.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct FoundPoint {
    /// Place in the rubric, from 0.
    pub index: usize,
    pub description: String,
    /// The word or phrase of the rubric that the answer holds.
    pub token: String,
    pub points: u32,
}

pub(super) fn check(min: u32, max: u32, text: &str, points: u32) -> Result<Grade, GradeError> {
    if text.chars().nth(MAX_ANSWER_CHARS).is_some() {
        return Err(GradeError::TooLong { what: "answer", max_chars: MAX_ANSWER_CHARS });
    }
    let words = count_words(text);
    let fits = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
    if words < fits(min) || words > fits(max) {
        return Err(GradeError::WordCount { words, min, max });
    }
    Ok(Grade::waiting(points))
}

/// Words as a learner counts them: what stands between spaces and holds a letter or a digit.
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Which points of the rubric the answer seems to make. Words match in their regular forms ("gloves" finds "glove"), a
/// phrase only as a whole. Only a suggestion: a rubric cannot see that a point was denied.
#[must_use]
pub fn suggest_score(answer: &str, rubric: &[RubricPoint]) -> Suggestion {
    let answer: String = answer.chars().take(MAX_ANSWER_CHARS).collect();
    let words = stems(&answer);
    let found: Vec<FoundPoint> = rubric
        .iter()
        .enumerate()
        .filter_map(|(index, point)| {
            let token = point.tokens.iter().find(|token| holds(&words, &stems(token)))?;
            Some(FoundPoint {
                index,
                description: point.description.clone(),
                token: token.clone(),
                points: point.points,
            })
        })
        .collect();
    let sum = |points: &mut dyn Iterator<Item = u32>| points.fold(0, u32::saturating_add);
    Suggestion {
        points: sum(&mut found.iter().map(|point| point.points)),
        max: sum(&mut rubric.iter().map(|point| point.points)),
        found,
    }
}

fn holds(words: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

/// Normalised words without their regular endings, so that number and tense do not hide a point.
fn stems(text: &str) -> Vec<String> {
    normalise(text)
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '°' | '%' | '\'')))
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect()
}

fn stem(word: &str) -> String {
    let stem = ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3))
        .unwrap_or(word);
    stem.strip_suffix('e').filter(|short| short.chars().count() >= 3).unwrap_or(stem).to_owned()
}
