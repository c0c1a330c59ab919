//! Typed gaps: right when the entry is an accepted wording after [`normalise`], or one typing slip away from it where a
//! slip cannot change the meaning (see [`spelling`]). An empty gap is wrong, not an error: the learner did not know.

use std::collections::{BTreeMap, BTreeSet};

use super::normalise::normalise;
use super::spelling;
use super::{Grade, GradeError, Note, PartGrade};
use crate::course::GapPiece;

/// Longest entry that is looked at.
pub const MAX_GAP_CHARS: usize = 200;

pub(super) fn grade(
    pieces: &[GapPiece],
    accepted: &BTreeMap<String, Vec<String>>,
    entries: &BTreeMap<String, String>,
    points: u32,
    is_word: &dyn Fn(&str) -> bool,
) -> Result<Grade, GradeError> {
    let gaps: Vec<&str> = pieces.iter().filter_map(gap_id).collect();
    check(&gaps, entries)?;

    let own_words = words_of_item(pieces, accepted);
    let is_word = |word: &str| own_words.contains(word) || is_word(word);
    let mut parts = Vec::with_capacity(gaps.len());
    let mut notes = Vec::new();
    for gap in gaps {
        let entry = entries.get(gap).ok_or_else(|| GradeError::missing("gap", gap))?;
        let wordings = accepted
            .get(gap)
            .filter(|wordings| !wordings.is_empty())
            .ok_or(GradeError::BrokenKey { reason: "a gap has no accepted wording" })?;
        let judgement = judge(entry, wordings, &is_word);
        parts.push(PartGrade { id: gap.to_owned(), correct: judgement != Judgement::Wrong });
        if let Judgement::Slip(expected) = judgement {
            let (part, typed) = (gap.to_owned(), entry.trim().to_owned());
            notes.push(Note::SpellingForgiven { part, typed, expected: expected.to_owned() });
        }
    }
    Ok(Grade { notes, ..Grade::of_parts(parts, points) })
}

fn gap_id(piece: &GapPiece) -> Option<&str> {
    match piece {
        GapPiece::Gap { id, .. } => Some(id),
        GapPiece::Text { .. } => None,
    }
}

fn check(gaps: &[&str], entries: &BTreeMap<String, String>) -> Result<(), GradeError> {
    for (id, entry) in entries {
        if !gaps.contains(&id.as_str()) {
            return Err(GradeError::unknown("gap", id));
        }
        if entry.chars().nth(MAX_GAP_CHARS).is_some() {
            return Err(GradeError::TooLong { what: "gap", max_chars: MAX_GAP_CHARS });
        }
    }
    Ok(())
}

/// Words that this item itself uses are real words, whatever the dictionary knows.
fn words_of_item(pieces: &[GapPiece], accepted: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
    let shown = pieces.iter().filter_map(|piece| match piece {
        GapPiece::Text { text } => Some(text),
        GapPiece::Gap { .. } => None,
    });
    shown
        .chain(accepted.values().flatten())
        .flat_map(|text| spelling::words(&normalise(text)).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[derive(Debug, PartialEq)]
enum Judgement<'a> {
    Right,
    /// One slip away from this wording.
    Slip(&'a str),
    Wrong,
}

fn judge<'a>(entry: &str, wordings: &'a [String], is_word: &dyn Fn(&str) -> bool) -> Judgement<'a> {
    let typed = normalise(entry);
    let normal: Vec<String> = wordings.iter().map(|wording| normalise(wording)).collect();
    if typed.is_empty() {
        return Judgement::Wrong;
    }
    if normal.contains(&typed) {
        return Judgement::Right;
    }
    normal
        .iter()
        .zip(wordings)
        .find(|(expected, _)| spelling::is_slip(expected, &typed, is_word))
        .map_or(Judgement::Wrong, |(_, wording)| Judgement::Slip(wording))
}
