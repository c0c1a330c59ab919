//! Noun phrases, found by the small words around them, and single words that may be new.

use std::collections::BTreeMap;

use super::{Candidate, define};
use crate::engine::english::parse::strip_label;
use crate::engine::english::text::contains_word;
use crate::engine::english::words::{
    base_of_third_person, is_easy, is_finite, is_function, is_noun_like, is_verb, names_people,
};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;
use course_format::course::VocabularyKind;
use course_format::sop::ClauseKind;

fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "each" | "every" | "your" | "any" | "another")
}

/// Words that end a noun phrase although they are not in every list of function words.
fn ends_phrase(word: &str) -> bool {
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
        .filter(|(term, _)| worth_teaching(term))
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
    let compound = if term.contains(' ') { 2.0 } else { 0.0 };
    let listed = if define::is_listed(term, "noun") { 2.5 } else { 0.0 };
    (7.0 - rarest).min(4.0) + 1.5 * (count as f32).ln() + compound + listed + if critical { 2.0 } else { 0.0 }
}

/// "containers" is taught as "container" where the document uses that too.
fn singular(library: &Library, at: ClauseRef, term: String) -> String {
    let Some(one) = term.strip_suffix('s').filter(|t| t.len() > 3 && !t.ends_with('s')) else { return term };
    if define::is_exactly_listed(one, "noun") && !define::is_exactly_listed(&term, "noun") {
        return one.to_owned();
    }
    let text = library.document(at).text.to_lowercase();
    if contains_word(&text, one) { one.to_owned() } else { term }
}

fn is_prose(library: &Library, at: ClauseRef) -> bool {
    matches!(library.kind(at), ClauseKind::Step | ClauseKind::Rule | ClauseKind::Warning | ClauseKind::Fact)
}

fn worth_teaching(term: &str) -> bool {
    let words: Vec<&str> = term.split(' ').collect();
    match words.as_slice() {
        [one] => {
            one.chars().count() >= 5
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
            out.push(term);
        }
    }
    out
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
    let participle = words.last().is_some_and(|w| w.ends_with("ed") || w.ends_with("ing") && !is_noun_ing(w));
    let ends_in_adjective = words.last().is_some_and(|w| {
        matches!(
            w.as_str(),
            "clean" | "dry" | "empty" | "open" | "tidy" | "closed" | "full" | "unsafe" | "safe" | "hot" | "cold"
        )
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
    let noun = !known(last) || cefr::can_be(last, Noun);
    let after_plural = before
        .last()
        .is_some_and(|w| w.ends_with('s') && !w.ends_with("ss") && cefr::can_be(w, Noun) && cefr::can_be(last, Verb));
    let modifiers = before.iter().all(|w| {
        !known(w) || cefr::can_be(w, Noun) || cefr::can_be(w, Adjective) || w.contains('-') || w.ends_with("ed")
    });
    let plain = before.first().is_some_and(|w| {
        let easy = cefr::word(w).level.is_some_and(|l| l <= cefr::Level::A2);
        (easy && cefr::can_be(w, Adjective) || w.ends_with("est") || w.ends_with("ed")) && !w.contains('-')
    });
    let person_acts = before.last().is_some_and(|w| names_people(w)) && base_of_third_person(last).is_some();
    sound && noun && !after_plural && modifiers && !plain && !person_acts
}

/// Single words of the lesson that are at the learners' level or above: what they may not know yet.
pub(super) fn hard_words(library: &Library, clauses: &[ClauseRef], level: course_format::Level) -> Vec<Candidate> {
    let mut found: BTreeMap<String, (ClauseRef, u32, f32, &'static str)> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        let text = strip_label(&library.clause(*at).text);
        let mut opens = true;
        for token in text.split_whitespace() {
            let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
            let first = std::mem::replace(&mut opens, token.ends_with(['.', ':', '!']));
            let name = !first && bare.chars().any(char::is_uppercase);
            if name || bare.chars().count() < 4 || !bare.chars().all(char::is_alphabetic) {
                continue;
            }
            let lower = bare.to_lowercase();
            let (Some(part), Some(score)) = (part_of(&lower, first), cefr::word(&lower).score) else { continue };
            let listed = define::is_listed(&lower, part) && score + 1.6 > level.score();
            if (score + 0.5 >= level.score() || listed) && !is_easy(&lower) {
                let labels = part == "verb" && is_noun_like(&lower);
                if labels {
                    continue;
                }
                let entry = found.entry(lower).or_insert((*at, 0, score, part));
                entry.1 += 1;
            }
        }
    }
    found
        .into_iter()
        .map(|(term, (at, count, score, part))| {
            let above = if score > level.score() { 2.0 } else { 0.0 };
            let critical = if is_critical(library, at) { 2.0 } else { 0.0 };
            let listed = if define::is_listed(&term, part) { 3.0 } else { 0.0 };
            let score = 2.0 + above + critical + listed + 1.5 * (count as f32).ln();
            Candidate { term, kind: VocabularyKind::Term, part_of_speech: part, definition: None, at, score }
        })
        .collect()
}

/// Words of our own list, wherever they stand as nouns: "Lock passports, cash and jewellery in the safe."
pub(super) fn listed(library: &Library, clauses: &[ClauseRef]) -> Vec<Candidate> {
    let mut found: BTreeMap<String, (ClauseRef, u32)> = BTreeMap::new();
    for at in clauses.iter().filter(|at| is_prose(library, **at)) {
        let mut before = String::new();
        for token in library.clause(*at).text.split_whitespace() {
            let lower = token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let previous = std::mem::replace(&mut before, lower.clone());
            let ambiguous = cefr::can_be(&lower, cefr::PartOfSpeech::Verb) && !is_determiner(&previous);
            if define::is_listed(&lower, "noun") && !ambiguous {
                found.entry(lower).or_insert((*at, 0)).1 += 1;
            }
        }
    }
    found
        .into_iter()
        .map(|(term, (at, count))| {
            let score = weight(&term, count, is_critical(library, at));
            let term = singular(library, at, term);
            Candidate { term, kind: VocabularyKind::Term, part_of_speech: "noun", definition: None, at, score }
        })
        .collect()
}

/// The list takes some nouns for adjectives ("linen"): the ending has to agree.
fn ends_as_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 13] =
        ["able", "ible", "al", "ive", "ous", "ful", "less", "ic", "ent", "ant", "ary", "ory", "ile"];
    ENDINGS.iter().any(|e| word.ends_with(e)) || word.starts_with("un")
}

/// The part of speech of a word that can be only one, or that stands where an order has its verb.
fn part_of(lower: &str, opens: bool) -> Option<&'static str> {
    use cefr::PartOfSpeech::{Adjective, Adverb, Function, Noun, Verb};
    let can = |part| cefr::can_be(lower, part);
    if can(Function) || can(Adverb) {
        return None;
    }
    match (can(Noun), can(Verb), can(Adjective)) {
        (_, true, _) if opens && is_verb(lower) => Some("verb"),
        (true, false, false) => Some("noun"),
        (false, true, false) if is_verb(lower) => Some("verb"),
        (false, false, true) if cefr::zipf(lower) >= 3.0 && ends_as_adjective(lower) => Some("adjective"),
        _ => None,
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
