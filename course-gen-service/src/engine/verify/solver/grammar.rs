//! How the solver itself would rewrite, ask and build a sentence, without knowing how the task was made.

use course_format::course::Choice;

use super::Solver;
use super::placed::plain;
use crate::engine::english::chunks::{Tells, chunks};
use crate::engine::english::text::{lower_first, stems};
use crate::engine::english::words::is_finite;

/// The only order in which the pieces are a sentence of the SOP.
pub fn rebuilt(solver: &Solver<'_>, pieces: &[Choice]) -> Option<Vec<String>> {
    let all: Vec<String> = pieces.iter().map(|p| plain(&p.text)).collect();
    let letters: usize = all.iter().map(|p| p.len() + 1).sum();
    let words = stems(&all.join(" "));
    let sentence = solver.evidence.sentences.with_all(&words).find(|s| s.plain.len() + 1 == letters)?;
    let mut left = sentence.plain.as_str();
    let mut open: Vec<usize> = (0..all.len()).collect();
    let mut out = Vec::new();
    while !left.is_empty() {
        let at = open.iter().position(|i| left == all[*i] || left.starts_with(&format!("{} ", all[*i])))?;
        let piece = open.remove(at);
        left = left[all[piece].len()..].trim_start();
        out.push(pieces[piece].id.clone());
    }
    open.is_empty().then_some(out)
}

/// The sentence with its limit, purpose or condition in other words.
pub fn reworded(whole: &str, using: &str) -> Vec<String> {
    let words: Vec<&str> = whole.split(' ').collect();
    let put = |at: usize, more: &str| format!("{} {more} {}", words[..at].join(" "), words[at..].join(" "));
    match using {
        "or more" | "or less" => {
            let cues: &[&str] =
                if using == "or more" { &[" at least "] } else { &[" no more than ", " at most ", " up to "] };
            let moved = |cue: &&str| {
                let (front, behind) = whole.split_once(*cue)?;
                let amount: Vec<&str> = behind.splitn(3, ' ').collect();
                let rest = amount.get(2).map(|r| format!(" {r}")).unwrap_or_default();
                Some(format!("{front} {} {}{} {using}{rest}", amount.first()?, amount.get(1)?, ""))
            };
            cues.iter().filter_map(moved).map(|s| s.replace("  ", " ")).collect()
        }
        "in order to" => (2..words.len()).filter(|i| words[*i] == "to").map(|i| put(i, "in order")).collect(),
        "it is" => (2..words.len())
            .filter(|i| matches!(words[i - 1], "if" | "when" | "where" | "unless"))
            .map(|i| put(i, "it is"))
            .collect(),
        // After a finite verb it would be no clause of a noun.
        "that is" | "that are" => {
            (1..words.len()).filter(|i| !is_finite(words[i - 1])).map(|i| put(i, using)).collect()
        }
        "on" | "off" | "up" | "out" | "away" | "down" | "back" | "in" | "over" | "aside"
            if words.get(1) == Some(&using) =>
        {
            vec![format!("{} {} {using}", words[0], words[2..].join(" "))]
        }
        "if" => without_unless(whole).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn without_unless(whole: &str) -> Option<String> {
    let (front, behind) = whole.split_once(" unless ")?;
    for be in [" is ", " are ", " has been ", " have been "] {
        if let Some((subject, rest)) = behind.split_once(be) {
            let mut parts = be.trim().splitn(2, ' ');
            let (first, more) = (parts.next()?, parts.next().map(|m| format!("{m} ")).unwrap_or_default());
            return Some(format!("{front} if {subject} {first} not {more}{rest}"));
        }
    }
    let rest = behind.strip_prefix("you ")?;
    Some(format!("{front} if you do not {rest}"))
}

/// The questions that the last part of an order answers, by what it tells.
pub fn asked(whole: &str, start: &str, using: &str) -> Vec<String> {
    let first = start.split(' ').next().unwrap_or_default();
    let fits = |tells: Tells| match first {
        "Where" => tells == Tells::Where,
        "When" => tells == Tells::When,
        "How" => matches!(tells, Tells::When | Tells::HowMuch),
        "At" => true,
        _ => false,
    };
    let parts = chunks(whole);
    let told = |from: usize| parts[from..].iter().any(|c| c.may.iter().any(|t| fits(*t)));
    let small = lower_first(whole, &whole.to_lowercase());
    let words: Vec<&str> = small.split(' ').collect();
    let mut ends = Vec::new();
    let mut taken = 0;
    for (i, part) in parts.iter().enumerate() {
        if i > 0 && told(i) {
            ends.push(taken);
        }
        taken += part.text.split(' ').count();
    }
    // An amount without a preposition ("every day") may hang on to the part before.
    ends.extend((1..words.len()).filter(|i| matches!(words[*i], "every" | "for" | "at" | "once" | "twice" | "within")));
    let must = if using == "have to" { " have to" } else { "" };
    ends.into_iter().map(|end| format!("{start}{must} {}?", words[..end].join(" "))).collect()
}
