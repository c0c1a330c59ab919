//! How long, how soon, when, where, with what, why: the answer is the clause's own adjunct.

use course_format::Level;
use course_format::course::Relation;

use crate::engine::english::adjunct::{Adjunct, Wh, qualifier_length};
use crate::engine::english::quantity::{self, Dimension, Quantity};
use crate::engine::english::question::{self, About};
use crate::engine::english::text::{capitalise, overlap, stems, word_count};
use crate::engine::forge::build::{Spec, Wrong, alike_in_length, distinct, spread};
use crate::engine::forge::stock::{Amount, Asked, near};
use crate::engine::forge::{Bench, Made};

/// Questions on either side of a clause among which wrong answers are looked for.
const REACH: usize = 200;

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
    let mut proof = vec![bench.library.prove_part(asked.at, &asked.source)];
    proof.extend(asked.context_from.map(|at| bench.library.prove(at)));
    let mut spec = Spec {
        clause: asked.at,
        frame: frame(asked.adjunct.wh),
        target: asked.adjunct.answer.clone(),
        stem,
        others: others(bench, asked),
        rationale: rationale(asked),
        relation: Relation::Compress,
        provenance: proof,
        reasons: Vec::new(),
        score: 6,
    };
    match &asked.adjunct.quantity {
        Some(quantity) if asked.adjunct.wh != Wh::HowOften => {
            let (options, wrong) = by_size(bench, asked, quantity, spread(spec.id(bench), 3))?;
            spec.reasons = wrong.iter().map(Wrong::reason).collect();
            Some(spec.single_in_order(bench, &key, &options))
        }
        _ => {
            let distractors = same_slot(bench, asked)?;
            Some(spec.single(bench, &key, &distractors))
        }
    }
}

/// Two details of other clauses that could stand in the place of this one, as the options of its question would be.
pub fn wrong_details(bench: &Bench<'_>, asked: &Asked, seed: uuid::Uuid) -> Option<Vec<Wrong>> {
    match &asked.adjunct.quantity {
        Some(quantity) if asked.adjunct.wh != Wh::HowOften => Some(by_size(bench, asked, quantity, spread(seed, 3))?.1),
        _ => same_slot(bench, asked),
    }
}

/// The same question as a colleague asks it, and reported.
fn others(bench: &Bench<'_>, asked: &Asked) -> Vec<String> {
    let (None, None) = (&asked.thing, &asked.context) else { return Vec::new() };
    if asked.adjunct.wh == Wh::HowMuch || asked.adjunct.core.contains("you ") {
        return Vec::new();
    }
    let mine = Adjunct { core: mine(&asked.adjunct.core), ..asked.adjunct.clone() };
    let asks = question::about(&mine, About::Me, bench.level);
    let reported = question::reported(&asked.adjunct, bench.level);
    let mut out = vec![
        format!("A new colleague asks you: “{asks}” What do you answer?"),
        format!("You are training a new colleague, who asks: “{asks}” Choose the right answer."),
    ];
    if bench.level >= Level::B1 {
        out.push(format!("Your supervisor wants to hear from you {reported}. What do you say?"));
        out.push(format!("At the start of the shift you are asked {reported}. What do you say?"));
    }
    out
}

fn mine(core: &str) -> String {
    core.split(' ').map(|w| if w == "your" { "my" } else { w }).collect::<Vec<_>>().join(" ")
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

/// The key's own words with amounts of other clauses, smallest first. `rank` says where the key should stand, so that the
/// middle is no better a guess than the ends.
fn by_size(bench: &Bench<'_>, asked: &Asked, key: &Quantity, rank: usize) -> Option<(Vec<String>, Vec<Wrong>)> {
    let answer = &asked.adjunct.answer;
    if answer.matches(&key.text).count() != 1 || quantity::all(answer).len() != 1 {
        return None;
    }
    let own = stems(&bench.library.clause(asked.at).text);
    let all = bench.stock.amounts.get(&(asked.at.document, key.dimension))?;
    let at = all.partition_point(|a| a.quantity.size < key.size);
    let differs = |a: &&Amount| (a.quantity.size - key.size).abs() > f64::EPSILON;
    let fits = |a: &&Amount| {
        let signs = (a.quantity.size > 0.0) == (key.size > 0.0) || key.dimension == Dimension::Temperature;
        a.at != asked.at
            && differs(a)
            && signs
            && ratio(&a.quantity, key) <= 80.0
            && starts_with_digit(&a.quantity.text)
            && overlap(&a.stems, &own) <= 0.8
    };
    let mut smaller: Vec<&Amount> = all[..at].iter().rev().filter(fits).take(6).collect();
    let mut larger: Vec<&Amount> = all[at..].iter().filter(fits).take(6).collect();
    for side in [&mut smaller, &mut larger] {
        side.sort_by_key(|a| a.quantity.unit != key.unit);
        side.dedup_by(|a, b| (a.quantity.size - b.quantity.size).abs() < f64::EPSILON);
    }
    let below = rank.min(smaller.len()).max(2_usize.saturating_sub(larger.len()));
    let above = 2_usize.checked_sub(below)?;
    let mut picked: Vec<&Amount> = smaller.iter().take(below).chain(larger.iter().take(above)).copied().collect();
    picked.dedup_by(|a, b| (a.quantity.size - b.quantity.size).abs() < f64::EPSILON);
    if picked.len() < 2 {
        return None;
    }
    let shown = |text: &str| capitalise(&answer.replacen(&key.text, text, 1));
    let wrong: Vec<Wrong> =
        picked.iter().map(|a| Wrong::new(shown(&a.quantity.text), a.at, a.source.clone())).collect();
    let mut options: Vec<(f64, String)> = picked.iter().map(|a| (a.quantity.size, shown(&a.quantity.text))).collect();
    options.push((key.size, capitalise(answer)));
    options.sort_by(|a, b| a.0.total_cmp(&b.0));
    let texts: Vec<String> = options.into_iter().map(|(_, text)| text).collect();
    (texts[0] != texts[1] && texts[1] != texts[2]).then_some((texts, wrong))
}

fn starts_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '-')
}

fn ratio(a: &Quantity, b: &Quantity) -> f64 {
    let (a, b) = (a.size.abs().max(0.001), b.size.abs().max(0.001));
    (a / b).max(b / a)
}

/// Answers to the same wh-word elsewhere, none of which could be true here as well.
fn same_slot(bench: &Bench<'_>, asked: &Asked) -> Option<Vec<Wrong>> {
    let own = &asked.adjunct;
    let clause = bench.library.clause(asked.at);
    let around = stems(&format!("{} {}", clause.text, clause.section));
    let mut others: Vec<&Asked> = near(&bench.stock.asked, asked.at, |a| a.at, REACH)
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
    let key = capitalise(&own.answer);
    let pool = others.into_iter().map(|o| Wrong::new(capitalise(&o.adjunct.answer), o.at, o.source.clone()));
    let pool = pool.filter(|w| alike_in_length(w.text.chars().count(), key.chars().count()));
    distinct(&key, pool, 2, 0.5)
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
