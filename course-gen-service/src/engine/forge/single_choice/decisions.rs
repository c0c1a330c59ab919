//! A case, and what the SOP says to do in it.

use course_format::course::Relation;

use crate::engine::english::question;
use crate::engine::english::text::{overlap, sentence, stems, word_count};
use crate::engine::facts;
use crate::engine::forge::build::{Spec, Wrong, by_length, distinct};
use crate::engine::forge::stock::{Decision, near};
use crate::engine::forge::{Bench, Made};
use crate::engine::library::ClauseRef;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.decisions.iter().filter(|d| bench.holds(d.at)).filter_map(|d| one(bench, d)).collect()
}

fn one(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    let key = sentence(&decision.action);
    if word_count(&key) > 24 || word_count(&decision.situation) > 30 {
        return None;
    }
    let distractors = wrong_actions(bench, decision, &key)?;
    let mut provenance = vec![bench.library.prove_part(decision.at, &decision.source)];
    provenance
        .extend(decision.action_from.into_iter().chain(decision.situation_from).map(|at| bench.library.prove(at)));
    let spec = Spec {
        clause: decision.at,
        frame: "decision",
        target: decision.condition.clone(),
        stem: format!("{} {}", decision.situation, question::what_now(bench.level)),
        others: others(decision),
        rationale: format!("The text says what to do {} {}.", decision.joiner, decision.condition),
        relation: if decision.action_from.is_some() { Relation::Infer } else { Relation::Compress },
        provenance,
        score: 9,
        reasons: Vec::new(),
    };
    Some(spec.single(bench, &key, &distractors))
}

fn others(decision: &Decision) -> Vec<String> {
    let situation = &decision.situation;
    let mut out = vec![
        format!("{situation} What is the right thing to do?"),
        format!("Imagine this at work: {situation} What does the SOP tell you to do?"),
        format!("{situation} Your supervisor is not there. Which action is right?"),
    ];
    if !situation.starts_with("You ") && !situation.contains(" you ") {
        out.push(format!("A colleague calls you: “{situation}” What do you tell the colleague?"));
    }
    out
}

/// What the SOP says for other cases and other moments, but not for this one.
fn wrong_actions(bench: &Bench<'_>, decision: &Decision, key: &str) -> Option<Vec<Wrong>> {
    let section = &bench.library.clause(decision.at).section;
    let condition = stems(&decision.condition);
    let general = general_actions(bench, decision.at);
    let right = stems(key);
    let unfit = |text: &str| {
        let own = stems(text);
        overlap(&own, &right) > 0.34
            || overlap(&own, &condition) > 0.6
            || general.iter().any(|g| overlap(g, &own) > 0.5)
    };
    let here = |at: ClauseRef| bench.library.clause(at).section == *section;
    let beside = |at: ClauseRef| at.document == decision.at.document && at != decision.at;
    let mut cases: Vec<(u8, Wrong)> = near(&bench.stock.decisions, decision.at, |d| d.at, 60)
        .iter()
        .filter(|d| beside(d.at) && d.condition != decision.condition)
        .map(|d| (if here(d.at) { 0 } else { 2 }, Wrong::new(d.action.clone(), d.at, d.source.clone())))
        .collect();
    let demanded = near(&bench.stock.demanded, decision.at, |(at, _, _)| *at, 60)
        .iter()
        .filter(|(at, _, p)| beside(*at) && here(*at) && word_count(p) <= 20);
    cases.extend(demanded.map(|(at, source, phrase)| (1, Wrong::new(phrase.clone(), *at, source.clone()))));
    cases.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.at.cmp(&b.1.at)).then(a.1.text.cmp(&b.1.text)));
    let pool: Vec<Wrong> = cases
        .into_iter()
        .map(|(_, wrong)| wrong)
        .filter(|w| !unfit(&w.text) && !points_back(&w.text))
        .map(|w| Wrong { text: sentence(&w.text), ..w })
        .collect();
    distinct(key, by_length(key, pool), 2, 0.34)
}

/// "reject that package", "move it": about something that the other case names.
fn points_back(action: &str) -> bool {
    facts::has_pronoun(action) || action.split(' ').nth(1) == Some("that")
}

/// Actions that the SOP wants in every case ("Any issue ..."): never wrong, so never a distractor.
fn general_actions(bench: &Bench<'_>, at: ClauseRef) -> Vec<std::collections::BTreeSet<String>> {
    near(&bench.stock.facts, at, |f| f.at, 200)
        .iter()
        .filter(|f| {
            let lower = f.text.to_lowercase();
            ["any issue", "any sign", "any problem", "in all cases", "in every case", "always "]
                .iter()
                .any(|g| lower.contains(g))
        })
        .map(|f| stems(&f.text))
        .collect()
}
