//! Does a text keep to its level, and if not, which words break it?

use serde::Serialize;

use crate::exempt::Exempt;
use crate::level::Level;
use crate::measure::{Measurement, Meter, WordAbove, measure_against};
use crate::segment::sentences;
use crate::simplify::Simplifier;

/// The answer of [`fits`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// Within half a level of the target, and no more than 5% of the content words above it.
    pub fits: bool,
    /// The score lies within half a level of the target.
    pub within_half_a_level: bool,
    /// Share of content words above the target, 0.0 to 1.0; exempt terms, names and numbers are no content words.
    pub share_above: f32,
    pub content_words: usize,
    /// The words above the target, in order.
    pub words_above: Vec<WordAbove>,
    /// For each of the words above, simpler ones at or below the target, in the form the place asks for; empty unless
    /// the question was asked with [`fits_with`].
    pub simpler: Vec<Vec<String>>,
    pub measurement: Measurement,
}

/// Content words above the target level that a text may have without a gloss.
pub const MAX_SHARE_ABOVE: f32 = 0.05;

/// Asks whether a text is at a level: its score within half a level, and which content words are above it.
///
/// ```
/// use cefr::{Exempt, Level, fits};
/// let answer = fits("Disinfect the corrosive residue.", Level::A1, &Exempt::none());
/// assert!(!answer.fits);
/// assert!(answer.words_above.len() >= 2);
/// ```
pub fn fits(text: &str, target: Level, exempt: &Exempt) -> Fit {
    let measurement = measure_against(text, target, exempt);
    let words_above: Vec<WordAbove> =
        measurement.sentences.iter().flat_map(|sentence| sentence.words_above.iter().cloned()).collect();
    let content_words = content_words(text, exempt);
    let share_above = words_above.len() as f32 / (content_words as f32).max(1.0);
    let within_half_a_level = (measurement.score - target.score()).abs() <= 0.5;
    Fit {
        fits: within_half_a_level && share_above <= MAX_SHARE_ABOVE,
        within_half_a_level,
        share_above,
        content_words,
        simpler: vec![Vec::new(); words_above.len()],
        words_above,
        measurement,
    }
}

/// Asks as [`fits`] does, and names simpler words for those above the target.
pub fn fits_with(text: &str, target: Level, exempt: &Exempt, simplifier: &Simplifier) -> Fit {
    let mut fit = fits(text, target, exempt);
    fit.simpler = fit.words_above.iter().map(|word| simplifier.suggest(text, word, target)).collect();
    fit
}

/// The content words of a text that the lexicon knows; exempt terms, names and numbers are none.
pub fn content_words(text: &str, exempt: &Exempt) -> usize {
    let mut meter = Meter::new(exempt);
    let mut count = 0;
    for span in sentences(text) {
        let Some(piece) = text.get(span) else {
            continue;
        };
        meter.analysis.fill(piece, exempt);
        count += meter.analysis.items.iter().filter(|item| item.is_vocabulary() && item.level > 0.0).count();
    }
    count
}
