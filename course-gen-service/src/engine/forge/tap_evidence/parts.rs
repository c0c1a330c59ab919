//! Which words of one sentence tell when, where, who, why, in which case, how much?

use course_format::course::{Answer, Choice, ItemBody, Relation};

use crate::engine::english::chunks::{self, Chunk, Tells};
use crate::engine::english::text::word_count;
use crate::engine::forge::build::{Reason, Spec};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

const ALL: [(Tells, &str); 6] = [
    (Tells::When, "part-when"),
    (Tells::Where, "part-where"),
    (Tells::Who, "part-who"),
    (Tells::Why, "part-why"),
    (Tells::Case, "part-case"),
    (Tells::HowMuch, "part-how-much"),
];

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.loose_lines().filter(|l| (6..=30).contains(&l.words)).flat_map(|line| of_line(bench, line)).collect()
}

fn of_line(bench: &Bench<'_>, line: &Line) -> Vec<Made> {
    // Who does what inside "who", "which" and "that" is not what the sentence is about.
    let related =
        line.text.split(' ').any(|w| matches!(w.trim_matches(','), "who" | "which" | "that" | "whose" | "whom"));
    let parts = chunks::chunks(&line.text);
    let labelled = line.text.split(' ').next().is_some_and(|w| w.len() > 3 && !w.contains(char::is_lowercase));
    if labelled || related && !line.text.contains("so that") || !(3..=6).contains(&parts.len()) {
        return Vec::new();
    }
    ALL.iter()
        .filter_map(|(tells, frame)| {
            let mut telling = parts.iter().filter(|p| p.may.contains(tells));
            let key = telling.next()?;
            // "When ..." is a case that could be taken for a time: asked as a case only.
            let alone = key.may.iter().all(|t| t == tells || *tells == Tells::Case && *t == Tells::When);
            let clear = telling.next().is_none() && key.tells.contains(tells) && alone;
            let repeated = parts.iter().filter(|p| p.text == key.text).count() > 1;
            (clear && !repeated && !only_points(&key.text)).then(|| item(bench, line, *tells, frame, key, &parts))
        })
        .collect()
}

/// "onto it", "with them": words that name nothing.
fn only_points(text: &str) -> bool {
    const POINTERS: [&str; 10] = ["it", "them", "this", "that", "these", "those", "there", "here", "him", "her"];
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    word_count(text) <= 3 && POINTERS.contains(&last.as_str())
}

fn stems(tells: Tells, words: &str) -> [&'static str; 4] {
    match tells {
        Tells::When if lasts(words) => [
            "A colleague asks: “How long?” Which words of the sentence give the answer?",
            "Tap the words that answer “How long?”.",
            "You set the timer. Which words do you need? Ask “How long?”.",
            "Which part of the sentence says how much time it takes? Ask “How long?”.",
        ],
        Tells::When => [
            "A colleague asks: “When?” Which words of the sentence give the answer?",
            "Tap the words that answer “When?”.",
            "You put this into your calendar. Which words do you need? Ask “When?”.",
            "Which part of the sentence is about time? Ask “When?”.",
        ],
        Tells::Where => [
            "A colleague asks: “Where?” Which words of the sentence give the answer?",
            "Tap the words that answer “Where?”.",
            "Which part of the sentence names the place? Ask “Where?”.",
            "You cannot find the place. Which words help you? Ask “Where?”.",
        ],
        Tells::Who => [
            "A colleague asks: “Who?” Which words of the sentence name a person?",
            "Tap the words that answer “Who?” or “Whom?”.",
            "Which part of the sentence is about people? Ask “Who?”.",
            "You are looking for the right person. Which words help you? Ask “Who?”.",
        ],
        Tells::Why => [
            "A trainee asks: “Why?” Which words of the sentence give the reason?",
            "Tap the words that answer “Why?”.",
            "Which part of the sentence says what it is good for? Ask “Why?”.",
            "You explain the rule. Which words give the reason? Ask “Why?”.",
        ],
        Tells::Case => [
            "A colleague asks: “In which case?” Which words of the sentence give the answer?",
            "Tap the words that answer “In which case?”.",
            "This is not for every day. Which words say so? Ask “In which case?”.",
            "Which part of the sentence is the condition? Ask “In which case?”.",
        ],
        Tells::HowMuch => [
            "A colleague asks: “How much?” Which words of the sentence give the answer?",
            "Tap the words with the figure. Ask “How much?”.",
            "You have to measure or count. Which words do you need? Ask “How much?”.",
            "Which part of the sentence gives the number? Ask “How much?”.",
        ],
    }
}

/// "for 6 minutes" does not say when.
fn lasts(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.starts_with("for ") || lower.starts_with("until ")
}

fn why(tells: Tells, words: &str) -> String {
    let what = match tells {
        Tells::When => "the time",
        Tells::Where => "the place",
        Tells::Who => "the person",
        Tells::Why => "the reason",
        Tells::Case => "the case",
        Tells::HowMuch => "the figure",
    };
    format!("The words “{words}” give {what}.")
}

/// What these words say instead, where they say it clearly.
fn not(tells: Tells, part: &Chunk) -> String {
    let word = |tells: Tells| match tells {
        Tells::When => "when",
        Tells::Where => "where",
        Tells::Who => "who",
        Tells::Why => "why",
        Tells::Case => "in which case",
        Tells::HowMuch => "how much",
    };
    match part.tells.iter().find(|t| **t != tells) {
        Some(own) => format!("These words say {}, not {}.", word(*own), word(tells)),
        None => format!("These words do not say {}.", word(tells)),
    }
}

fn item(bench: &Bench<'_>, line: &Line, tells: Tells, frame: &'static str, key: &Chunk, parts: &[Chunk]) -> Made {
    let said = stems(tells, &key.text);
    let spec = Spec {
        clause: line.at,
        frame,
        target: key.text.clone(),
        stem: said[0].to_owned(),
        others: said[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: why(tells, key.text.trim_end_matches(['.', ',', ';'])),
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: parts
            .iter()
            .filter(|p| p.text != key.text)
            .map(|p| Reason { option: p.text.clone(), why: not(tells, p), at: line.at, part: line.text.clone() })
            .collect(),
        score: 4,
    };
    let sentences: Vec<Choice> =
        parts.iter().zip('a'..='z').map(|(p, id)| Choice { id: id.to_string(), text: p.text.clone() }).collect();
    let choice = sentences.iter().find(|c| c.text == key.text).map(|c| c.id.clone()).unwrap_or_default();
    spec.finish(bench, ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }, 1)
}
