//! Something has to be reported, sent or asked: who gets it?

use std::collections::BTreeSet;

use course_format::course::Relation;

use crate::engine::english::statement::Who;
use crate::engine::english::text::{lower_first, overlap, stems, word_count};
use crate::engine::english::words::{is_finite, is_function, names_people};
use crate::engine::facts;
use crate::engine::forge::build::{Spec, Wrong, by_length, distinct};
use crate::engine::forge::stock::{Ruling, actor_name, is_generic, near};
use crate::engine::forge::{Bench, Made};

const VERBS: [&str; 15] = [
    "report", "send", "direct", "route", "forward", "submit", "return", "give", "hand", "show", "escalate", "address",
    "refer", "bring", "deliver",
];

struct Contact {
    /// "report missing labels"
    task: String,
    /// "Curator"
    to: String,
}

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own = bench.stock.rulings.iter().filter(|r| bench.holds(r.at));
    own.filter_map(|r| one(bench, r, &contact(bench, r)?)).collect()
}

fn contact(bench: &Bench<'_>, ruling: &Ruling) -> Option<Contact> {
    let text = &bench.library.document(ruling.at).text;
    let active = match &ruling.who {
        Who::You | Who::People(_) => ruling.act.clone(),
        Who::Thing(subject) => {
            let (participle, rest) = ruling.act.strip_prefix("be ")?.split_once(' ')?;
            format!("{} {} {rest}", cefr::lemma(participle), lower_first(subject, text))
        }
    };
    let (verb, rest) = active.split_once(' ')?;
    if !VERBS.contains(&verb) || !ruling.alone {
        return None;
    }
    let (matter, to) = rest.split_once(" to ")?;
    let to: Vec<&str> = to.split(' ').collect();
    let end = to
        .iter()
        .skip(1)
        .position(|w| is_function(w) && *w != "of" && *w != "the" || w.ends_with("ly") || w.contains('@'))
        .map_or(to.len(), |at| at + 1);
    let to = to[..end].join(" ");
    let name = to.strip_prefix("the ").or_else(|| to.strip_prefix("your ")).unwrap_or(&to);
    let fits = names_people(name)
        && !is_generic(name)
        && !to.starts_with("a ")
        && (1..=5).contains(&word_count(name))
        && (1..=9).contains(&word_count(matter))
        && !facts::has_pronoun(matter)
        && !matter.contains([',', '“', '"', ':'])
        && !matter.split(' ').any(is_finite)
        && !name.contains(['@', ',', '“']);
    fits.then(|| Contact { task: format!("{verb} {matter}"), to: actor_name(name) })
}

fn one(bench: &Bench<'_>, ruling: &Ruling, contact: &Contact) -> Option<Made> {
    let asked = stems(&contact.task);
    let own = stems(&contact.to);
    let mut named = BTreeSet::from([contact.to.clone()]);
    let here = bench.library.clause(ruling.at);
    let around = stems(&format!("{} {}", here.text, here.section));
    let fits = |name: &str, source: &str| {
        overlap(&stems(name), &own) == 0.0 && !stems(name).is_subset(&around) && overlap(&stems(source), &asked) < 0.5
    };
    let mut pool: Vec<Wrong> = Vec::new();
    for other in near(&bench.stock.rulings, ruling.at, |r| r.at, 80).iter().filter(|r| r.at != ruling.at) {
        let Some(found) = self::contact(bench, other) else { continue };
        if fits(&found.to, &other.source) && named.insert(found.to.clone()) {
            pool.push(Wrong::new(found.to, other.at, other.source.clone()));
        }
    }
    for (at, name, source) in near(&bench.stock.people, ruling.at, |(at, _, _)| *at, 80) {
        if *at != ruling.at && at.document == ruling.at.document && fits(name, source) && named.insert(name.clone()) {
            pool.push(Wrong::new(name.clone(), *at, source.clone()));
        }
    }
    let wrong = distinct(&contact.to, by_length(&contact.to, pool), 2, 0.0)?;
    let task = &contact.task;
    let spec = Spec {
        clause: ruling.at,
        frame: "case-contact",
        target: format!("{task}/{}", contact.to),
        stem: format!("You have to {task}. Who do you contact?"),
        others: vec![
            format!("A colleague has to {task} and does not know where to go. Who do you name?"),
            format!("It is your job today to {task}. Who do you look for?"),
            format!("You are new, and you have to {task}. Who is the right one to talk to?"),
        ],
        rationale: format!("The SOP names the {}.", lower_first(&contact.to, &bench.library.document(ruling.at).text)),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(ruling.at, &ruling.source)],
        reasons: Vec::new(),
        score: 8,
    };
    Some(spec.single(bench, &contact.to, &wrong))
}
