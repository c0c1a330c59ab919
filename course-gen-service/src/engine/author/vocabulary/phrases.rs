//! Noun phrases, found by the small words around them, and single words that may be new.

use std::collections::BTreeMap;
use std::ops::Range;

use super::chunks::phrasal_at;
use super::{Candidate, names};
use crate::engine::english::parse::strip_label;
use crate::engine::english::part::part_at;
use crate::engine::english::text::{contains_word, placed_words};
use crate::engine::english::words::{
    base_of_third_person, is_easy, is_finite, is_function, is_noun_like, is_subordinator, is_verb, names_people,
};
use crate::engine::lexicon;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;
use course_format::course::VocabularyKind;
use course_format::sop::ClauseKind;

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "each" | "every" | "your" | "any" | "another")
}

/// Words that end a noun phrase although they are not in every list of function words.
pub(super) fn ends_phrase(word: &str) -> bool {
    const MORE: [&str; 42] = [
        "outside",
        "inside",
        "above",
        "below",
        "near",
        "against",
        "within",
        "across",
        "along",
        "off",
        "used",
        "using",
        "immediately",
        "first",
        "last",
        "itself",
        "around",
        "next",
        "beside",
        "behind",
        "once",
        "twice",
        "directly",
        "together",
        "back",
        "now",
        "according",
        "based",
        "including",
        "unless",
        "whose",
        "please",
        "regularly",
        "daily",
        "weekly",
        "monthly",
        "about",
        "among",
        "upon",
        "towards",
        "during",
        "despite",
    ];
    is_function(word)
        || is_finite(word)
        || MORE.contains(&word)
        || word.ends_with("ly")
        || word.chars().any(|c| c.is_ascii_digit())
}

/// Words that say how something is after it was named.
const STATES: [&str; 30] = [
    "clean",
    "dry",
    "empty",
    "open",
    "tidy",
    "closed",
    "full",
    "unsafe",
    "safe",
    "hot",
    "cold",
    "quiet",
    "calm",
    "warm",
    "cool",
    "upright",
    "tight",
    "loose",
    "wet",
    "ready",
    "visible",
    "free",
    "available",
    "still",
    "shut",
    "locked",
    "sealed",
    "stable",
    "straight",
    "alone",
];

/// Noun phrases of one to three words after a determiner, with how often the document uses them.
pub(super) fn nouns(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut found: BTreeMap<String, (ClauseRef, u32, bool)> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        for term in in_text(&library.clause(*at).text) {
            let critical = is_critical(library, *at);
            let entry = found.entry(term).or_insert((*at, 0, false));
            entry.1 += 1;
            entry.2 |= critical;
        }
    }
    found
        .into_iter()
        .map(|(term, found)| (names::without_plain(&term).to_owned(), found))
        .filter(|(term, (at, ..))| worth_teaching(term) && names::is_whole(library, *at, term))
        .map(|(term, (at, count, critical))| {
            let score = weight(&term, count, critical);
            let term = singular(library, at, term);
            Candidate { term, kind: VocabularyKind::Term, part_of_speech: "noun", definition: None, at, score }
        })
        .collect()
}

/// Keyness: how much more often the SOP says it than general English does; harm and our own list add to it.
fn weight(term: &str, count: u32, critical: bool) -> f32 {
    let rarest = term.split(' ').map(cefr::zipf).fold(7.0, f32::min);
    // "water temperature" is no news; "spill kit" is.
    let compound = if term.contains(' ') && !term.split(' ').all(is_easy) { 2.0 } else { 0.0 };
    let listed = if lexicon::has(term, "noun") { 2.5 } else { 0.0 };
    (7.0 - rarest).min(4.0) + 1.5 * (count as f32).ln() + compound + listed + if critical { 2.0 } else { 0.0 }
}

/// "containers" is taught as "container"; what has only a plural, or is used in pairs, stays as it is.
pub(super) fn singular(library: &Library, at: ClauseRef, term: String) -> String {
    const PLURAL: [&str; 22] = [
        "goods",
        "clothes",
        "scissors",
        "premises",
        "contents",
        "belongings",
        "valuables",
        "supplies",
        "glasses",
        "gloves",
        "shoes",
        "boots",
        "goggles",
        "scales",
        "tongs",
        "overalls",
        "droppings",
        "leftovers",
        "toiletries",
        "initials",
        "stairs",
        "linens",
    ];
    let last = term.rsplit(' ').next().unwrap_or(&term).to_lowercase();
    let one = lexicon::singular(&term);
    let keeps = PLURAL.contains(&last.as_str()) || lexicon::has_form(&term, "noun") || one == term;
    let known = lexicon::has(&one, "noun")
        || contains_word(&library.document(at).text.to_lowercase(), &one.to_lowercase())
        || lexicon::has(one.rsplit(' ').next().unwrap_or(&one), "noun")
        || cefr::can_be(one.rsplit(' ').next().unwrap_or(&one), cefr::PartOfSpeech::Noun);
    if !keeps && known { one } else { term }
}

pub(super) fn is_prose(library: &Library, at: ClauseRef) -> bool {
    matches!(library.kind(at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning | ClauseKind::Fact)
}

fn worth_teaching(term: &str) -> bool {
    let words: Vec<&str> = term.split(' ').collect();
    match words.as_slice() {
        [one] => {
            one.chars().count() >= 5
                && (!one.ends_with("ing") || lexicon::has_form(one, "noun"))
                && ![*one, one.trim_end_matches('s'), cefr::lemma(one).as_str()].into_iter().any(is_easy)
        }
        _ => !words.iter().all(|w| is_easy(w)) || words.len() == 2,
    }
}

fn in_text(text: &str) -> Vec<String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if !is_determiner(&token.to_lowercase()) {
            continue;
        }
        // "if a bag smells": what follows one thing and looks like a plural is its verb.
        let one = matches!(token.to_lowercase().as_str(), "a" | "an" | "each" | "every" | "another");
        let plural = |term: &str| one && term.ends_with('s') && !term.ends_with("ss") && term.contains(' ');
        if let Some(term) = phrase_at(&tokens[i + 1..]).filter(|term| !plural(term)) {
            out.push(subject_alone(&tokens[..=i], term, &tokens[i + 1..]));
        }
    }
    out
}

/// "as soon as the animal swallows", "until the light turns green": what it does is no part of its name.
fn subject_alone(before: &[&str], term: String, from_here: &[&str]) -> String {
    let opens = before.len().checked_sub(2).is_some_and(|i| is_subordinator(&before[i].to_lowercase()));
    let words: Vec<&str> = term.split(' ').collect();
    let rest = from_here.iter().skip(words.len() - 1);
    let mut clause = rest.take_while(|w| !w.ends_with([',', '.', ';'])).skip(1);
    if !opens || lexicon::has(&term, "noun") || clause.any(|w| is_finite(&w.to_lowercase())) {
        return term;
    }
    let acts =
        |w: &&str| w.ends_with('s') && !w.ends_with("ss") && cefr::can_be(&cefr::lemma(w), cefr::PartOfSpeech::Verb);
    let end = words.iter().skip(1).position(acts).map_or(words.len(), |at| at + 1);
    words[..end].join(" ")
}

/// The words up to the next small word or punctuation mark; nothing when that is no plain noun phrase.
pub(super) fn phrase_at(tokens: &[&str]) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let odd = bare.is_empty() || bare.chars().next().is_some_and(char::is_uppercase) || !token.starts_with(bare);
        let next = tokens.get(i + 1).map(|t| t.to_lowercase()).unwrap_or_default();
        let verb = base_of_third_person(&lower).is_some_and(|base| !is_noun_like(&base) || is_determiner(&next));
        if odd {
            return None;
        }
        if ends_phrase(&lower) || verb && i > 0 {
            break;
        }
        words.push(bare.to_owned());
        if token.len() != bare.len() {
            break;
        }
    }
    if !is_noun_phrase(&words) {
        return None;
    }
    let cut_off = words.len() > 1
        && words.last().is_some_and(|w| matches!(w.as_str(), "cut" | "kept" | "left" | "held" | "made"));
    let participle =
        cut_off || words.last().is_some_and(|w| w.ends_with("ed") || w.ends_with("ing") && !is_noun_ing(w));
    // "Keep the animal quiet": what it is like, not what it is.
    let ends_in_adjective = words.len() > 1
        && words.last().is_some_and(|w| {
            STATES.contains(&w.as_str()) || lexicon::has_form(w, "adjective") && !lexicon::has(w, "noun")
        });
    let first_ing = words
        .first()
        .is_some_and(|w| matches!(w.as_str(), "same" | "own" | "whole" | "other" | "following" | "new" | "used"));
    ((1..=3).contains(&words.len()) && !participle && !ends_in_adjective && !first_ing).then(|| words.join(" "))
}

/// By the word list: the last word can be a noun and is no verb of the words before it, the others can stand before a noun.
/// Words that the list does not know are taken for names of things.
fn is_noun_phrase(words: &[String]) -> bool {
    use cefr::PartOfSpeech::{Adjective, Function, Noun, Verb};
    let known = |w: &str| cefr::word(w).level.is_some();
    let Some((last, before)) = words.split_last() else { return false };
    let sound = words.iter().all(|w| !w.contains(['\'', '’', '_', '/', '.', '@']) && !cefr::can_be(w, Function));
    let noun = !known(last) || cefr::can_be(last, Noun) || lexicon::has(last, "noun");
    let after_plural = before
        .last()
        .is_some_and(|w| w.ends_with('s') && !w.ends_with("ss") && cefr::can_be(w, Noun) && cefr::can_be(last, Verb));
    let modifiers = before.iter().all(|w| {
        !known(w) || cefr::can_be(w, Noun) || cefr::can_be(w, Adjective) || w.contains('-') || w.ends_with("ed")
    });
    let plain = !lexicon::has(&words.join(" "), "noun")
        && before.first().is_some_and(|w| {
            let easy = cefr::word(w).level.is_some_and(|l| l <= cefr::Level::A2);
            (easy && cefr::can_be(w, Adjective) && !cefr::can_be(w, Noun) || w.ends_with("est") || w.ends_with("ed"))
                && !w.contains('-')
        });
    let person_acts = before.last().is_some_and(|w| names_people(w)) && base_of_third_person(last).is_some();
    sound && noun && !after_plural && modifiers && !plain && !person_acts
}

/// Single words of the lesson that are at the learners' level or above: what they may not know yet.
pub(super) fn hard_words(library: &Library, clauses: &[ClauseRef], level: course_format::Level) -> Vec<Candidate> {
    let mut found: BTreeMap<(String, &'static str), (ClauseRef, u32, f32)> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        let text = strip_label(&library.clause(*at).text);
        let all = placed_words(text);
        let words: Vec<String> = all.iter().map(|(_, word)| word.clone()).collect();
        let mut within = 0;
        for (i, (span, lower)) in all.iter().enumerate() {
            within = within.max(lexicon::compound(&words[i..]).map_or(0, |n| i + n));
            let name = i > 0 && text[span.clone()].chars().any(char::is_uppercase);
            let plain = lower.chars().count() >= 4 && lower.chars().all(char::is_alphabetic);
            if i < within || name || !plain || phrasal_at(&words[i..]).is_some() {
                continue;
            }
            let (Some(part), Some(score)) = (part_of(text, span), cefr::word(lower).score) else { continue };
            let lemma = if part == "noun" { lexicon::singular(lower) } else { cefr::lemma(lower) };
            let listed = lexicon::has(&lemma, part) && score + 1.6 > level.score();
            if (score + 0.5 >= level.score() || listed) && !is_easy(&lemma) {
                let term = if part == "noun" { singular(library, *at, lower.clone()) } else { lemma };
                found.entry((term, part)).or_insert((*at, 0, score)).1 += 1;
            }
        }
    }
    found
        .into_iter()
        .map(|((term, part), (at, count, score))| {
            let above = if score > level.score() { 2.0 } else { 0.0 };
            let critical = if is_critical(library, at) { 2.0 } else { 0.0 };
            let listed = if lexicon::has(&term, part) { 3.0 } else { 0.0 };
            let score = 2.0 + above + critical + listed + 1.5 * (count as f32).ln();
            Candidate { term, kind: VocabularyKind::Term, part_of_speech: part, definition: None, at, score }
        })
        .collect()
}

/// Names of our own dictionary, wherever they stand: "Meet at the assembly point." "Lock passports and cash in the safe."
pub(super) fn listed(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut found: BTreeMap<String, (ClauseRef, u32)> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        let text = &library.clause(*at).text;
        let all = placed_words(text);
        let words: Vec<String> = all.iter().map(|(_, word)| word.clone()).collect();
        let mut i = 0;
        while i < words.len() {
            let compound = lexicon::compound(&words[i..]).filter(|n| {
                let whole = text[all[i].0.start..all[i + n - 1].0.end].to_lowercase();
                whole == words[i..i + n].join(" ")
            });
            let length = compound.unwrap_or(1);
            let term = words[i..i + length].join(" ");
            let name = i > 0 && text[all[i].0.clone()].starts_with(char::is_uppercase);
            let is_noun = compound.is_some() || !name && part_of(text, &all[i].0) == Some("noun");
            let alone = || stands_alone(text, &all, i) && phrasal_at(&words[i..]).is_none();
            if is_noun && lexicon::has(&term, "noun") && (length > 1 || alone()) {
                found.entry(singular(library, *at, term)).or_insert((*at, 0)).1 += 1;
            }
            i += length;
        }
    }
    found
        .into_iter()
        .map(|(term, (at, count))| {
            let score = weight(&term, count, is_critical(library, at));
            Candidate { term, kind: VocabularyKind::Term, part_of_speech: "noun", definition: None, at, score }
        })
        .collect()
}

/// "rail" does not in "the ticket rail": it is a part of another name.
fn stands_alone(text: &str, all: &[(Range<usize>, String)], i: usize) -> bool {
    let Some((before, word)) = i.checked_sub(1).map(|p| &all[p]) else { return true };
    let touching = text.get(before.end..all[i].0.start) == Some(" ");
    !(touching
        && cefr::can_be(word, cefr::PartOfSpeech::Noun)
        && !ends_phrase(word)
        && !is_determiner(word)
        && !is_verb(word))
}

/// The list takes some nouns for adjectives ("linen"): the ending has to agree.
fn ends_as_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 13] =
        ["able", "ible", "al", "ive", "ous", "ful", "less", "ic", "ent", "ant", "ary", "ory", "ile"];
    ENDINGS.iter().any(|e| word.ends_with(e)) || word.starts_with("un")
}

/// The dictionary's name of the part of speech of `text[span]`, for words that are worth an entry.
pub(super) fn part_of(text: &str, span: &Range<usize>) -> Option<&'static str> {
    use cefr::PartOfSpeech::{Adjective, Adverb, Function, Noun, Verb};
    let word = text.get(span.clone())?.to_lowercase();
    let lemma = cefr::lemma(&word);
    match part_at(text, span.clone())? {
        // "if they still refuse": hardly ever a noun, unless a small word says so.
        Noun if is_verb(&lemma) && !is_noun_like(&lemma) => {
            let before = text[..span.start].split_whitespace().next_back().unwrap_or_default().to_lowercase();
            (is_determiner(&before) || is_function(&before)).then_some("noun")
        }
        Noun => Some("noun"),
        Verb if is_verb(&cefr::lemma(&word)) => Some("verb"),
        Adjective if lexicon::has(&word, "adjective") || cefr::zipf(&word) >= 3.0 && ends_as_adjective(&word) => {
            Some("adjective")
        }
        Verb | Adjective | Adverb | Function => None,
    }
}

fn is_noun_ing(word: &str) -> bool {
    matches!(
        word,
        "reading"
            | "packaging"
            | "setting"
            | "heading"
            | "training"
            | "building"
            | "weighing"
            | "coating"
            | "lighting"
            | "masking"
            | "tubing"
            | "opening"
            | "meeting"
    )
}
