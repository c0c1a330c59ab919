//! Points for beginners: one thing, and when it is done.

use super::{Found, Words};
use crate::engine::english::words::{is_finite, is_function};
use crate::engine::facts::Fact;

/// "a face shield", "an apron": with the word that decides between the two.
pub fn articles(fact: &Fact) -> Option<Found> {
    let words = Words::of(fact);
    let i = (1..words.len()).find(|i| {
        let next = words.at(i + 1);
        matches!(words.at(*i), "a" | "an")
            && words.joined(*i)
            && next.len() > 2
            && !is_function(next)
            && !matches!(next, "few" | "lot" | "time" | "little")
            && next.chars().all(char::is_lowercase)
    })?;
    // "a glue board", but "a change | fails": after one thing, a word with -s is its verb.
    let mut end = i + 1;
    while end < i + 4 && words.joined(end) && goes_on(words.at(end + 1)) {
        end += 1;
    }
    words.found(i, end, if words.at(i) == "a" { "a" } else { "an" })
}

fn goes_on(word: &str) -> bool {
    use cefr::PartOfSpeech::{Adjective, Noun};
    let ends = word.ends_with('s') && !word.ends_with("ss") || word.ends_with("ly") || is_finite(word);
    word.len() > 2 && !ends && !is_function(word) && [Noun, Adjective].into_iter().any(|p| cefr::can_be(word, p))
}

/// "at 9:30", "on Sundays", "in the morning", "every 4 hours"
pub fn time_words(fact: &Fact) -> Option<Found> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const PARTS: [&str; 3] = ["morning", "afternoon", "evening"];
    const SPANS: [&str; 9] = ["day", "morning", "evening", "week", "month", "year", "hours", "minutes", "shift"];
    let words = Words::of(fact);
    let day = |w: &str| DAYS.contains(&w.trim_end_matches('s'));
    let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let half = |w: &str| matches!(w, "a.m" | "p.m" | "am" | "pm" | "o'clock" | "o’clock");
    if let Some(i) = words.run(&[&|w| w == "at", &|w| digit(w) && w.contains(':')]) {
        return words.found(i, i + 1, "at");
    }
    if let Some(i) = words.run(&[&|w| w == "at", &digit, &half]) {
        return words.found(i, i + 2, "at");
    }
    if let Some(i) = words.run(&[&|w| w == "on", &day]) {
        return words.found(i, i + 1, "on");
    }
    if let Some(i) = words.run(&[&|w| w == "in", &|w| w == "the", &|w| PARTS.contains(&w)]) {
        return words.found(i, i + 2, "in");
    }
    let span = |w: &str| SPANS.contains(&w) || day(w);
    if let Some(i) = words.run(&[&|w| w == "every", &span]) {
        return words.found(i, i + 1, "every");
    }
    let i = words.run(&[&|w| w == "every", &digit, &|w| SPANS.contains(&w)])?;
    words.found(i, i + 2, "every")
}
