//! Measured CEFR: the level of words, sentences and texts, with reasons.

mod analysis;
mod budget;
mod classes;
mod exempt;
mod features;
mod grammar;
mod level;
mod lexicon;
mod measure;
mod model;
mod morphology;
mod parts;
mod segment;
pub mod simplify;
mod table;
mod token;

pub use budget::{Fit, MAX_SHARE_ABOVE, fits};
pub use exempt::Exempt;
pub use grammar::GrammarPoint;
pub use level::{Level, UnknownLevel};
pub use lexicon::{PartOfSpeech, Word, WordKind, can_be, lemma, level, word, word_as, word_count, zipf};
pub use measure::{
    GrammarUse, Measurement, Score, Sentence, WordAbove, measure, measure_against, score, score_sentence,
};
pub use morphology::{Form, inflect};
pub use segment::{MAX_SENTENCE, Sentences, sentences};
pub use token::{Token, TokenKind, Tokens, tokens};

/// Reads the embedded model, so that the first text does not pay for it. Takes about a millisecond.
pub fn warm_up() {
    model::model();
    parts::load();
    classes::Classes::of("warm");
}

/// What the training script reads: see `cefr features`.
#[doc(hidden)]
pub mod training {
    use crate::exempt::Exempt;
    use crate::measure::Meter;
    use crate::parts;

    /// The names of the features, in their order.
    pub fn names() -> Vec<&'static str> {
        crate::features::names()
    }

    /// Number of words and raw score of each sentence of a text.
    pub fn raw_scores(text: &str) -> Vec<(usize, f32)> {
        crate::measure::raw_scores(text)
    }

    /// The features of a sentence, and the parts of its words, separated by spaces.
    pub fn features(sentence: &str) -> (Vec<f32>, String) {
        let exempt = Exempt::none();
        let mut meter = Meter::new(&exempt);
        meter.analyse(sentence);
        let mut text = String::new();
        for item in meter.analysis.items.iter().filter(|item| item.is_word()) {
            parts::each_part(meter.analysis.lower(item), |part| {
                text.push_str(&String::from_utf8_lossy(part));
                text.push(' ');
            });
            text.push(' ');
        }
        (meter.features, text)
    }
}
