//! How hard the SOP's own English is, clause by clause and as a whole.

use std::collections::BTreeMap;

use cefr::Exempt;
use course_format::{
    Level,
    sop::{Clause, ClauseKind},
};

/// Names, numbers and single words have no level of their own.
const ENOUGH_WORDS: usize = 3;

pub fn of_clause(text: &str, kind: ClauseKind) -> Option<Level> {
    if matches!(kind, ClauseKind::Heading | ClauseKind::TableRow) {
        return None;
    }
    let measured = cefr::score(text, &Exempt::none());
    (measured.words >= ENOUGH_WORDS).then(|| band(measured.band))
}

/// Of the document's sentences together: what a learner meets who reads all of it.
pub fn of_document(clauses: &[Clause]) -> Option<Level> {
    let sentences = clauses.iter().filter(|c| c.level.is_some()).map(|c| c.text.as_str());
    let text = sentences.collect::<Vec<_>>().join("\n\n");
    let measured = cefr::score(&text, &Exempt::none());
    (measured.words >= ENOUGH_WORDS).then(|| band(measured.band))
}

pub fn distribution(clauses: &[Clause]) -> BTreeMap<Level, usize> {
    let mut levels = BTreeMap::new();
    for level in clauses.iter().filter_map(|c| c.level) {
        *levels.entry(level).or_default() += 1;
    }
    levels
}

fn band(level: cefr::Level) -> Level {
    match level {
        cefr::Level::A1 => Level::A1,
        cefr::Level::A2 => Level::A2,
        cefr::Level::B1 => Level::B1,
        cefr::Level::B2 => Level::B2,
        cefr::Level::C1 => Level::C1,
        cefr::Level::C2 => Level::C2,
    }
}
