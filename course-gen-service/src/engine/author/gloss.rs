//! Meanings beside the text, for the words above the learners' level that it keeps.

use std::collections::BTreeSet;

use cefr::PartOfSpeech;
use course_format::Level;
use course_format::course::{Gloss, Proven, VocabularyEntry};

use crate::engine::library::Library;
use crate::engine::rewrite::{base_form, synonym};
use crate::engine::wordnet;

/// Beyond this, a page is more margin than text.
const AT_MOST: usize = 30;
/// A meaning longer than this is no help.
const WORDS_A_MEANING: usize = 14;

/// The terms that count neither for nor against a text: the SOPs' own and the lesson's vocabulary.
pub fn exempt(library: &Library, vocabulary: &[VocabularyEntry]) -> cefr::Exempt {
    let approved = library.documents().iter().flat_map(|d| &d.terms).map(|t| t.term.as_str());
    cefr::Exempt::new(approved.chain(vocabulary.iter().map(|v| v.term.as_str())))
}

/// A gloss for every word above the level that has a sure meaning, in the order of the text.
pub fn write(library: &Library, text: &str, level: Level, vocabulary: &[VocabularyEntry]) -> Vec<Gloss> {
    let target = cefr::Level::from_score(level.score());
    let fit = cefr::fits(text, target, &exempt(library, vocabulary));
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for above in &fit.words_above {
        let Some(word) = text.get(above.span.clone()).map(str::to_lowercase) else { continue };
        if out.len() == AT_MOST || !seen.insert(word.clone()) {
            continue;
        }
        let sentence = sentence_around(text, above.span.start);
        if let Some(meaning) = meaning(&word, sentence, text) {
            out.push(Gloss { word, meaning: Proven::language(meaning) });
        }
    }
    out
}

fn sentence_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['.', '\n', '!', '?']).map_or(0, |i| i + 1);
    let end = text[at..].find(['.', '\n', '!', '?']).map_or(text.len(), |i| at + i);
    text[start..end].trim()
}

/// From our own list, from the table of easier words, then from WordNet where one sense is sure.
fn meaning(word: &str, sentence: &str, text: &str) -> Option<String> {
    let lemma = base_form(word);
    let own = [word, lemma.as_str()].into_iter().find_map(synonym::meaning);
    own.or_else(|| synonym::easy_meaning(&lemma)).map(str::to_owned).or_else(|| {
        [PartOfSpeech::Noun, PartOfSpeech::Verb, PartOfSpeech::Adjective, PartOfSpeech::Adverb]
            .into_iter()
            .filter(|part| cefr::can_be(&lemma, *part))
            .try_fold(None, |found: Option<String>, part| {
                match (found, wordnet::sense(&lemma, part, &format!("{sentence} {text}"))) {
                    (None, sense) => Some(sense.map(|s| s.text)),
                    (found, None) => Some(found),
                    // Two parts of speech have a sense each: which one stands here is not sure.
                    (Some(_), Some(_)) => None,
                }
            })
            .flatten()
            .filter(|m| m.split(' ').count() <= WORDS_A_MEANING)
    })
}
