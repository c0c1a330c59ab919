//! The measured level of what learners read in a lesson, the way it stands on the page.
//!
//! The lesson's level is that of its reading: all sentences of it, ours and the SOP's. The dialogue is measured beside it:
//! short turns of speech lie below the scale that was learned from articles (a B2 conversation of a teacher's guide measures
//! 2.5), so it must not be harder than the level. The words of both count for the vocabulary budget.
//!
//! Headings, rows of tables, fields of forms ("App used: none") and things on a list are no sentences: they have no level.
//!
//! A reading has two scores. Whether it is too hard is asked of the one without approved, taught and glossed words, because
//! the reader is helped with those. Help makes no text easier than it is printed: whether it is too easy is asked of the
//! score with all of its words.

use std::collections::{BTreeSet, HashSet};

use course_format::Level;
use course_format::course::{Dialogue, LineRole, Reading, ReadingLine, VocabularyEntry};

use crate::engine::english::text::{sentence, word_count};
use crate::engine::english::words::is_finite;
use crate::engine::library::Library;
use crate::engine::rewrite::base_form;

/// How far from the level that was asked for a text may be (half a level of the CEFR scale).
pub const TOLERANCE: f32 = 0.5;

/// Words of every first lesson, which lists of written English call rare.
pub const GREETINGS: [&str; 6] = ["oh", "goodbye", "hello", "bye", "sorry", "thanks"];

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The reading for those who know what is taught and glossed, on the scale A1 = 1 to C2 = 6.
    pub score: f32,
    /// The reading as it is printed.
    pub as_printed: f32,
    pub within_half_a_level: bool,
    /// Share of content words above the level that are neither taught nor explained beside the text.
    pub share_above: f32,
    pub words_above: Vec<String>,
}

/// The approved terms that this text can have, in any form: an SOP of a hundred pages has more of them than a lesson needs.
pub fn approved_in<'a>(library: &'a Library, text: &str) -> Vec<&'a str> {
    let opening = |word: &str| word.chars().take(2).flat_map(char::to_lowercase).collect::<String>();
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: HashSet<String> = text.split([' ', '\n', '-', '/']).map(|w| opening(&bare(w))).collect();
    let terms = library.documents().iter().flat_map(|d| &d.terms).map(|t| t.term.as_str());
    // "feet" and "foot" share their first letter only: short terms are kept.
    terms
        .filter(|t| t.len() <= 5 || t.split([' ', '-', '/']).next().is_some_and(|w| words.contains(&opening(&bare(w)))))
        .collect()
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
    let all: Vec<&ReadingLine> = lines.collect();
    let told: Vec<&ReadingLine> = all.iter().copied().filter(|l| !is_label(l)).collect();
    let lines = if told.is_empty() { all } else { told };
    // Each line stands by itself on the page: without a full stop an entry of a list would run into the next one.
    let lines: Vec<String> = lines.into_iter().map(|l| sentence(&l.text.text)).collect();
    let read = lines.join("\n");
    let spoken: Vec<&str> = dialogue.iter().flat_map(|d| &d.turns).map(|t| t.text.text.as_str()).collect();
    let spoken = spoken.join("\n");
    let text = format!("{read}\n{spoken}");
    let taught: Vec<&str> =
        approved_in(library, &text).into_iter().chain(vocabulary.iter().map(|v| v.term.as_str())).collect();
    let glossed = reading.glosses.iter().map(|g| g.word.as_str());
    let target = cefr::Level::from_score(level.score());
    let exempt = cefr::Exempt::new(taught.iter().copied().chain(glossed));
    let fit = cefr::fits(&text, target, &exempt);
    let score = if spoken.is_empty() { fit.measurement.score } else { cefr::score(&read, &exempt).score };
    let dialogue_is_no_harder = spoken.is_empty() || cefr::score(&spoken, &exempt).score <= level.score() + TOLERANCE;
    // A gloss may explain a term of several words, in any of its forms.
    let known: BTreeSet<String> = reading.glosses.iter().map(|g| base_form(&g.word)).collect();
    let above: Vec<String> = fit
        .words_above
        .iter()
        .filter_map(|w| text.get(w.span.clone()).map(str::to_lowercase))
        .filter(|w| !known.contains(&base_form(w)) && !is_sign(w) && !GREETINGS.contains(&w.as_str()))
        .collect();
    // Glossed words are words of the text: they count in the whole, but not as words above the level.
    let content_words = cefr::content_words(&text, &cefr::Exempt::new(&taught));
    let share_above = above.len() as f32 / (content_words as f32).max(1.0);
    let words_above: Vec<String> = above.into_iter().collect::<BTreeSet<String>>().into_iter().collect();
    let as_printed = cefr::score(&read, &cefr::Exempt::none()).score.max(score);
    // A table of limits has no sentence that could be too hard or too easy.
    let off = if read.is_empty() { 0.0 } else { off(score, as_printed, level) };
    Measured {
        score,
        as_printed,
        within_half_a_level: off <= TOLERANCE && dialogue_is_no_harder,
        share_above,
        words_above,
    }
}

/// "Z report", "ng/µL", "mS/cm": a letter or a unit is no word to learn.
fn is_sign(word: &str) -> bool {
    word.chars().count() == 1 || matches!(word, "cm" | "mm" | "km" | "ng" | "mg" | "kg" | "ml" | "ms" | "ph")
}

/// "App used: none", "Vacuum cleaner": a field of a form or a thing on a list. It is no sentence and has no level.
fn is_label(line: &ReadingLine) -> bool {
    const LABEL: usize = 7;
    let text = line.text.text.trim_end();
    let field = text.split_once(": ").is_some_and(|(name, _)| word_count(name) <= 2);
    let ends = text.ends_with(['.', '!', '?', ':', '”', '"']);
    let says = text.split(' ').any(is_finite);
    line.role == LineRole::Text && !ends && !says && (field || word_count(text) <= LABEL)
}

/// How far a reading with these two scores is from the level.
pub fn off(score: f32, as_printed: f32, level: Level) -> f32 {
    (score - level.score()).max(level.score() - as_printed).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_forms_are_no_sentences() {
        let line = |text: &str| ReadingLine {
            id: uuid::Uuid::nil(),
            label: None,
            role: LineRole::Text,
            text: course_format::course::Proven {
                text: text.to_owned(),
                relation: course_format::course::Relation::Quote,
                provenance: Vec::new(),
            },
        };
        for label in ["App used: Booking App (planning) / Form App", "No app used", "Vacuum cleaner"] {
            assert!(is_label(&line(label)), "{label}");
        }
        for told in
            ["The lid is closed", "Close the lid.", "Glass cleaner that has been diluted with two litres of water"]
        {
            assert!(!is_label(&line(told)), "{told}");
        }
    }

    #[test]
    fn help_excuses_hard_words_and_makes_no_text_easier() {
        assert!(off(2.2, 3.4, Level::A2) < TOLERANCE, "hard words that are explained");
        assert!(off(2.9, 3.4, Level::A2) > TOLERANCE, "hard even with the words explained");
        assert!(off(2.9, 3.8, Level::B2) < TOLERANCE, "terms that the learners still have to read");
        assert!(off(2.4, 2.9, Level::B2) > TOLERANCE, "easy with all of its words");
    }
}
