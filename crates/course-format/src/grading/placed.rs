//! Options put into places: a word into each gap, an entry into each category. The score is the share of places that
//! are right; a place left empty is an answer that is not complete.

use std::collections::{BTreeMap, BTreeSet};

use super::{Grade, GradeError, PartGrade};
use crate::course::{Choice, GapPiece};

/// The ids of the gaps in reading order.
pub(super) fn gaps(pieces: &[GapPiece]) -> Vec<&str> {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            GapPiece::Gap { id, .. } => Some(id.as_str()),
            GapPiece::Text { .. } => None,
        })
        .collect()
}

/// Every gap takes one of its own options.
pub(super) fn grade_selected(
    pieces: &[GapPiece],
    options: &BTreeMap<String, Vec<Choice>>,
    key: &BTreeMap<String, String>,
    given: &BTreeMap<String, String>,
    points: u32,
) -> Result<Grade, GradeError> {
    let none = Vec::new();
    grade(&gaps(pieces), "gap", |gap| options.get(gap).unwrap_or(&none), key, given, points)
}

/// Every gap takes a word of the bank, each word once at most.
pub(super) fn grade_bank(
    pieces: &[GapPiece],
    words: &[Choice],
    key: &BTreeMap<String, String>,
    given: &BTreeMap<String, String>,
    points: u32,
) -> Result<Grade, GradeError> {
    let mut used = BTreeSet::new();
    if let Some(twice) = given.values().find(|word| !used.insert(*word)) {
        return Err(GradeError::duplicate("word", twice));
    }
    grade(&gaps(pieces), "gap", |_| words, key, given, points)
}

/// Every entry goes into one category.
pub(super) fn grade_sorted(
    categories: &[Choice],
    entries: &[Choice],
    key: &BTreeMap<String, String>,
    given: &BTreeMap<String, String>,
    points: u32,
) -> Result<Grade, GradeError> {
    let places: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
    grade(&places, "entry", |_| categories, key, given, points)
}

fn grade<'a>(
    places: &[&str],
    what: &'static str,
    allowed: impl Fn(&str) -> &'a [Choice],
    key: &BTreeMap<String, String>,
    given: &BTreeMap<String, String>,
    points: u32,
) -> Result<Grade, GradeError> {
    if let Some(unknown) = given.keys().find(|id| !places.contains(&id.as_str())) {
        return Err(GradeError::unknown(what, unknown));
    }
    let mut parts = Vec::with_capacity(places.len());
    for place in places {
        let choice = given.get(*place).ok_or_else(|| GradeError::missing(what, place))?;
        if !allowed(place).iter().any(|option| &option.id == choice) {
            return Err(GradeError::unknown("option", choice));
        }
        let wanted = key.get(*place).ok_or(GradeError::BrokenKey { reason: "a place has no right option" })?;
        parts.push(PartGrade { id: (*place).to_owned(), correct: choice == wanted });
    }
    Ok(Grade::of_parts(parts, points))
}
