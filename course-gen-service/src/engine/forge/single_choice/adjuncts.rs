//! How long, how soon, when, where, with what, why: the answer is the clause's own adjunct.

use course_format::course::Relation;

use crate::engine::english::adjunct::{Wh, qualifier_length};
use crate::engine::english::quantity::{self, Quantity};
use crate::engine::english::question::{self, About};
use crate::engine::english::text::{capitalise, overlap, stems, word_count};
use crate::engine::forge::build::{Spec, distinct};
use crate::engine::forge::stock::Asked;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.asked.iter().filter(|a| bench.holds(a.at)).filter_map(|a| one(bench, a)).collect()
}

/// The question with its situation, at the lesson's level.
pub fn stem(bench: &Bench<'_>, asked: &Asked) -> Option<String> {
    let about = match &asked.thing {
        Some((subject, modal)) => About::Thing { subject, modal: *modal },
        None => About::You,
    };
    let asks = match asked.adjunct.wh {
        Wh::HowMuch => question::how_much(&asked.adjunct, bench.level)?,
        _ => question::about(&asked.adjunct, about, bench.level),
    };
    let context = asked.context.as_ref().map(|c| format!("{c} ")).unwrap_or_default();
    Some(format!("{context}{asks}"))
}

fn one(bench: &Bench<'_>, asked: &Asked) -> Option<Made> {
    let stem = stem(bench, asked)?;
    if word_count(&stem) > 32 || word_count(&asked.adjunct.answer) > 14 {
        return None;
    }
    let key = capitalise(&asked.adjunct.answer);
    let mut library_proof = vec![bench.library.prove_part(asked.at, &asked.source)];
    library_proof.extend(asked.context_from.map(|at| bench.library.prove(at)));
    let spec = Spec {
        clause: asked.at,
        frame: frame(asked.adjunct.wh),
        target: asked.adjunct.answer.clone(),
        stem,
        rationale: rationale(asked),
        relation: Relation::Compress,
        provenance: library_proof,
        score: 6,
    };
    match &asked.adjunct.quantity {
        Some(quantity) if asked.adjunct.wh != Wh::HowOften => {
            let options = by_size(bench, asked, quantity)?;
            Some(spec.single(bench, &key, &[], Some(options)))
        }
        _ => {
            let distractors = same_slot(bench, asked)?;
            Some(spec.single(bench, &key, &distractors, None))
        }
    }
}

fn frame(wh: Wh) -> &'static str {
    match wh {
        Wh::HowLong => "how-long",
        Wh::HowSoon => "how-soon",
        Wh::HowOften => "how-often",
        Wh::HowManyTimes => "how-many-times",
        Wh::WhatTemperature => "what-temperature",
        Wh::WhatSpeed => "what-speed",
        Wh::WhatTime => "what-time",
        Wh::WhatSetting => "what-setting",
        Wh::HowMuch => "how-much",
        Wh::When => "when",
        Wh::Where => "where",
        Wh::WithWhat => "with-what",
        Wh::Why => "why",
    }
}

fn rationale(asked: &Asked) -> String {
    let answer = &asked.adjunct.answer;
    match asked.adjunct.wh {
        Wh::HowLong => format!("The text says how long: {answer}."),
        Wh::HowSoon => format!("The text gives a time limit: {answer}."),
        Wh::HowOften => format!("The text says how often: {answer}."),
        Wh::HowManyTimes | Wh::HowMuch => format!("The text gives the amount: {answer}."),
        Wh::WhatTemperature | Wh::WhatSetting => format!("The text gives the temperature: {answer}."),
        Wh::WhatSpeed => format!("The text gives the speed: {answer}."),
        Wh::WhatTime | Wh::When => format!("The text says when: {answer}."),
        Wh::Where => format!("The text names the place: {answer}."),
        Wh::WithWhat => format!("The text says what to use: {answer}."),
        Wh::Why => format!("The text gives the reason: {answer}."),
    }
}

/// The key's own words with amounts of other clauses, smallest first.
fn by_size(bench: &Bench<'_>, asked: &Asked, key: &Quantity) -> Option<Vec<String>> {
    let answer = &asked.adjunct.answer;
    if answer.matches(&key.text).count() != 1 || quantity::all(answer).len() != 1 {
        return None;
    }
    let own_section = stems(&bench.library.clause(asked.at).text);
    let mut pool: Vec<Quantity> = Vec::new();
    for fact in bench.stock.facts.iter().filter(|f| f.at.document == asked.at.document && f.at != asked.at) {
        // Most sentences hold no amount; looking for a digit first keeps long SOPs quick.
        if !fact.text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        for q in quantity::all(&fact.text) {
            let comparable = q.dimension == key.dimension && (q.size - key.size).abs() > f64::EPSILON && q.size > 0.0
                || q.dimension == key.dimension && q.size < 0.0 && key.size < 0.0;
            let known = pool.iter().any(|p| (p.size - q.size).abs() < f64::EPSILON);
            if comparable && !known && overlap(&stems(&fact.text), &own_section) <= 0.8 {
                pool.push(q);
            }
        }
    }
    pool.retain(|q| (q.size - key.size).abs() > f64::EPSILON && ratio(q, key) <= 80.0 && starts_with_digit(&q.text));
    pool.sort_by(|a, b| {
        (a.unit != key.unit, ratio(a, key))
            .partial_cmp(&(b.unit != key.unit, ratio(b, key)))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    if pool.len() < 2 {
        return None;
    }
    pool.truncate(2);
    let mut options: Vec<(f64, String)> =
        pool.iter().map(|q| (q.size, capitalise(&answer.replacen(&key.text, &q.text, 1)))).collect();
    options.push((key.size, capitalise(answer)));
    options.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(options.into_iter().map(|(_, text)| text).collect())
}

fn starts_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '-')
}

fn ratio(a: &Quantity, b: &Quantity) -> f64 {
    let (a, b) = (a.size.abs().max(0.001), b.size.abs().max(0.001));
    (a / b).max(b / a)
}

/// Answers to the same wh-word elsewhere, none of which could be true here as well.
fn same_slot(bench: &Bench<'_>, asked: &Asked) -> Option<Vec<String>> {
    let own = &asked.adjunct;
    let clause = bench.library.clause(asked.at);
    let around = stems(&format!("{} {}", clause.text, clause.section));
    let mut others: Vec<&Asked> = bench
        .stock
        .asked
        .iter()
        .filter(|o| o.adjunct.wh == own.wh && o.at != asked.at && o.at.document == asked.at.document)
        .filter(|o| word_count(&o.adjunct.answer) <= 12 && (own.wh != Wh::HowOften || o.adjunct.answer != own.answer))
        .filter(|o| !stems(&o.adjunct.answer).is_subset(&around))
        .filter(|o| !own.wh.eq(&Wh::When) || may_stand_beside(&own.answer, &o.adjunct.answer))
        .filter(|o| own.wh != Wh::HowLong || o.adjunct.quantity.is_none())
        .filter(|o| own.wh != Wh::Where || kind_of_place(&own.core) == kind_of_place(&o.adjunct.core))
        .collect();
    let verb = own.core.split(' ').next();
    others.sort_by_key(|o| {
        let near = bench.library.clause(o.at).section == clause.section;
        (!near, o.adjunct.core.split(' ').next() != verb, o.at)
    });
    let pool = others.into_iter().map(|o| capitalise(&o.adjunct.answer));
    distinct(&capitalise(&own.answer), pool, 2, 0.5)
}

/// Where things are written is no answer to where they are put.
fn kind_of_place(core: &str) -> u8 {
    let verb = core.split(' ').find(|w| *w != "be").unwrap_or_default();
    match cefr::lemma(verb).as_str() {
        "record" | "write" | "enter" | "save" => 0,
        "move" | "transfer" => 1,
        _ => 2,
    }
}

/// "Before the first delivery" and "before the end of the shift" may both be true: never options of one item.
fn may_stand_beside(key: &str, other: &str) -> bool {
    let kind = |t: &str| t.split(' ').next().map(str::to_lowercase).unwrap_or_default();
    let loose = |t: &str| {
        t.contains("end of")
            || t.contains("beginning of")
            || t.contains("start of")
            || qualifier_length(&t.split(' ').skip(1).collect::<Vec<_>>()) > 0
    };
    kind(key) != kind(other) || !(loose(key) || loose(other))
}
