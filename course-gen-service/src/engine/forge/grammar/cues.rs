//! X3: the word that decides is missing; two others would say something that the SOP does not say, or no English.

use std::collections::BTreeMap;

use course_format::course::{Answer, GapPiece, ItemBody};

use super::spec;
use crate::engine::english::words::names_people;
use crate::engine::forge::build::{Reason, choices, id_of, shuffled};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

/// A word, what is offered beside it, and what the right one means.
struct Cue {
    key: &'static str,
    wrong: [&'static str; 2],
    why: &'static str,
}

const LIMITS: [Cue; 10] = [
    Cue {
        key: "no more than", wrong: ["at least", "more than"], why: "“No more than” sets the most that is allowed."
    },
    Cue {
        key: "at least", wrong: ["at most", "less than"], why: "“At least” sets the smallest amount; more is fine."
    },
    Cue {
        key: "at most", wrong: ["at least", "more than"], why: "“At most” sets the largest amount; less is fine."
    },
    Cue { key: "up to", wrong: ["at least", "more than"], why: "“Up to” sets the largest amount; less is fine." },
    Cue { key: "more than", wrong: ["less than", "up to"], why: "“More than” begins above the number." },
    Cue { key: "less than", wrong: ["more than", "at least"], why: "“Less than” ends below the number." },
    Cue { key: "longer than", wrong: ["shorter than", "as long as"], why: "“Longer than” means more time." },
    Cue { key: "higher than", wrong: ["lower than", "as high as"], why: "“Higher than” begins above the number." },
    Cue { key: "below", wrong: ["above", "at least"], why: "“Below” means lower than the number." },
    Cue { key: "above", wrong: ["below", "at most"], why: "“Above” means higher than the number." },
];

const TIMES: [Cue; 4] = [
    Cue { key: "within", wrong: ["for", "until"], why: "“Within” sets the time in which it has to be done." },
    Cue { key: "for", wrong: ["within", "since"], why: "“For” tells how long it goes on." },
    Cue { key: "by", wrong: ["until", "since"], why: "“By” means not later than this time." },
    Cue { key: "until", wrong: ["by", "since"], why: "“Until” means up to this time and no longer." },
];

const WAYS: [Cue; 2] = [
    Cue { key: "by", wrong: ["without", "for"], why: "“By” tells how it is done." },
    Cue { key: "without", wrong: ["by", "for"], why: "“Without” tells what does not happen." },
];

const IN_CASE: [Cue; 1] = [Cue {
    key: "in case",
    wrong: ["unless", "so that"],
    why: "“In case” means that you are ready: it may happen later.",
}];

/// Every choice of a word that the sentence gives.
pub fn make(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let ing = |w: &str| w.len() > 4 && w.ends_with("ing");
    let number = |w: &str| digit(w) || matches!(w, "one" | "two" | "three" | "four" | "five" | "six" | "ten");
    let limit: &[&str] = &[
        "How far may you go? Choose the missing words.",
        "Which words set the right limit?",
        "The limit is not readable on this notice. Choose the right words.",
    ];
    let time: &[&str] = &[
        "How long or how late? Choose the missing word.",
        "Which word says the right thing about the time?",
        "A colleague asks about the time. Choose the missing word.",
    ];
    let way: &[&str] = &["How is it done? Choose the missing word.", "Which small word belongs before the -ing form?"];
    let ready: &[&str] =
        &["Why do you do it? Choose the missing words.", "Which words say that something may happen later?"];
    [
        one(bench, line, "cue-limit", &LIMITS, &number, limit),
        one(bench, line, "cue-time-limit", &TIMES, &number, time),
        one(bench, line, "cue-by", &WAYS, &ing, way),
        one(bench, line, "cue-in-case", &IN_CASE, &|_| true, ready),
        relative(bench, line),
        particle(bench, line),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first of the words that stands once in the sentence, before a word that fits.
fn one(
    bench: &Bench<'_>,
    line: &Line,
    frame: &'static str,
    cues: &[Cue],
    next: &dyn Fn(&str) -> bool,
    stems: &[&str],
) -> Option<Made> {
    cues.iter().find_map(|cue| {
        let padded = format!(" {} ", cue.key);
        let mut places = line.text.match_indices(&padded);
        let (at, _) = places.next()?;
        let after = line.text[at + padded.len()..].split(' ').next().unwrap_or_default();
        let clash = cue.key == "more than" && line.text[..at].ends_with(" no");
        let timed = frame != "cue-time-limit" || is_time(&line.text[at + padded.len()..]);
        let once = places.next().is_none() && next(after) && !clash && timed;
        once.then(|| item(bench, line, frame, at + 1, cue.key, cue.wrong, cue.why, stems))
    })
}

/// "20 seconds", "two working days", "6 p.m."
fn is_time(text: &str) -> bool {
    const UNITS: [&str; 9] = ["second", "minute", "hour", "day", "week", "month", "year", "a.m", "p.m"];
    text.split(' ').take(3).any(|w| w.contains(':') || UNITS.iter().any(|u| w.starts_with(u)))
}

/// "Switch on the balance": two other particles would make another verb, or none.
fn particle(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let words: Vec<&str> = line.text.split(' ').collect();
    let i = (1..words.len().saturating_sub(1)).find(|i| {
        let verb = words[i - 1].to_lowercase();
        let listed = crate::engine::author::particles(&verb).is_some_and(|p| p.contains(&words[*i]));
        listed && matches!(words[i + 1], "the" | "a" | "an" | "your" | "all")
    })?;
    let (key, wrong) = match words[i] {
        "on" => ("on", ["off", "away"]),
        "off" => ("off", ["up", "in"]),
        "out" => ("out", ["up", "on"]),
        "away" => ("away", ["up", "on"]),
        "up" => ("up", ["off", "away"]),
        "down" => ("down", ["off", "away"]),
        "in" => ("in", ["off", "away"]),
        "back" => ("back", ["up", "off"]),
        _ => return None,
    };
    let at = words[..i].iter().map(|w| w.len() + 1).sum();
    let stems = ["Which small word belongs to the verb here?", "The verb has two words. Choose the second one."];
    let why = format!("“{} {key}” is the verb here.", words[i - 1].to_lowercase());
    Some(item(bench, line, "cue-particle", at, key, wrong, &why, &stems))
}

/// "the person who signs", "a box that is open"
fn relative(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let (at, key) = super::super::gap_select::only(&line.text, &["who", "which", "that"])?;
    let noun = line.text[..at].trim_end().rsplit(' ').next()?.to_lowercase();
    let next = line.text[at + key.len()..].split_whitespace().next()?;
    let verb = crate::engine::english::words::is_finite(next)
        || crate::engine::english::words::base_of_third_person(next).is_some();
    let thing = noun.chars().all(char::is_alphabetic)
        && cefr::can_be(&cefr::lemma(&noun), cefr::PartOfSpeech::Noun)
        && !crate::engine::english::words::is_verb(&noun);
    let person = names_people(&noun);
    let fits = verb && thing && (key == "who") == person && !matches!(noun.as_str(), "sure" | "so" | "case");
    let (wrong, why) = match key {
        "who" => (["which", "whose"], "“Who” is for people."),
        "which" => (["who", "whose"], "“Which” is for things."),
        _ => (["who", "what"], "“That” is for things here; “what” never follows a noun."),
    };
    let stems = ["Person or thing? Choose the missing word.", "Which word joins the two parts of the sentence?"];
    fits.then(|| item(bench, line, "cue-relative", at, key, wrong, why, &stems))
}

#[expect(clippy::too_many_arguments, reason = "the parts of one gap")]
fn item(
    bench: &Bench<'_>,
    line: &Line,
    frame: &'static str,
    at: usize,
    key: &str,
    wrong: [&str; 2],
    why: &str,
    stems: &[&str],
) -> Made {
    let target = format!("{key}@{at}");
    let stems = stems.iter().map(|s| (*s).to_owned()).collect();
    let mut spec = spec(bench, line, frame, target, stems, why.to_owned());
    spec.reasons = wrong
        .iter()
        .map(|w| Reason {
            option: (*w).to_owned(),
            why: format!("With “{w}” the sentence does not say what the SOP says."),
            at: line.at,
            part: line.text.clone(),
        })
        .collect();
    let mut pieces = Vec::new();
    if at > 0 {
        pieces.push(GapPiece::Text { text: line.text[..at].to_owned() });
    }
    pieces.push(GapPiece::Gap { id: "g1".to_owned(), hint: None });
    pieces.push(GapPiece::Text { text: line.text[at + key.len()..].to_owned() });
    let options = choices(&shuffled(spec.id(bench), [key, wrong[0], wrong[1]].map(str::to_owned)));
    let choice = id_of(&options, key);
    spec.finish(
        bench,
        ItemBody::GapSelect { pieces, options: BTreeMap::from([("g1".to_owned(), options)]) },
        Answer::GapSelect { choices: BTreeMap::from([("g1".to_owned(), choice)]) },
        1,
    )
}
