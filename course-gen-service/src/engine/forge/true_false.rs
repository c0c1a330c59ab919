//! A statement about the work: what the SOP says, or the same with one detail of another clause.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};

use super::build::{Spec, spread};
use super::lines::Line;
use super::stock::{Amount, Duty, near};
use super::{Bench, Made};
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::quantity;
use crate::engine::english::text::{lower_first, overlap, sentence, stems};
use crate::engine::library::ClauseRef;

/// Statements for A-level readers; above, they are too easy to guess.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level > Level::A2 {
        return Vec::new();
    }
    bench.lines().filter(|l| l.model && l.words <= 18).filter_map(|line| one(bench, line)).collect()
}

/// The line as a statement; nothing for prohibitions, whose truth turns on a "not".
fn statement(line: &Line) -> Option<String> {
    let lower = line.text.to_lowercase();
    if [" not ", "never", "nobody", "only", "n't", "no "].iter().any(|w| lower.contains(w)) {
        return None;
    }
    match &line.form {
        Form::Do(c) if c.text.split(' ').next().is_some_and(|w| !w.ends_with("ly")) => {
            Some(sentence(&format!("you have to {}", c.text)))
        }
        Form::When { joiner, condition, then } => match then.as_ref() {
            Form::Do(c) => Some(sentence(&format!("{joiner} {condition}, you have to {}", c.text))),
            _ => None,
        },
        Form::Duty { negative: false, .. } | Form::Role { .. } => Some(line.sentence()),
        _ => None,
    }
}

/// A false version and what makes it false.
struct Swapped {
    text: String,
    right: String,
    at: ClauseRef,
    source: String,
}

fn one(bench: &Bench<'_>, line: &Line) -> Option<Made> {
    let said = statement(line)?;
    let swapped = other_amount(bench, line, &said)
        .or_else(|| other_person(bench, line, &said))
        .or_else(|| other_place(bench, line, &said))?;
    let mut spec = Spec {
        clause: line.at,
        frame: "true-false",
        target: said.clone(),
        stem: String::new(),
        others: Vec::new(),
        rationale: String::new(),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(line.at, &line.text)],
        reasons: Vec::new(),
        score: 5,
    };
    let value = spread(spec.id(bench), 2) == 0;
    let text = if value { said } else { swapped.text };
    spec.rationale = if value {
        "The SOP says exactly this.".to_owned()
    } else {
        format!("The SOP says: {}. The other detail belongs to “{}”", swapped.right, swapped.source.trim())
    };
    if !value {
        spec.provenance.push(bench.library.prove_part(swapped.at, &swapped.source));
    }
    spec.others = vec![
        format!("A new colleague tells you: “{text}” Is that what the SOP says?"),
        format!("You read this on a notice: “{text}” Is the notice right?"),
        format!("A trainee writes in a notebook: “{text}” Is that right?"),
    ];
    spec.stem = text;
    Some(spec.finish(bench, ItemBody::TrueFalse {}, Answer::TrueFalse { value }, 1))
}

fn other_amount(bench: &Bench<'_>, line: &Line, said: &str) -> Option<Swapped> {
    let found = quantity::all(said);
    let [key] = found.as_slice() else { return None };
    let all = bench.stock.amounts.get(&(line.at.document, key.dimension))?;
    let at = all.partition_point(|a| a.quantity.size < key.size);
    let fits = |a: &&Amount| {
        (a.quantity.size - key.size).abs() > f64::EPSILON
            && a.at != line.at
            && a.quantity.text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && a.quantity.text.ends_with('s') == key.text.ends_with('s')
            && overlap(&a.stems, &line.stems) < 0.7
            && (a.quantity.size / key.size).abs().ln().abs() < 4.0
    };
    let other = all[at..].iter().find(fits).or_else(|| all[..at].iter().rev().find(fits))?;
    (said.matches(&key.text).count() == 1).then(|| Swapped {
        text: said.replacen(&key.text, &other.quantity.text, 1),
        right: key.text.clone(),
        at: other.at,
        source: other.source.clone(),
    })
}

fn other_person(bench: &Bench<'_>, line: &Line, said: &str) -> Option<Swapped> {
    let actor = match &line.form {
        Form::Role { actor, .. } => actor,
        Form::Duty { subject, modal: Modal::Must | Modal::May, .. } => subject,
        _ => return None,
    };
    let own = stems(actor);
    let around = near(&bench.stock.duties, line.at, |d| d.at, 60);
    let mine = around.iter().find(|d| d.at == line.at && overlap(&stems(&d.actor), &own) > 0.9)?;
    let also = |d: &Duty| {
        around.iter().any(|o| o.actor == d.actor && overlap(&stems(&o.predicate), &stems(&mine.predicate)) > 0.5)
    };
    let singular = |name: &str| !name.ends_with('s');
    let other = around.iter().find(|d| {
        d.at.document == line.at.document
            && overlap(&stems(&d.actor), &own) == 0.0
            && singular(&d.actor) == singular(&mine.actor)
            && stems(&d.actor).is_disjoint(&line.stems)
            && !also(d)
    })?;
    let text = &bench.library.document(line.at).text;
    let name = lower_first(&other.actor, text);
    let subject = if actor.starts_with("The ") || actor.starts_with("the ") {
        format!("The {name}")
    } else if actor.starts_with("A ") {
        return None;
    } else {
        other.actor.clone()
    };
    said.starts_with(actor.as_str()).then(|| Swapped {
        text: format!("{subject}{}", &said[actor.len()..]),
        right: lower_first(&mine.actor, text),
        at: other.at,
        source: other.source.clone(),
    })
}

fn other_place(bench: &Bench<'_>, line: &Line, said: &str) -> Option<Swapped> {
    use crate::engine::english::Wh;
    let around = near(&bench.stock.asked, line.at, |a| a.at, 60);
    let mine = around.iter().find(|a| {
        a.at == line.at
            && matches!(a.adjunct.wh, Wh::Where | Wh::WithWhat | Wh::When)
            && said.contains(&a.adjunct.answer)
    })?;
    let other = around.iter().find(|o| {
        o.at != line.at
            && o.at.document == line.at.document
            && o.adjunct.wh == mine.adjunct.wh
            && stems(&o.adjunct.answer).is_disjoint(&line.stems)
            && o.adjunct.answer.split(' ').next() == mine.adjunct.answer.split(' ').next()
            && quantity::all(&o.adjunct.answer).is_empty()
    })?;
    Some(Swapped {
        text: said.replacen(&mine.adjunct.answer, &other.adjunct.answer, 1),
        right: mine.adjunct.answer.clone(),
        at: other.at,
        source: other.source.clone(),
    })
}
