//! Whole sentences that the learner types: dictation, transformation, error correction, reading aloud.
//!
//! Dictation and reading aloud are compared word by word (longest common subsequence), so that one missed word costs one
//! word. The other two are right or wrong: what they train is exactly the form.

use super::normalise::normalise;
use super::{Grade, GradeError, MAX_ANSWER_CHARS, Note, spelling};

/// The share of the words that were written, in order; numbers weigh like words but are never forgiven.
pub(super) fn grade_words(expected: &str, given: &str, points: u32) -> Result<Grade, GradeError> {
    let given = checked(given)?;
    let (expected, given) = (words(expected), words(&given));
    if expected.is_empty() {
        return Err(GradeError::BrokenKey { reason: "there is nothing to write down" });
    }
    let longest = expected.len().max(given.len()) as f32;
    Ok(Grade::decided(common(&expected, &given) as f32 / longest, points))
}

/// Right when it is one of the accepted sentences; one typing slip is forgiven and said.
pub(super) fn grade_sentence(
    accepted: &[String],
    given: &str,
    points: u32,
    is_word: &dyn Fn(&str) -> bool,
) -> Result<Grade, GradeError> {
    let given = checked(given)?;
    let typed = normalise(&given);
    if accepted.is_empty() {
        return Err(GradeError::BrokenKey { reason: "no sentence is accepted" });
    }
    if accepted.iter().any(|sentence| normalise(sentence) == typed) {
        return Ok(Grade::decided(1.0, points));
    }
    let own: Vec<String> = accepted.iter().flat_map(|s| words(s)).collect();
    let is_word = |word: &str| own.iter().any(|w| w == word) || is_word(word);
    let slip = accepted.iter().find(|s| one_slip(&words(s), &words(&given), &is_word));
    Ok(match slip {
        Some(expected) => {
            let note = Note::SpellingForgiven { part: String::new(), typed: given, expected: expected.clone() };
            Grade { notes: vec![note], ..Grade::decided(1.0, points) }
        }
        None => Grade::decided(0.0, points),
    })
}

/// All words are the same but one, and that one is a slip of the keyboard.
fn one_slip(expected: &[String], given: &[String], is_word: &dyn Fn(&str) -> bool) -> bool {
    if expected.len() != given.len() {
        return false;
    }
    let mut different = expected.iter().zip(given).filter(|(a, b)| a != b);
    match (different.next(), different.next()) {
        (Some((wanted, typed)), None) => spelling::is_slip(wanted, typed, is_word),
        _ => false,
    }
}

fn checked(given: &str) -> Result<String, GradeError> {
    if given.chars().nth(MAX_ANSWER_CHARS).is_some() {
        return Err(GradeError::TooLong { what: "answer", max_chars: MAX_ANSWER_CHARS });
    }
    Ok(given.trim().to_owned())
}

fn words(text: &str) -> Vec<String> {
    normalise(text)
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '"' | '(' | ')')).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

/// Length of the longest common subsequence. Answers are at most [`MAX_ANSWER_CHARS`] long, keys a sentence.
fn common(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
