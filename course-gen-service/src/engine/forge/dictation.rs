//! A sentence of the SOP to listen to and write down.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};

use super::build::Spec;
use super::lines::Line;
use super::{Bench, Made};

const STEMS: [&str; 6] = [
    "Listen and write down what you hear.",
    "Your supervisor has left you a voice message. Write it down word for word.",
    "A colleague reads a rule to you on the phone. Write it down.",
    "Listen to the instruction twice. Write the whole sentence.",
    "You take notes in a training course. Write exactly what the trainer says.",
    "You hear this over the loudspeaker. Write it down for a colleague.",
];

/// Sentences of the right length for the ear at this level: the best have one number.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let (shortest, longest) = match bench.level {
        Level::A1 => (4, 7),
        Level::A2 => (5, 9),
        Level::B1 => (8, 13),
        Level::B2 | Level::C1 | Level::C2 => (11, 18),
    };
    let whole = |text: &str| text.starts_with(char::is_uppercase) && text.ends_with(['.', '!']);
    bench
        .loose_lines()
        .filter(|l| (3..=longest).contains(&l.words) && speakable(&l.text))
        .filter(|l| l.model || l.words <= 12 && whole(&l.text))
        .map(|line| one(bench, line, line.model && line.words >= shortest))
        .collect()
}

/// Nothing in it that could be written in two ways: signs, units in letters, names in odd spelling.
pub fn speakable(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-' | '!'))
        && text.split_whitespace().all(|w| {
            let w = w.trim_matches(|c: char| !c.is_alphanumeric());
            let letters = w.chars().filter(|c| c.is_alphabetic()).count();
            let mixed = letters > 0 && w.chars().any(|c| c.is_ascii_digit());
            let shouted = letters > 1 && w.chars().filter(|c| c.is_uppercase()).count() > 1;
            !mixed && !shouted && (letters != 1 || matches!(w, "a" | "A" | "I"))
        })
}

/// `fitting`: of the length that trains the ear at this level; shorter ones stand in where a clause gives nothing else.
fn one(bench: &Bench<'_>, line: &Line, fitting: bool) -> Made {
    let numbers = line.text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
    let text = line.sentence();
    let spec = Spec {
        clause: line.at,
        frame: "dictation",
        target: text.clone(),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: "These are the words of the SOP.".to_owned(),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: Vec::new(),
        score: match (fitting, numbers) {
            (true, 1) => 6,
            (true, _) => 3,
            (false, _) => 0,
        },
    };
    spec.finish(bench, ItemBody::Dictation { speech: text.clone() }, Answer::Dictation { text }, 1)
}
