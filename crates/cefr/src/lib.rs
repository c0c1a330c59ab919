//! Measured CEFR: the level of English words, sentences and texts, with reasons.
//!
//! Scores run from 1.0 (A1) to 6.0 (C2); a band begins half a level below its middle. Nothing here touches the network;
//! only [`simplify`] opens files, and only when it is given a folder.
//!
//! ```
//! use cefr::{Exempt, Level, fits, level, measure};
//!
//! assert_eq!(level("children"), Some(Level::A1));
//! let measured = measure("If I had known, I would have disinfected the worktop.", &Exempt::none());
//! assert!(measured.score > 3.0);
//! assert!(!measured.sentences[0].grammar.is_empty());
//! assert!(fits("Wash your hands. Dry your hands.", Level::A1, &Exempt::none()).within_half_a_level);
//! ```
//!
//! # Method
//!
//! **Words.** A table of 220,000 word forms holds, for each, its frequency, its level by part of speech, and a learned
//! difficulty. A form is never harder than its base ("washed", "wash"); derived words and compounds are judged by what
//! they are made from; a word the list only calls "C2, by default" is judged by its frequency; and a word that neither
//! the list nor the frequencies know is unknown. Names, numbers and units have no level.
//!
//! **Sentences.** A linear model over about ninety named features: how frequent and how advanced the content words are,
//! length, function words, endings, and 35 grammar points found by patterns. To it is added the mean learned difficulty
//! of the words, from their vectors of meaning and from their parts ("cyto" is hard, "_see" is easy). It was fitted on
//! the mean of two annotators. Ridge predictions shrink toward the middle, so a straight line stretches them again;
//! the line was chosen on out-of-fold predictions for agreement with both annotators.
//!
//! Models compared on out-of-fold predictions for train and dev (`training/compare.py`): correlation with the mean of
//! both annotators, and mean quadratic weighted kappa (QWK) against each of them:
//!
//! | model | r | QWK |
//! |---|---|---|
//! | the features alone, linear | 0.815 | 0.715 |
//! | the features alone, boosted trees | 0.818 | 0.714 |
//! | features and vectors of meaning, linear | 0.842 | 0.741 |
//! | features and word parts, linear | 0.852 | 0.745 |
//! | features, word parts and vectors of meaning, linear (this one) | 0.858 | 0.752 |
//!
//! Trees on the same features gain nothing; knowing words does. The price is 21,000 weights of word parts beside the
//! ninety of the features, and one number per word in the table. All of it stays additive: each word's share in a score
//! can be looked up.
//!
//! **Texts.** The mean of the raw sentence scores, weighted by length, mapped through a rising curve: plain means are
//! compressed (graded readers from A1 to C2 lie between 1.2 and 4.3). A text of one to four sentences is judged partly
//! or wholly as its sentences are. Length weighting keeps headings and list items from deciding.
//!
//! **Confidence** falls with fewer words, unknown words, other scripts, missing function words (not English) and
//! sentences beyond eighty words. Text without any English word has score 1.0 and confidence 0.
//!
//! # Agreement with people
//!
//! `cefr eval DATA` prints these figures. On the test part of CEFR-SP's Wiki-Auto sentences, which was not used in
//! training: quadratic weighted kappa 0.758 and 0.709 against the two annotators (0.675 between them), within one level
//! 99.6%. Counted strictly against one annotator at a time, macro-F1 is 0.53 and 0.46 (the annotators reach 0.40 with each
//! other); where either annotator's level is right, 0.77. On OneStopEnglish, 98.8% of pairs of versions are in order.
//!
//! # Data and licences
//!
//! Word levels: cefrpy (MIT). Frequencies: wordfreq (CC BY-SA 4.0). Sentences: CEFR-SP, Wiki-Auto part (CC BY-SA 3.0).
//! Vectors of meaning: all-MiniLM-L6-v2 (Apache 2.0). See `NOTICE`. Only words' hashes, numbers and weights are part of
//! the crate. `training/` makes them again, exactly.
//!
//! # Limits
//!
//! - The sentences that the model learned from are from Wikipedia, with few at A1 and C2; dialogue and instructions were
//!   checked on passages and sentences written for this crate, not on published ones.
//! - The level of whole texts was calibrated on the means of graded readers, not on labelled texts of other kinds.
//! - No tagger: a word that is noun and verb is told apart only where its neighbours show it, and grammar points are
//!   patterns that can be wrong in long sentences.
//! - Meaning is not understood. Idioms and phrasal verbs count as their words: none of the sources used gives levels for them.
//! - English only. Other languages in Latin letters are noticed by their unknown words and missing function words.

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

pub use budget::{Fit, MAX_SHARE_ABOVE, content_words, fits, fits_with};
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
