//! The parts of a sentence that answer when, where, who, why, in which case and how much.

use std::collections::BTreeSet;

use super::quantity::{self, Dimension};
use super::two_words;
use super::words::{base_of_third_person, is_finite, is_listed_person, is_noun_like, is_verb, names_people};

/// What a part of a sentence can be asked for with.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Tells {
    When,
    Where,
    Who,
    Why,
    Case,
    HowMuch,
}

/// Some words of a sentence that belong together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Chunk {
    pub text: String,
    /// What it surely answers.
    pub tells: BTreeSet<Tells>,
    /// What somebody could take it for.
    pub may: BTreeSet<Tells>,
}

const CLAUSES: &str = "if when whenever unless until before after because once while so";
const TIMES: &str = "within during every by";
const PLACES: &str = "in on at into under near behind beside inside above below onto";
const OTHERS: &str = "for from to with without through via";
/// Words before a part's first word that go with the word before them, or with the part.
const JOINED: &str = "and or not than also of as up down out";
const LEADING: &str = "only immediately directly";
/// After a preposition, words that make a set phrase with it: neither a place nor a time.
const SET_PHRASES: &str = "advance order writing person cash full turn pairs detail use case time place charge particular general \
    addition accordance line least most once foot duty hand hands card mind question red ink risk confidence business example \
    instance total principle fact phone writing";
const MOMENTS: &str = "end start beginning morning evening afternoon night noon day days week weeks month months year shift times \
    weekend monday tuesday wednesday thursday friday saturday sunday daily weekly monthly yearly time today tomorrow";

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// Cuts a sentence into parts. Joined with spaces they are the sentence again.
pub fn chunks(sentence: &str) -> Vec<Chunk> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let starts = starts(&words);
    let mut out: Vec<Chunk> = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(words.len());
        let part = &words[*start..end];
        let (tells, may) = told(part, *start == 0);
        let opens = [PLACES, TIMES, OTHERS].iter().any(|list| is_in(list, &bare(part[0])));
        let nothing = may.is_empty() && !opens && out.last().is_some_and(|last| last.may.is_empty());
        let lonely = part.len() < 2 || nothing;
        match out.last_mut().filter(|_| lonely && *start > 0) {
            Some(last) => {
                last.text = format!("{} {}", last.text, part.join(" "));
                last.may.extend(may);
                last.tells.clear();
            }
            None => out.push(Chunk { text: part.join(" "), tells, may }),
        }
    }
    out
}

/// Where parts begin. A clause that begins with "if" or "after" goes on to the next comma.
fn starts(words: &[&str]) -> Vec<usize> {
    let mut out = vec![0];
    let opens_clause = |at: usize| {
        let next = words.get(at + 1).map(|w| bare(w)).unwrap_or_default();
        let word = bare(words[at]);
        is_in(CLAUSES, &word) && (word != "so" || next == "that")
    };
    let mut inside = !words.is_empty() && opens_clause(0);
    let mut verb_seen = inside;
    let mut quotes = 0;
    for at in 1..words.len() {
        let (word, before) = (bare(words[at]), bare(words[at - 1]));
        quotes += words[at - 1].matches(['"', '“', '”']).count();
        if inside {
            if words[at - 1].ends_with([',', ';']) {
                out.push(at);
                inside = opens_clause(at);
            }
            continue;
        }
        if quotes % 2 == 1 || words[at].starts_with(['"', '“']) || two_words::belongs(&before, &word) {
            continue;
        }
        let next = words.get(at + 1).map(|w| bare(w)).unwrap_or_default();
        let phrase = [PLACES, TIMES, OTHERS].iter().any(|list| is_in(list, &word)) && !is_in(SET_PHRASES, &next);
        let opens = opens_clause(at) || phrase && !next.is_empty();
        let second_verb =
            matches!(word.as_str(), "and" | "but") && (is_finite(&next) || is_verb(&next) || is_third(&next));
        let finite = !verb_seen && is_finite(&word) && at <= 9;
        verb_seen |= finite;
        let last = out.last().copied().unwrap_or(0);
        if opens && is_in(LEADING, &before) && last + 1 < at {
            out.push(at - 1);
            inside = opens_clause(at);
        } else if opens && !is_in(JOINED, &before) && !is_in(LEADING, &before) || finite || second_verb {
            out.push(at);
            inside = opens_clause(at);
        }
    }
    out
}

fn is_third(word: &str) -> bool {
    base_of_third_person(word).is_some_and(|b| !is_noun_like(&b))
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn told(part: &[&str], opens_sentence: bool) -> (BTreeSet<Tells>, BTreeSet<Tells>) {
    let mut sure = BTreeSet::new();
    let mut may = BTreeSet::new();
    let text = part.join(" ");
    let lead = usize::from(part.len() > 1 && is_in(LEADING, &bare(part[0])));
    let first = bare(part[lead]);
    let second = part.get(lead + 1).map(|w| bare(w)).unwrap_or_default();
    let (timed, counted): (Vec<_>, Vec<_>) =
        quantity::all(&text).into_iter().partition(|q| matches!(q.dimension, Dimension::Duration | Dimension::Clock));
    let moment = !timed.is_empty() || part.iter().any(|w| is_in(MOMENTS, &bare(w)));
    let preposition = [PLACES, TIMES, OTHERS].iter().any(|list| is_in(list, &first));
    match first.as_str() {
        "if" | "unless" | "whenever" | "when" => {
            may.extend([Tells::Case, Tells::When]);
            sure.insert(Tells::Case);
        }
        "within" | "during" | "until" | "before" | "after" | "every" | "once" | "while" => {
            may.insert(Tells::When);
            sure.insert(Tells::When);
        }
        "because" => {
            sure.insert(Tells::Why);
        }
        "so" | "in" if matches!(second.as_str(), "that" | "order") => {
            sure.insert(Tells::Why);
        }
        "to" if is_verb(&second) && !opens_sentence => {
            may.insert(Tells::Why);
        }
        _ if preposition && moment => {
            sure.insert(Tells::When);
        }
        _ if is_in(PLACES, &first) && counted.is_empty() && !second.ends_with("ing") => {
            sure.insert(Tells::Where);
        }
        _ if is_in(PLACES, &first) => {
            may.insert(Tells::Where);
        }
        _ => {}
    }
    if moment {
        may.insert(Tells::When);
    }
    if !counted.is_empty() {
        sure.insert(Tells::HowMuch);
    }
    if mentions_people(&text) {
        may.insert(Tells::Who);
        if part.iter().any(|w| is_person(&bare(w))) {
            sure.insert(Tells::Who);
        }
    }
    may.extend(sure.iter().copied());
    (sure, may)
}

/// Whether any word may name people: sure enough to say that a part does not tell who.
pub fn mentions_people(text: &str) -> bool {
    text.split(' ').any(|w| {
        let word = bare(w);
        let own = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word);
        is_listed_person(own) || names_people(own)
    })
}

/// Whether the word can be nothing else than somebody: a listed person, or who does what a verb says ("cleaner").
fn is_person(word: &str) -> bool {
    use cefr::PartOfSpeech::{Adjective, Adverb, Verb};
    const PLACES_TOO: &str = "company department office reception desk head lead leads nobody anybody everybody";
    const OTHERS: &str =
        "officer officers porter porters doctor doctors engineer engineers waiter waiters receptionist";
    if is_listed_person(word) || is_in(OTHERS, word) {
        return !is_in(PLACES_TOO, word);
    }
    let singular = word.strip_suffix('s').unwrap_or(word);
    let doer = ["er", "or"].iter().filter_map(|ending| singular.strip_suffix(ending)).any(|base| {
        let doubled = base.as_bytes().windows(2).last().is_some_and(|w| w[0] == w[1]);
        let short = if doubled { &base[..base.len() - 1] } else { base };
        is_verb(base) || is_verb(&format!("{base}e")) || is_verb(short)
    });
    let skilled = singular.ends_with("ist") || singular.ends_with("ician");
    names_people(word)
        && (doer || skilled)
        && ![Adjective, Adverb, Verb].into_iter().any(|part| cefr::can_be(word, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, Vec<Tells>)> {
        chunks(text).into_iter().map(|c| (c.text, c.tells.into_iter().collect())).collect()
    }

    #[test]
    fn parts_tell_what_they_answer() {
        assert_eq!(
            cut("Report any skin problem to the infection control nurse within 24 hours."),
            [
                ("Report any skin problem".to_owned(), vec![]),
                ("to the infection control nurse".to_owned(), vec![Tells::Who]),
                ("within 24 hours.".to_owned(), vec![Tells::When]),
            ]
        );
        assert_eq!(
            cut("Registration forms are kept in the locked cabinet for 12 months."),
            [
                ("Registration forms are kept".to_owned(), vec![]),
                ("in the locked cabinet".to_owned(), vec![Tells::Where]),
                ("for 12 months.".to_owned(), vec![Tells::When]),
            ]
        );
    }

    #[test]
    fn a_clause_stays_whole_and_set_phrases_are_no_places() {
        let found = cut("Flights should be booked at least 14 days in advance through the travel portal.");
        assert!(found.iter().all(|(_, t)| !t.contains(&Tells::Where)), "{found:?}");
        let found = cut("If a receipt is lost in the office, tell the line manager.");
        assert_eq!(found[0].0, "If a receipt is lost in the office,");
        let parts = cut("Wash your hands and put on the red \"Do not disturb\" tabard in the hall.");
        assert!(parts.iter().any(|(t, _)| t.contains("\"Do not disturb\" tabard")), "{parts:?}");
        let places: Vec<&str> =
            parts.iter().filter(|(_, t)| t.contains(&Tells::Where)).map(|(t, _)| t.as_str()).collect();
        assert_eq!(places, ["in the hall."]);
        assert!(!chunks("The daily allowance for meals is 45 euros.")[0].tells.contains(&Tells::When));
        for text in
            ["Left-over product must not be poured into the sink.", "Danger: A reaction can start within minutes."]
        {
            assert!(chunks(text).iter().all(|c| !c.tells.contains(&Tells::Who)), "{text}");
        }
        assert!(chunks("The driver checks the gate in the morning.")[0].tells.contains(&Tells::Who));
        assert!(!chunks("Lower the bottle to a depth of 30 cm.")[0].tells.contains(&Tells::Who));
        let joined = found.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(joined, "If a receipt is lost in the office, tell the line manager.");
    }
}
