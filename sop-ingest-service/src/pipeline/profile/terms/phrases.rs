//! Noun phrases that may be terms.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cefr::PartOfSpeech;
use course_format::sop::{Clause, ClauseKind};

use super::Found;
use crate::pipeline::{
    pattern::patterns,
    profile::imperative::{Place, verb},
    profile::sentences,
    words::{
        is_auxiliary, is_function_word, is_noun_too, is_opening_adverb, is_plain_word, is_preposition, is_role, is_verb,
    },
};

patterns! {
    WORD = r"[\p{L}][\p{L}\d]*(?:[-’'&][\p{L}\d]+)*|\d[\d.,]*|[^\s\p{L}\d]+";
}

const MAX_WORDS: usize = 4;
/// The most frequent words of English name nothing in particular.
const EVERYDAY: f32 = 5.05;

/// The noun phrases of a clause, as they are written.
pub fn of(clause: &Clause) -> Vec<String> {
    let mut phrases = Vec::new();
    for sentence in sentences::split(&clause.text) {
        let sentence = &clause.text[sentence];
        let place = if clause.kind == ClauseKind::Heading { Place::Heading } else { Place::Item };
        let command = verb(sentence, place).map_or(usize::MAX, |v| v.start);
        let mut open: Vec<(&str, usize)> = Vec::new();
        let mut end = 0;
        for word in WORD.find_iter(sentence) {
            let apart = sentence.get(end..word.start()).is_some_and(|gap| gap != " ");
            if apart && !open.is_empty() {
                close(&mut open, &mut phrases);
            }
            end = word.end();
            let first = word.start() == 0;
            if word.start() == command || breaks(word.as_str(), open.last().map(|(w, _)| *w), first) {
                close(&mut open, &mut phrases);
            } else {
                open.push((word.as_str(), word.start()));
            }
        }
        close(&mut open, &mut phrases);
    }
    phrases
}

/// A word that no term goes across.
fn breaks(word: &str, before: Option<&str>, first: bool) -> bool {
    let lower = word.to_lowercase();
    if !word.starts_with(char::is_alphabetic) || lower.len() < 2 {
        return true;
    }
    if is_function_word(&lower)
        || is_preposition(&lower)
        || is_auxiliary(&lower)
        || is_opening_adverb(&lower)
        || is_plain_word(&lower)
    {
        return true;
    }
    let capital = word.starts_with(char::is_uppercase) && !first;
    // "records", "washed", "using": verbs, unless they stand inside a name.
    let lemma = cefr::lemma(&lower);
    let noun = cefr::can_be(&lower, PartOfSpeech::Noun) || cefr::can_be(&lemma, PartOfSpeech::Noun);
    let verb_only = (is_verb(&lemma) || is_verb(&lower)) && !is_noun_too(&lemma) && !noun;
    // "the manager holds", "the fan cools": a verb after its subject.
    let finite = before.is_some() && lower.ends_with('s') && lemma != lower && is_verb(&lemma) && !is_noun_too(&lemma);
    let inflected = finite
        || before.is_none()
            && (lower.ends_with("ing") || lower.ends_with("ed"))
            && is_verb(&lemma)
            && cefr::zipf(&lower) > 4.6;
    !capital && (verb_only || inflected)
}

/// What an open run of words leaves behind: itself, without adjectives of every day at its start.
fn close(open: &mut Vec<(&str, usize)>, phrases: &mut Vec<String>) {
    let mut words: Vec<&str> = open.drain(..).map(|(word, _)| word).collect();
    while words.first().is_some_and(|w| is_bare_adjective(w)) {
        words.remove(0);
    }
    // "store raw meat", "receiving deliveries": the deed is no part of the name.
    while words.len() > 1 && is_deed(words[0], words.len()) {
        words.remove(0);
    }
    while words.last().is_some_and(|w| !is_nominal(w)) {
        words.pop();
    }
    let from = words.len().saturating_sub(MAX_WORDS);
    let words = &words[from..];
    if let [only] = words {
        let capital = only.chars().filter(|c| c.is_uppercase()).count() > 1;
        let lower = only.to_lowercase();
        let deed = is_verb(&lower) || is_verb(&cefr::lemma(&lower)) || lower.ends_with("ed") || lower.contains('-');
        if only.len() < 3 || capital || deed || cefr::zipf(only) >= EVERYDAY {
            return;
        }
    }
    if !words.is_empty() {
        phrases.push(words.join(" "));
    }
}

/// "clean", "new", "next": says how a thing is, and is no part of its name.
fn is_bare_adjective(word: &str) -> bool {
    let lower = word.to_lowercase();
    let adjective = cefr::can_be(&lower, PartOfSpeech::Adjective) && !cefr::can_be(&lower, PartOfSpeech::Noun);
    adjective && word.starts_with(char::is_lowercase) && cefr::zipf(&lower) > 4.4
}

/// A verb at the start of a run of words.
fn is_deed(word: &str, length: usize) -> bool {
    let lower = word.to_lowercase();
    let lemma = cefr::lemma(&lower);
    let base = is_verb(&lower) && (!is_noun_too(&lower) || length > 2);
    base && word.starts_with(char::is_lowercase) || lower.ends_with("ing") && is_verb(&lemma) && length > 2
}

/// May be the last word of a name.
fn is_nominal(word: &str) -> bool {
    let lower = word.to_lowercase();
    let known = cefr::zipf(&lower) > 0.0;
    let adverb = lower.ends_with("ly") && !cefr::can_be(&lower, PartOfSpeech::Noun);
    !adverb
        && (!known
            || cefr::can_be(&lower, PartOfSpeech::Noun)
            || cefr::can_be(&cefr::lemma(&lower), PartOfSpeech::Noun))
}

/// One key for a thing, however it is written: small letters, each word in its base form.
pub fn key(phrase: &str) -> String {
    let words = phrase.split([' ', '-']).filter(|w| !w.is_empty());
    let singular = |word: &str| {
        let lower = word.to_lowercase();
        if lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3 { cefr::lemma(&lower) } else { lower }
    };
    words.map(singular).collect::<Vec<_>>().join(" ")
}

/// How often English says this, as log10 of occurrences in a billion words. Words stand together far less often than alone.
pub fn frequency(phrase: &str) -> f32 {
    let each: Vec<f32> = phrase.split([' ', '-']).map(|word| cefr::zipf(word).max(1.0)).collect();
    let rarest = each.iter().copied().fold(f32::INFINITY, f32::min);
    rarest - 1.2 * (each.len().saturating_sub(1)) as f32
}

/// "shutdown valve" is no term of its own where it only ever stands in "thermal shutdown valve".
pub fn drop_parts(found: &mut BTreeMap<String, Found>) {
    let counts: BTreeMap<String, usize> = found
        .iter()
        .filter(|(_, f)| f.keyness > 0.0)
        .map(|(key, f)| (key.clone(), f.spellings.values().sum()))
        .collect();
    let mut longer: HashMap<String, usize> = HashMap::new();
    for (key, count) in &counts {
        for part in parts(key) {
            *longer.entry(part).or_default() += count;
        }
    }
    found.retain(|key, f| {
        let own: usize = f.spellings.values().sum();
        let longer = longer.get(key).copied().unwrap_or(0);
        // A single common word that is part of a term says less than the term.
        let weak = !key.contains(' ') && longer > 0 && cefr::zipf(key) > 4.0;
        f.acronym || f.defined_in.is_some() || is_role(key) || !(own == 0 || weak && longer >= own)
    });
}

/// Every run of a phrase's words that is shorter than the phrase.
fn parts(phrase: &str) -> BTreeSet<String> {
    let words: Vec<&str> = phrase.split(' ').collect();
    (1..words.len()).flat_map(|length| words.windows(length).map(|part| part.join(" "))).collect()
}
