//! Of several wordings of a lesson, the one that is nearest to the level. What is still off is flagged by the report.

use course_format::Level;
use course_format::course::{Reading, VocabularyEntry};

use super::library::Library;
use super::verify::level::{measure, off};

/// How far the level may be missed before another wording is looked for.
const NEAR: f32 = 0.3;

/// How far the reading is from the level and from its vocabulary budget: smaller is better.
pub fn distance(library: &Library, reading: &Reading, vocabulary: &[VocabularyEntry], level: Level) -> f32 {
    let measured = measure(library, reading, None, vocabulary, level);
    let off = (off(measured.score, measured.as_printed, level) - NEAR).max(0.0);
    let words = (measured.share_above - cefr::MAX_SHARE_ABOVE).max(0.0);
    off + words
}
