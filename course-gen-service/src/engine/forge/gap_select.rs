//! A sentence of the SOP with one gap and three words for it: one fits by form and by what the SOP says.

mod small_words;
mod things;

use std::collections::BTreeMap;

use course_format::Level;
use course_format::course::{Answer, GapPiece, ItemBody, Relation};

use super::build::{Reason, Spec, Wrong, choices, id_of, shuffled};
use super::lines::Line;
use super::stock::Amount;
use super::{Bench, Made};
use crate::engine::english::limit;
use crate::engine::english::quantity::{self, Dimension, Quantity};

/// Every choice of a missing word that the lesson's sentences give.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for line in bench.lines().filter(|l| (5..=24).contains(&l.words)) {
        out.extend(amount(bench, line));
        out.extend(small_words::time_word(bench, line));
        out.extend(small_words::modal(bench, line));
        out.extend(small_words::joiner(bench, line));
        if bench.level <= Level::B1 {
            out.extend(small_words::preposition(bench, line));
        }
        out.extend(things::verb(bench, line));
        let term = things::term(bench, line);
        if term.is_none() {
            out.extend(things::noun(bench, line));
        }
        out.extend(term);
    }
    let loose = bench.lesson.clauses.iter().flat_map(|at| bench.stock.loose_of(*at));
    for line in loose.filter(|l| l.words <= 26) {
        out.extend(things::term(bench, line).or_else(|| things::noun(bench, line)));
    }
    out
}

/// What one gap asks: where it is, what belongs there, what else is offered.
struct Cut<'a> {
    line: &'a Line,
    at: usize,
    key: &'a str,
    wrong: Vec<(String, Reason)>,
    frame: &'static str,
    stems: &'a [&'a str],
    rationale: String,
    score: i32,
    /// Options in this order; else they are mixed.
    ordered: Option<Vec<String>>,
}

fn item(bench: &Bench<'_>, cut: Cut<'_>) -> Made {
    let Cut { line, at, key, wrong, frame, stems, rationale, score, ordered } = cut;
    let text = &line.text;
    let mut pieces = Vec::new();
    if at > 0 {
        pieces.push(GapPiece::Text { text: text[..at].to_owned() });
    }
    pieces.push(GapPiece::Gap { id: "g1".to_owned(), hint: None });
    if at + key.len() < text.len() {
        pieces.push(GapPiece::Text { text: text[at + key.len()..].to_owned() });
    }
    let spec = Spec {
        clause: line.at,
        frame,
        target: format!("{}@{at}", key.to_lowercase()),
        stem: stems[0].to_owned(),
        others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale,
        relation: Relation::Quote,
        provenance: vec![bench.library.prove_part(line.at, text)],
        reasons: wrong.iter().map(|(_, r)| r.clone()).collect(),
        score,
    };
    let texts = std::iter::once(key.to_owned()).chain(wrong.into_iter().map(|(text, _)| text));
    let options = choices(&ordered.unwrap_or_else(|| shuffled(spec.id(bench), texts)));
    let choice = id_of(&options, key);
    spec.finish(
        bench,
        ItemBody::GapSelect { pieces, options: BTreeMap::from([("g1".to_owned(), options)]) },
        Answer::GapSelect { choices: BTreeMap::from([("g1".to_owned(), choice)]) },
        1,
    )
}

fn here(line: &Line, option: &str, why: String) -> (String, Reason) {
    (option.to_owned(), Reason { option: option.to_owned(), why, at: line.at, part: line.text.clone() })
}

/// "20 seconds" among other times of the SOP.
fn amount(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let found = quantity::all(&line.text);
    let [key] = found.as_slice() else { return None };
    let digit = key.text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let at = line.text.find(&key.text).filter(|_| digit && line.text.matches(&key.text).count() == 1)?;
    let wrong = other_amounts(bench, line, key)?;
    let mut texts: Vec<(f64, String)> = wrong.iter().map(|(size, text, _)| (*size, text.clone())).collect();
    texts.push((key.size, key.text.clone()));
    texts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wrong = wrong.into_iter().map(|(_, text, reason)| (text, reason)).collect();
    Some(item(
        bench,
        Cut {
            line,
            at,
            key: &key.text,
            wrong,
            frame: "select-amount",
            stems: &[
                "Which amount completes the rule?",
                "The number on this notice cannot be read. Choose the right one.",
                "A colleague is not sure about the figure. Which one is right?",
                "You check a copy of the SOP. What belongs in the gap?",
                "Complete the sentence with the right figure.",
            ],
            rationale: format!("The SOP gives {} here.", key.text),
            score: 6,
            ordered: Some(texts.into_iter().map(|(_, t)| t).collect()),
        },
    ))
}

/// Two other amounts: those of other rules that are near enough to be meant, then ours.
fn other_amounts(bench: &Bench<'_>, line: &Line, key: &Quantity) -> Option<Vec<(f64, String, Reason)>> {
    let all = bench.stock.amounts.get(&(line.at.document, key.dimension))?;
    let place = all.partition_point(|a| a.quantity.size < key.size);
    let plural = |text: &str| text.ends_with('s');
    let fits = |a: &&Amount| {
        (a.quantity.size - key.size).abs() > f64::EPSILON
            && a.at != line.at
            && a.quantity.text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && (key.dimension != Dimension::Other || a.quantity.unit == key.unit)
            && plural(&a.quantity.text) == plural(&key.text)
            && a.quantity.text.contains(' ') == key.text.contains(' ')
    };
    let mut near: Vec<&Amount> = all[..place].iter().rev().filter(fits).take(4).collect();
    near.extend(all[place..].iter().filter(fits).take(4));
    near.sort_by(|a, b| {
        let far = |x: &Amount| (x.quantity.size / key.size).abs().ln().abs();
        (a.quantity.unit != key.unit).cmp(&(b.quantity.unit != key.unit)).then(far(a).total_cmp(&far(b)))
    });
    let mut sizes: Vec<f64> = Vec::new();
    near.retain(|a| {
        let new = !sizes.iter().any(|s| (s - a.quantity.size).abs() < f64::EPSILON);
        sizes.push(a.quantity.size);
        new
    });
    // Five minutes are no answer where a year is meant.
    near.retain(|a| key.dimension == Dimension::Temperature || (a.quantity.size / key.size).abs().ln().abs() < 2.8);
    near.truncate(2);
    let mut wrong: Vec<(f64, String, Reason)> = near
        .iter()
        .map(|a| {
            let text = a.quantity.text.clone();
            let reason = Wrong::new(text.clone(), a.at, a.source.clone()).reason();
            (a.quantity.size, text, reason)
        })
        .collect();
    wrong.extend(ours(line, key, near.iter().map(|a| a.quantity.size)));
    wrong.truncate(2);
    (wrong.len() == 2).then_some(wrong)
}

/// Amounts that the SOP does not give here, where other rules have none of the kind: larger and smaller in turn.
fn ours(line: &Line, key: &Quantity, taken: impl Iterator<Item = f64>) -> Vec<(f64, String, Reason)> {
    let taken: Vec<f64> = taken.collect();
    let first = line.words.is_multiple_of(2);
    let made = [first, !first].into_iter().filter_map(|larger| limit::other(key, larger));
    made.filter(|q| !taken.iter().any(|t| (t - q.size).abs() < f64::EPSILON))
        .map(|q| {
            let (_, reason) = here(line, &q.text, format!("The SOP gives {} here.", key.text));
            (q.size, q.text, reason)
        })
        .collect()
}

/// The only place in the line where one of `words` stands between two spaces.
pub(super) fn only<'w>(text: &str, words: &[&'w str]) -> Option<(usize, &'w str)> {
    let mut found = words
        .iter()
        .flat_map(|w| text.match_indices(&format!(" {w} ")).map(move |(at, _)| (at + 1, *w)).collect::<Vec<_>>());
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
