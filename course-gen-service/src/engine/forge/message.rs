//! A colleague tells what he or she has done today: three things, and one of them breaks a rule. Or three colleagues do, and
//! one of them breaks none.

mod three;

use std::collections::{BTreeMap, BTreeSet};

use course_format::Level;
use course_format::course::{Answer, Choice, ItemBody, Relation};
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
    let mut mistakes: Vec<Mistake> = broken.chain(changed).collect();
    let mut out: Vec<Made> =
        mistakes.iter().filter_map(|(wrong, why, other)| item(bench, wrong, why, *other)).collect();
    out.extend(mistakes.chunks(3).filter_map(|some| sorted(bench, some)));
    mistakes.extend(three::with_slips(bench));
    out.extend(three::make(bench, &mistakes));
    out
}

/// What was done wrongly, why it is wrong, and the clause that a wrong detail comes from.
type Mistake = (Said, String, Option<ClauseRef>);

/// Things that colleagues did, right and wrong ones, to be told apart.
fn sorted(bench: &Bench<'_>, mistakes: &[Mistake]) -> Option<Made> {
    // A rule that the SOP gives twice is broken once.
    let mut known = BTreeSet::new();
    let mistakes: Vec<&Mistake> = mistakes.iter().filter(|(said, ..)| known.insert(said.text.as_str())).collect();
    let mut right: Vec<Said> = Vec::new();
    for (wrong, _, other) in mistakes.iter().copied() {
        for said in followed(bench, wrong, *other, false) {
            let apart = |o: &Said| o.at != said.at && overlap(&stems(&o.text), &stems(&said.text)) < 0.5;
            let used = mistakes.iter().any(|(w, _, _)| !apart(w)) || !right.iter().all(apart);
            if !used && right.len() < 3 {
                right.push(said);
            }
        }
    }
    if right.len() < 2 || mistakes.len() + right.len() < 4 {
        return None;
    }
    let stems = [
        "Colleagues tell you what they did today. What was right by the SOP, and what was not?",
        "You talk with your team about the last shift. Sort what they did.",
        "Read what a trainee did this week. What may stay as it is, and what has to change?",
    ];
    let wrong = || mistakes.iter().map(|(said, _, _)| said);
    let spec = Spec {
        clause: mistakes.first()?.0.at,
        frame: "case-sort-told",
        target: wrong().map(|s| s.text.as_str()).collect::<Vec<_>>().join("/"),
        stem: stems[0].to_owned(),
        others: stems[1..].iter().map(|s| (*s).to_owned()).collect(),
        rationale: mistakes.iter().map(|(_, why, _)| why.as_str()).collect::<Vec<_>>().join(" "),
        relation: Relation::Infer,
        provenance: wrong().chain(&right).map(|s| bench.library.prove_part(s.at, &s.source)).collect(),
        reasons: Vec::new(),
        score: 8,
    };
    let texts = wrong().chain(&right).map(|s| s.text.clone());
    let entries = choices(&shuffled(spec.id(bench), texts));
    let group = |text: &str| if right.iter().any(|r| r.text == text) { "g1" } else { "g2" };
    let groups: BTreeMap<String, String> = entries.iter().map(|e| (e.id.clone(), group(&e.text).to_owned())).collect();
    let named = |id: &str, text: &str| Choice { id: id.to_owned(), text: text.to_owned() };
    let categories = vec![named("g1", "Right"), named("g2", "Against the SOP")];
    let points = u32::try_from(entries.len()).unwrap_or(1);
    Some(spec.finish(bench, ItemBody::CategorySort { categories, entries }, Answer::CategorySort { groups }, points))
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
/// `alike`: none much longer or shorter than the mistake, which would stand out.
fn followed(bench: &Bench<'_>, wrong: &Said, other: Option<ClauseRef>, alike: bool) -> Vec<Said> {
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
        let fits = !alike || alike_in_length(said.text.chars().count(), wrong.text.chars().count());
        let fresh = !out.iter().any(|o| o.at == said.at || overlap(&stems(&o.text), &stems(&said.text)) >= 0.5);
        if fits && fresh && out.len() < if alike { 2 } else { 3 } {
            out.push(said);
        }
    }
    out
}

fn item(bench: &Bench<'_>, wrong: &Said, why: &str, other: Option<ClauseRef>) -> Option<Made> {
    let right = followed(bench, wrong, other, true);
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
