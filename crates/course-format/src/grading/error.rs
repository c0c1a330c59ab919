use std::collections::BTreeSet;

use crate::course::{Choice, ItemType};

/// Longest id that is repeated in an error; a response may hold ids of any length.
const SHOWN_ID_CHARS: usize = 64;

/// Why a response got no grade.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum GradeError {
    #[error("this item needs an answer of the type {expected}, not {given}")]
    WrongType { expected: ItemType, given: ItemType },
    #[error("the item has no {what} with the id {id:?}")]
    UnknownId { what: &'static str, id: String },
    #[error("the {what} {id:?} is used more than once")]
    Duplicate { what: &'static str, id: String },
    #[error("the {what} {id:?} is missing from the answer")]
    Missing { what: &'static str, id: String },
    #[error("choose exactly {expected}; this answer has {given}")]
    SelectCount { expected: usize, given: usize },
    #[error("the {what} is longer than {max_chars} characters")]
    TooLong { what: &'static str, max_chars: usize },
    #[error("write {min} to {max} words; this answer has {words}")]
    WordCount { words: usize, min: u32, max: u32 },
    /// The course is broken, not the response.
    #[error("the item is of the type {item}, its key of the type {key}")]
    KeyOfOtherType { item: ItemType, key: ItemType },
    /// The course is broken, not the response.
    #[error("the key does not fit the item: {reason}")]
    BrokenKey { reason: &'static str },
}

impl GradeError {
    /// A stable name for problem details.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongType { .. } => "wrong_type",
            Self::UnknownId { .. } => "unknown_id",
            Self::Duplicate { .. } => "duplicate",
            Self::Missing { .. } => "missing",
            Self::SelectCount { .. } => "select_count",
            Self::TooLong { .. } => "too_long",
            Self::WordCount { .. } => "word_count",
            Self::KeyOfOtherType { .. } | Self::BrokenKey { .. } => "broken_key",
        }
    }

    /// True when the learner can mend the answer (a 4xx), false when the course itself is broken (a 5xx).
    #[must_use]
    pub fn is_response_fault(&self) -> bool {
        !matches!(self, Self::KeyOfOtherType { .. } | Self::BrokenKey { .. })
    }

    pub(super) fn unknown(what: &'static str, id: &str) -> Self {
        Self::UnknownId { what, id: shown(id) }
    }

    pub(super) fn duplicate(what: &'static str, id: &str) -> Self {
        Self::Duplicate { what, id: shown(id) }
    }

    pub(super) fn missing(what: &'static str, id: &str) -> Self {
        Self::Missing { what, id: shown(id) }
    }
}

fn shown(id: &str) -> String {
    id.chars().take(SHOWN_ID_CHARS).collect()
}

/// Every id of `given` is one of `choices`, and none comes twice.
pub(super) fn check_ids<'a>(
    what: &'static str,
    choices: &[Choice],
    given: impl IntoIterator<Item = &'a String>,
) -> Result<(), GradeError> {
    let mut seen = BTreeSet::new();
    for id in given {
        if !choices.iter().any(|choice| &choice.id == id) {
            return Err(GradeError::unknown(what, id));
        }
        if !seen.insert(id) {
            return Err(GradeError::duplicate(what, id));
        }
    }
    Ok(())
}
