//! "The paper originals are kept for six months": how long, where, when, how often.

use course_format::course::Relation;
use uuid::Uuid;

use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, stems, word_count};
use crate::engine::forge::build::{Spec, Wrong, alike_in_length, distinct};
use crate::engine::forge::single_choice::wrong_details;
use crate::engine::forge::stock::{Told, near};
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.told.iter().filter(|t| bench.holds(t.asked.at)).filter_map(|t| one(bench, t)).collect()
}

fn one(bench: &Bench<'_>, told: &Told) -> Option<Made> {
    let asked = &told.asked;
    let adjunct = &asked.adjunct;
    let word = match adjunct.wh {
        Wh::HowLong => "How long",
        Wh::HowSoon => "How soon",
        Wh::HowOften => "How often",
        Wh::Where => "Where",
        Wh::When => "When",
        Wh::WhatTime => "At what time",
        _ => return None,
    };
    let rest = adjunct.core.strip_prefix("be ")?;
    let question = format!("{word} {} {} {rest}?", told.aux, told.subject);
    if word_count(&question) > 22 || word_count(&adjunct.answer) > 12 {
        return None;
    }
    let key = capitalise(&adjunct.answer);
    let seed = Uuid::new_v5(&bench.library.document(asked.at).document_id, format!("told/{question}").as_bytes());
    let wrong = beside(bench, told, &key).or_else(|| wrong_details(bench, asked, seed))?;
    let reported = format!("{} {} {} {rest}", word.to_lowercase(), told.subject, told.aux);
    let spec = Spec {
        clause: asked.at,
        frame: "told",
        target: adjunct.answer.clone(),
        stem: question.clone(),
        others: vec![
            format!("A visitor asks you: “{question}” What do you answer?"),
            format!("You explain the work to a trainee, who asks: “{question}” Choose the answer."),
            format!("Somebody wants to know {reported}. What do you say?"),
        ],
        rationale: format!("The SOP says: {}.", adjunct.answer),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(asked.at, &asked.source)],
        reasons: Vec::new(),
        score: 6,
    };
    if adjunct.quantity.is_some() && adjunct.wh != Wh::HowOften {
        // Amounts stand by size: that is the work of the items on amounts.
        let mut texts: Vec<String> = std::iter::once(key.clone()).chain(wrong.iter().map(|w| w.text.clone())).collect();
        let size = |t: &String| crate::engine::english::quantity::all(t).first().map(|q| q.size);
        texts.sort_by(|a, b| size(a).unwrap_or(0.0).total_cmp(&size(b).unwrap_or(0.0)));
        let spec = Spec { reasons: wrong.iter().map(Wrong::reason).collect(), ..spec };
        return Some(spec.single_in_order(bench, &key, &texts));
    }
    Some(spec.single(bench, &key, &wrong))
}

/// What is told about other things in the same slot.
fn beside(bench: &Bench<'_>, told: &Told, key: &str) -> Option<Vec<Wrong>> {
    if told.asked.adjunct.quantity.is_some() {
        return None;
    }
    let clause = bench.library.clause(told.asked.at);
    let around = stems(&format!("{} {}", clause.text, clause.section));
    let asked = near(&bench.stock.asked, told.asked.at, |a| a.at, 200).iter();
    let others = near(&bench.stock.told, told.asked.at, |t| t.asked.at, 200).iter().map(|t| &t.asked);
    let pool = others
        .chain(asked)
        .filter(|o| o.adjunct.wh == told.asked.adjunct.wh && o.at != told.asked.at && o.adjunct.quantity.is_none())
        .filter(|o| o.at.document == told.asked.at.document && !stems(&o.adjunct.answer).is_subset(&around))
        .map(|o| Wrong::new(capitalise(&o.adjunct.answer), o.at, o.source.clone()))
        .filter(|w| alike_in_length(w.text.chars().count(), key.chars().count()));
    distinct(key, pool, 2, 0.5)
}
