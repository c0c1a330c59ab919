//! A colleague tells how much, how long, how warm it was: too little, right or too much by the SOP?

use course_format::course::Relation;
use uuid::Uuid;

use crate::engine::english::limit::{self, Comparator, Limit, Use};
use crate::engine::english::parse::Form;
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::facts::{self, Fact};
use crate::engine::forge::build::{Reason, Spec, spread};
use crate::engine::forge::{Bench, Made, told};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.facts.iter().filter(|f| bench.holds(f.at)).filter_map(|f| one(bench, f)).collect()
}

/// Below, right, above, as people say it.
pub fn verdicts(dimension: Dimension) -> [&'static str; 3] {
    match dimension {
        Dimension::Duration => ["That was too short.", "That was right.", "That was too long."],
        Dimension::Volume | Dimension::Mass => ["That was too little.", "That was right.", "That was too much."],
        Dimension::Length => ["That was not far enough.", "That was right.", "That was too far."],
        Dimension::Times => ["That was not often enough.", "That was right.", "That was too often."],
        _ => ["That was too low.", "That was right.", "That was too high."],
    }
}

/// Where a value lies: 0 below, 1 right, 2 above.
pub fn verdict(text: &str, own: &Quantity, value: f64) -> Option<usize> {
    let place = |low: f64, high: f64| if value < low { 0 } else { usize::from(value > high) + 1 };
    match limit::only(text) {
        None => Some(place(own.size, own.size)),
        Some(limit) if limit::usage(text, &limit) == Some(Use::Right) => match limit.comparator {
            Comparator::AtLeast => Some(place(limit.low.size, f64::INFINITY)),
            Comparator::AtMost => Some(place(f64::NEG_INFINITY, limit.low.size)),
            Comparator::Between => Some(place(limit.low.size, limit.high.as_ref()?.size)),
            Comparator::Above | Comparator::Below => None,
        },
        Some(_) => None,
    }
}

/// The amount of an order as it stands, with the limit around it: what is replaced in the message.
fn cut(text: &str) -> Option<(String, Quantity, Option<Limit>)> {
    if let Some(limit) = limit::only(text) {
        return Some((text[limit.start..limit.end].to_owned(), limit.low.clone(), Some(limit)));
    }
    let found = quantity::all(text);
    let [own] = found.as_slice() else { return None };
    Some((own.text.clone(), own.clone(), None))
}

fn one(bench: &Bench<'_>, fact: &Fact) -> Option<Made> {
    let Form::Do(command) = &fact.form else { return None };
    let (said, own, limit) = cut(&fact.text)?;
    let inexact =
        ["about", "approximately", " or ", "within", "every ", "up to", " to "].iter().any(|w| fact.text.contains(w));
    let timed = matches!(own.dimension, Dimension::Clock | Dimension::Share | Dimension::Other);
    if inexact && limit.as_ref().is_none_or(|l| l.comparator != Comparator::Between) || timed {
        return None;
    }
    if command.phrases.iter().any(|p| facts::has_pronoun(p)) || command.text.matches(&said).count() != 1 {
        return None;
    }
    let seed = Uuid::new_v5(&bench.library.document(fact.at).document_id, format!("amount/{}", fact.text).as_bytes());
    let top = limit.as_ref().and_then(|l| l.high.clone()).unwrap_or_else(|| own.clone());
    // Whoever waits longer than the SOP says may still be right: only a limit makes a time too long.
    let longer = (own.dimension != Dimension::Duration || limit.is_some()).then(|| limit::other(&top, true)).flatten();
    let mut values: Vec<Quantity> = [limit::other(&own, false), longer].into_iter().flatten().collect();
    if limit.is_none() {
        values.push(own.clone());
    }
    let first = spread(seed, values.len().max(1));
    values.rotate_left(first);
    let (value, at) = values.into_iter().find_map(|v| {
        let at = verdict(&fact.text, &own, v.size)?;
        Some((v, at))
    })?;
    let phrases: Vec<String> = command.phrases.iter().map(|p| p.replacen(&said, &value.text, 1)).collect();
    let message = told::message(&phrases, false).filter(|m| m.contains(&value.text))?;
    let options = verdicts(own.dimension);
    let because = |shown: usize| {
        let not = if shown == at { "" } else { ", so this answer is not right" };
        format!("The SOP says “{said}”. The colleague says “{}”{not}.", value.text)
    };
    let stems = [
        format!("A colleague tells you: “{message}” What do you think about the {}?", named(own.dimension)),
        format!("You read in a report: “{message}” How was that?"),
        format!("A trainee asks if this was correct: “{message}” What is your answer?"),
        format!("“{message}” That is what you hear at the end of the shift. What do you say?"),
    ];
    let spec = Spec {
        clause: fact.at,
        frame: "case-amount",
        target: format!("{}/{}", fact.text, value.text),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: because(at),
        relation: Relation::Infer,
        provenance: vec![bench.library.prove_part(fact.at, &fact.text)],
        reasons: (0..3)
            .filter(|i| *i != at)
            .map(|i| Reason { option: options[i].to_owned(), why: because(i), at: fact.at, part: fact.text.clone() })
            .collect(),
        score: 8,
    };
    let shown: Vec<String> = options.iter().map(|o| (*o).to_owned()).collect();
    Some(spec.single_in_order(bench, options[at], &shown))
}

fn named(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Duration => "time",
        Dimension::Temperature => "temperature",
        Dimension::Volume | Dimension::Mass => "amount",
        Dimension::Length => "distance",
        Dimension::Speed => "speed",
        _ => "number",
    }
}
