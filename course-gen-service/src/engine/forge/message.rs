//! A colleague tells what he or she has done today: three things, and one of them breaks a rule.

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};
use uuid::Uuid;

use super::build::{Reason, Spec, alike_in_length, choices, id_of, shuffled};
use super::single_choice::wrong_details;
use super::stock::{Asked, near};
use super::{Bench, Made, told};
use crate::engine::english::adjunct::Wh;
use crate::engine::english::parse::{self, Form};
use crate::engine::english::text::{capitalise, lower_first, overlap, stems};
use crate::engine::facts;
use crate::engine::library::ClauseRef;

/// One sentence of the message and the sentence of the SOP behind it.
#[derive(Clone)]
struct Said {
    text: String,
    at: ClauseRef,
    source: String,
}

const STEMS: [&str; 6] = [
    "A colleague writes to you after the shift. Tap the sentence with the mistake.",
    "Your team reads this note about the work. Which sentence tells you that a rule was broken?",
    "A new colleague tells you about the first day. One thing was wrong. Which one?",
    "You check what a trainee has written. Tap what the trainee must not do again.",
    "Somebody describes the work of this morning. Which action do you talk about with them?",
    "You take over and read this message. Which part of the work was done wrongly?",
];

/// A message for every rule that can be broken in the past tense.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    if bench.level < Level::A2 {
        return Vec::new();
    }
    let broken =
        bench.stock.forbidden.iter().filter(|(at, _, _)| bench.holds(*at)).filter_map(|(at, source, phrase)| {
            let scope = [" or ", " any ", " anything", " alone", " only ", " longer", " more than "];
            let clear = !scope.iter().any(|w| phrase.contains(w)) && is_an_act(phrase);
            let text = clear.then(|| told::message(std::slice::from_ref(phrase), true)).flatten()?;
            let why = format!("The SOP forbids this: “{}”", source.trim());
            Some((Said { text, at: *at, source: source.clone() }, why, None))
        });
    let changed = bench.stock.asked.iter().filter(|a| bench.holds(a.at)).filter_map(|a| detail(bench, a));
    let mut out: Vec<Made> = Vec::new();
    for (wrong, why, other) in broken.chain(changed) {
        out.extend(item(bench, &wrong, &why, other));
    }
    out
}

fn is_an_act(phrase: &str) -> bool {
    let verb = phrase.split(' ').next().unwrap_or_default();
    !matches!(
        verb,
        "allow" | "let" | "ignore" | "assume" | "forget" | "be" | "exceed" | "wait" | "expect" | "rely" | "hesitate"
    )
}

/// An order with a detail that belongs to another one: "I kept the sample in the freezer for 24 hours."
fn detail(bench: &Bench<'_>, asked: &Asked) -> Option<(Said, String, Option<ClauseRef>)> {
    let fits = matches!(asked.adjunct.wh, Wh::HowLong | Wh::HowSoon | Wh::WhatTemperature | Wh::Where | Wh::WithWhat);
    if !fits || asked.thing.is_some() || asked.context.is_some() || facts::has_pronoun(&asked.adjunct.core) {
        return None;
    }
    let seed =
        Uuid::new_v5(&bench.library.document(asked.at).document_id, format!("message/{}", asked.source).as_bytes());
    let wrong = wrong_details(bench, asked, seed)?;
    let wrong = wrong.first()?;
    let small = lower_first(&wrong.text, &bench.library.document(asked.at).text);
    let small = if asked.adjunct.wh == Wh::WithWhat { format!("with {small}") } else { small };
    let text = told::message(&[format!("{} {small}", asked.adjunct.core)], true)?;
    let why = format!("The SOP says “{}” here.", asked.adjunct.answer);
    Some((Said { text, at: asked.at, source: asked.source.clone() }, why, Some(wrong.at)))
}

/// Orders near the rule that somebody followed.
fn followed(bench: &Bench<'_>, wrong: &Said, other: Option<ClauseRef>) -> Vec<Said> {
    let own = stems(&wrong.text);
    let section = &bench.library.clause(wrong.at).section;
    let mut found: Vec<(bool, Said)> = near(&bench.stock.demanded, wrong.at, |(at, _, _)| *at, 40)
        .iter()
        .filter(|(at, _, _)| bench.has_met(*at) && *at != wrong.at && Some(*at) != other)
        .filter_map(|(at, source, phrase)| {
            let Form::Do(command) = parse::parse(&capitalise(phrase)) else { return None };
            let text = told::message(&command.phrases, false)?;
            let apart = overlap(&stems(&text), &own) < 0.5;
            let here = bench.holds(*at) && bench.library.clause(*at).section == *section;
            apart.then(|| (!here, Said { text, at: *at, source: source.clone() }))
        })
        .collect();
    found.sort_by_key(|(far, s)| (*far, s.at));
    let mut out: Vec<Said> = Vec::new();
    for (_, said) in found {
        let alike = alike_in_length(said.text.chars().count(), wrong.text.chars().count());
        let fresh = !out.iter().any(|o| o.at == said.at || overlap(&stems(&o.text), &stems(&said.text)) >= 0.5);
        if alike && fresh && out.len() < 2 {
            out.push(said);
        }
    }
    out
}

fn item(bench: &Bench<'_>, wrong: &Said, why: &str, other: Option<ClauseRef>) -> Option<Made> {
    let right = followed(bench, wrong, other);
    if right.len() < 2 {
        return None;
    }
    let mut provenance = vec![bench.library.prove_part(wrong.at, &wrong.source)];
    provenance.extend(right.iter().map(|r| bench.library.prove_part(r.at, &r.source)));
    let spec = Spec {
        clause: wrong.at,
        frame: "case-message",
        target: wrong.text.clone(),
        stem: STEMS[0].to_owned(),
        others: STEMS[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: why.to_owned(),
        relation: Relation::Infer,
        provenance,
        reasons: right
            .iter()
            .map(|r| Reason {
                option: r.text.clone(),
                why: format!("This is right. The SOP says: “{}”", r.source.trim()),
                at: r.at,
                part: r.source.clone(),
            })
            .collect(),
        score: 8,
    };
    let texts = right.iter().map(|r| r.text.clone()).chain([wrong.text.clone()]);
    let sentences = choices(&shuffled(spec.id(bench), texts));
    let choice = id_of(&sentences, &wrong.text);
    Some(spec.finish(bench, ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }, 1))
}
