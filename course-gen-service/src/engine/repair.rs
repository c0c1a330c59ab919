//! Of several wordings of a lesson, the one that is nearest to the level. What is still off is flagged by the report.

use course_format::Level;
use course_format::course::{Reading, VocabularyEntry};

use super::library::Library;
use super::verify::level::measure;

/// The plain reading where it fits; otherwise the wording with the smallest distance from the level, the plain one first.
pub fn nearest(
    library: &Library,
    level: Level,
    vocabulary: &[VocabularyEntry],
    plain: Reading,
    other: Option<Reading>,
) -> Reading {
    let Some(other) = other else { return plain };
    let distance = |reading: &Reading| measure(library, reading, None, vocabulary, level).distance(level);
    if distance(&other) < distance(&plain) { other } else { plain }
}
