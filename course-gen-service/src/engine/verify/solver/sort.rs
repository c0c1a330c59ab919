use course_format::course::{Choice, GapPiece};

use super::evidence::{Piece, says_no};
use super::{Solver, only, placed};
use crate::engine::english::chunks::mentions_people;
use crate::engine::english::quantity::{self, Dimension};
use crate::engine::english::text::{contains_word, overlap, stems};

/// Whether the SOP says this statement: every word of it in one sentence that does not forbid it. `None` where nothing like
/// it is said at all.
pub fn is_true(solver: &Solver<'_>, stem: &str) -> Option<bool> {
    let said = stem.split('“').nth(1).and_then(|q| q.split('”').next()).unwrap_or(stem);
    let words = stems(said);
    let denied = says_no(said);
    let near = solver.evidence.sentences.with_half(&words);
    let best = near.iter().map(|p| overlap_of(&words, p)).fold(0.0, f32::max);
    if best < 0.5 {
        return None;
    }
    Some(near.iter().any(|p| overlap_of(&words, p) > 0.999 && p.forbids == denied))
}

fn overlap_of(words: &std::collections::BTreeSet<String>, piece: &Piece) -> f32 {
    if words.is_empty() { 0.0 } else { words.intersection(&piece.stems).count() as f32 / words.len() as f32 }
}

/// The one sentence that tells what the question wants to know, by the words of both.
pub fn tells(_: &Solver<'_>, stem: &str, sentences: &[Choice]) -> Option<String> {
    let asked = stem.to_lowercase();
    let asks = |words: &[&str]| words.iter().any(|w| contains_word(&asked, w));
    let word = |text: &str, words: &[&str]| {
        let lower = text.to_lowercase();
        words.iter().any(|w| contains_word(&lower, w))
    };
    let measures = |text: &str, wanted: Dimension| quantity::all(text).iter().any(|q| q.dimension == wanted);
    let pass: Box<dyn Fn(&str) -> bool> = if asks(&["thermometer", "warm", "cold", "temperature"]) {
        Box::new(|t| measures(t, Dimension::Temperature))
    } else if asks(&["clock", "minutes", "how much time", "hours"]) {
        Box::new(|t| measures(t, Dimension::Duration))
    } else if asks(&["permission", "choice", "if we want"]) {
        Box::new(move |t| word(t, &["may", "can", "allowed", "optional"]))
    } else if asks(&["never", "forbidden", "stop", "ban", "warn"]) {
        Box::new(move |t| says_no(t) || word(t, &["not", "no"]))
    } else if asks(&["why", "reason"]) {
        Box::new(move |t| word(t, &["because", "so that", "in order to"]))
    } else if asks(&["case", "situation", "something special"]) {
        Box::new(move |t| word(t, &["if", "when", "unless", "whenever"]))
    } else if asks(&["whose", "person", "who"]) {
        Box::new(mentions_people)
    } else if asks(&["order", "first", "later"]) {
        Box::new(move |t| word(t, &["before", "after", "until", "then", "first", "finally", "once"]))
    } else {
        return None;
    };
    only(sentences, |s| pass(&s.text)).map(|s| s.id.clone())
}

/// The category that the SOP puts this entry into.
pub fn category(solver: &Solver<'_>, entry: &str, categories: &[Choice]) -> Option<String> {
    if let Some((front, after)) = entry.split_once(" … ") {
        return missing_word(solver, front, after, categories);
    }
    let bare = placed::plain(entry.trim_start_matches('…'));
    let words = stems(entry);
    let mut found: Vec<&Piece> =
        solver.evidence.sentences.with_all(&words).filter(|p| p.plain.contains(&bare)).collect();
    if found.is_empty() {
        found = solver.evidence.sentences.with_all(&words).collect();
    }
    let negative = |c: &Choice| contains_word(&c.text.to_lowercase(), "not");
    let votes: Vec<Option<String>> = found
        .iter()
        .map(|p| {
            if categories.len() == 2 && categories.iter().filter(|c| negative(c)).count() == 1 {
                return categories.iter().find(|c| negative(c) == p.forbids).map(|c| c.id.clone());
            }
            named(solver, p, categories)
        })
        .collect();
    let first = votes.first()?.clone()?;
    votes.iter().all(|v| v.as_ref() == Some(&first)).then_some(first)
}

/// The category whose name stands in the sentence, in its headings, or as the person that they give the task to.
fn named(solver: &Solver<'_>, piece: &Piece, categories: &[Choice]) -> Option<String> {
    let clause = solver.library.clause(piece.at);
    let mut around = stems(&clause.section);
    around.extend(piece.stems.iter().cloned());
    around.extend(clause.slots.actor.iter().flat_map(|a| stems(&a.text)));
    let mut scored: Vec<(f32, &Choice)> = categories
        .iter()
        .map(|c| {
            let name = stems(&c.text);
            let last = clause
                .section
                .rsplit(" > ")
                .next()
                .is_some_and(|s| s.trim_end_matches(':').eq_ignore_ascii_case(&c.text));
            (
                overlap(&name, &around) * name.iter().filter(|n| around.contains(*n)).count() as f32
                    + if last { 10.0 } else { 0.0 },
                c,
            )
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let clear = scored.first()?.0 > 0.0 && scored.get(1).is_none_or(|second| scored[0].0 > second.0 + 1e-4);
    clear.then(|| scored[0].1.id.clone())
}

/// The category that ends with the words that the SOP has in the place of "…".
fn missing_word(solver: &Solver<'_>, front: &str, after: &str, categories: &[Choice]) -> Option<String> {
    let pieces = [
        GapPiece::Text { text: format!("{front} ") },
        GapPiece::Gap { id: "g".to_owned(), hint: None },
        GapPiece::Text { text: format!(" {after}") },
    ];
    let found = placed::fills(solver, &pieces)?;
    only(categories, |c| c.text.rsplit(": ").next().is_some_and(|w| placed::plain(w) == found[0])).map(|c| c.id.clone())
}
