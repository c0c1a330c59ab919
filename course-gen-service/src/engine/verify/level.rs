//! The measured level of what learners read in a lesson: the reading and the dialogue, the way they stand on the page.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Dialogue, LineRole, Reading, VocabularyEntry};

use crate::engine::library::Library;
use crate::engine::rewrite::base_form;

/// How far from the level that was asked for a text may be (half a level of the CEFR scale).
pub const TOLERANCE: f32 = 0.5;

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// On the scale A1 = 1 to C2 = 6.
    pub score: f32,
    pub within_half_a_level: bool,
    /// Share of content words above the level that are neither taught nor explained beside the text.
    pub share_above: f32,
    pub words_above: Vec<String>,
}

impl Measured {
    /// Within half a level, and the vocabulary budget kept.
    pub fn fits(&self) -> bool {
        self.within_half_a_level && self.share_above <= cefr::MAX_SHARE_ABOVE
    }

    /// How far it is from fitting: smaller is better.
    pub fn distance(&self, level: Level) -> f32 {
        let off = (self.score - level.score()).abs() - TOLERANCE;
        off.max(0.0) + (self.share_above - cefr::MAX_SHARE_ABOVE).max(0.0)
    }
}

/// Measures sentences: headings and rows of tables are none. Approved terms and the lesson's vocabulary are exempt, and
/// so are words whose meaning stands beside the text, because the reader need not know them.
pub fn measure(
    library: &Library,
    reading: &Reading,
    dialogue: Option<&Dialogue>,
    vocabulary: &[VocabularyEntry],
    level: Level,
) -> Measured {
    let lines = reading.lines.iter().filter(|l| l.role != LineRole::Heading && !l.text.text.contains('|'));
    let turns = dialogue.iter().flat_map(|d| &d.turns).map(|t| t.text.text.as_str());
    let text: Vec<&str> = lines.map(|l| l.text.text.as_str()).chain(turns).collect();
    let text = text.join("\n");
    let approved = library.documents().iter().flat_map(|d| &d.terms).map(|t| t.term.as_str());
    let taught: Vec<&str> = approved.chain(vocabulary.iter().map(|v| v.term.as_str())).collect();
    let glossed = reading.glosses.iter().map(|g| g.word.as_str());
    let target = cefr::Level::from_score(level.score());
    let fit = cefr::fits(&text, target, &cefr::Exempt::new(&taught));
    let score = cefr::score(&text, &cefr::Exempt::new(taught.iter().copied().chain(glossed))).score;
    let known: BTreeSet<String> = reading.glosses.iter().map(|g| base_form(&g.word)).collect();
    let above: Vec<String> = fit
        .words_above
        .iter()
        .filter_map(|w| text.get(w.span.clone()).map(str::to_lowercase))
        .filter(|w| !known.contains(&base_form(w)))
        .collect();
    let share_above = above.len() as f32 / (fit.content_words as f32).max(1.0);
    let words_above: Vec<String> = above.into_iter().collect::<BTreeSet<String>>().into_iter().collect();
    Measured { score, within_half_a_level: (score - level.score()).abs() <= TOLERANCE, share_above, words_above }
}
