//! Meanings beside the text, for the words above the learners' level that it keeps.

use std::collections::BTreeSet;
use std::ops::Range;

use cefr::PartOfSpeech;
use course_format::Level;
use course_format::course::{Gloss, Proven, VocabularyEntry};

use crate::engine::english::part::part_at;
use crate::engine::english::text::placed_words;
use crate::engine::lexicon;
use crate::engine::library::Library;
use crate::engine::rewrite::{base_form, synonym};
use crate::engine::wordnet;

/// Beyond this, a page is more margin than text.
const AT_MOST: usize = 30;

/// The terms that count neither for nor against a text: the SOPs' own and the lesson's vocabulary.
pub fn exempt(library: &Library, vocabulary: &[VocabularyEntry]) -> cefr::Exempt {
    let approved = library.documents().iter().flat_map(|d| &d.terms).map(|t| t.term.as_str());
    cefr::Exempt::new(approved.chain(vocabulary.iter().map(|v| v.term.as_str())))
}

/// A gloss for every word above the level that has a sure meaning, in the order of the text; one for all forms of a word.
pub fn write(library: &Library, text: &str, level: Level, vocabulary: &[VocabularyEntry]) -> Vec<Gloss> {
    let target = cefr::Level::from_score(level.score());
    let fit = cefr::fits(text, target, &exempt(library, vocabulary));
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for above in &fit.words_above {
        if out.len() == AT_MOST {
            break;
        }
        let Some((word, meaning)) = explain(text, above.span.clone(), level) else { continue };
        if seen.insert(word.clone()) {
            out.push(Gloss { word, meaning: Proven::language(meaning) });
        }
    }
    out
}

fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(['.', '\n', '!', '?']).map_or(0, |i| i + 1);
    let end = text[at..].find(['.', '\n', '!', '?']).map_or(text.len(), |i| at + i);
    start..end
}

/// The word as the dictionary has it, and what it means here: from the dictionary, from the table of easier words, then from
/// WordNet where one sense is sure.
fn explain(text: &str, span: Range<usize>, level: Level) -> Option<(String, String)> {
    let form = text.get(span.clone())?.to_lowercase();
    let around = sentence_around(text, span.start);
    let sentence = text.get(around.clone())?;
    if let Some(found) = compound(sentence, span.start - around.start) {
        return Some(found);
    }
    let lemma = base_form(&form);
    let Some(part) = part_at(sentence, span.start - around.start..span.end - around.start) else {
        return only_sense(&form, &lemma, level);
    };
    let name = lexicon::name(part);
    let own = |word: &String| lexicon::meaning(word, name, text).map(|m| (word.clone(), m.to_owned()));
    let participle = form != lemma && form.ends_with(['d', 'g']);
    let as_adjective = || lexicon::meaning(&form, "adjective", text).map(|m| (form.clone(), m.to_owned()));
    let as_form = match part {
        PartOfSpeech::Verb if participle && lexicon::has_form(&form, "adjective") && !lexicon::has(&lemma, "verb") => {
            as_adjective()
        }
        _ => lexicon::has_form(&form, name).then(|| own(&form)).flatten(),
    };
    as_form
        .or_else(|| own(&lemma))
        .or_else(|| easier(&lemma, part).map(|m| (lemma.clone(), m)))
        .or_else(|| wordnet::sense(&lemma, part, text).map(|s| (lemma.clone(), in_form(part, s.text))))
        .filter(|(_, meaning)| is_short(meaning, level))
}

fn is_short(meaning: &str, level: Level) -> bool {
    meaning.split(' ').count() <= super::vocabulary::longest_definition(level)
}

/// Where the words beside it do not tell the part of speech: the form itself ("leaking"), or a word that has one entry and
/// can be nothing else, or that is inflected as that entry would be.
fn only_sense(form: &str, lemma: &str, level: Level) -> Option<(String, String)> {
    let single = |word: &str| match lexicon::entries(word) {
        [entry] => Some(entry),
        _ => None,
    };
    let parts = [PartOfSpeech::Noun, PartOfSpeech::Verb, PartOfSpeech::Adjective, PartOfSpeech::Adverb];
    let entry = match single(form).filter(|e| e.term == form && form != lemma) {
        Some(entry) => entry,
        None => single(lemma).filter(|e| {
            let others = parts.iter().any(|p| lexicon::name(*p) != e.part && cefr::can_be(lemma, *p));
            let as_verb = e.part == "verb" && form != lemma && form.ends_with(['d', 'g', 's']);
            !others || as_verb
        })?,
    };
    is_short(entry.meaning, level).then(|| (entry.term.to_owned(), entry.meaning.to_owned()))
}

/// The dictionary's term of several words around `at`: "in charge" for "charge".
fn compound(sentence: &str, at: usize) -> Option<(String, String)> {
    let (places, words): (Vec<Range<usize>>, Vec<String>) = placed_words(sentence).into_iter().unzip();
    let here = places.iter().position(|place| place.contains(&at))?;
    (here.saturating_sub(3)..=here).find_map(|i| {
        let length = lexicon::compound(&words[i..]).filter(|n| i + n > here)?;
        let entry = lexicon::entries(&words[i..i + length].join(" ")).first()?;
        Some((entry.term.to_owned(), entry.meaning.to_owned()))
    })
}

fn easier(lemma: &str, part: PartOfSpeech) -> Option<String> {
    let (of, easy) = synonym::easy_meaning(lemma)?;
    (of.part() == Some(part)).then(|| in_form(part, easy.to_owned()))
}

/// What a verb means begins with "to".
fn in_form(part: PartOfSpeech, meaning: String) -> String {
    if part == PartOfSpeech::Verb { format!("to {meaning}") } else { meaning }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning_in(sentence: &str, word: &str) -> Option<(String, String)> {
        let at = sentence.find(word).unwrap();
        explain(sentence, at..at + word.len(), Level::B1)
    }

    #[test]
    fn a_gloss_explains_the_part_of_speech_that_stands_there() {
        let text = |sentence, word| meaning_in(sentence, word).map(|(_, m)| m).unwrap_or_default();
        assert_eq!(text("Add the cost to the bill.", "bill"), "a paper that shows how much to pay");
        assert_eq!(text("Put on your red vest.", "vest"), "a jacket without sleeves");
        assert_eq!(text("Log every delivery in the book.", "Log"), "to write down what happened");
        assert_eq!(text("Write it in the green log.", "log"), "a book or list of what happened");
    }

    #[test]
    fn a_word_inside_a_term_is_explained_with_the_term() {
        let (word, meaning) = meaning_in("Tell the nurse in charge.", "charge").unwrap();
        assert_eq!((word.as_str(), meaning.contains("leads")), ("nurse in charge", true));
    }

    #[test]
    fn all_forms_of_a_word_are_explained_as_one() {
        let (word, meaning) = meaning_in("The goods are inspected before unloading.", "inspected").unwrap();
        assert_eq!((word.as_str(), meaning.starts_with("to ")), ("inspect", true));
    }

    #[test]
    fn where_the_part_of_speech_is_not_sure_nothing_is_explained() {
        assert_eq!(meaning_in("Exit strategy", "Exit"), None);
    }
}
