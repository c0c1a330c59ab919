//! A case, and what the SOP says to do in it.

use course_format::course::Relation;

use crate::engine::english::Form;
use crate::engine::english::limit::{self, Comparator};
use crate::engine::english::parse::parse;
use crate::engine::english::quantity::Dimension;
use crate::engine::english::question;
use crate::engine::english::text::{capitalise, overlap, sentence, stems, word_count};
use crate::engine::facts;
use crate::engine::forge::build::{Spec, Wrong, by_length, distinct};
use crate::engine::forge::stock::{Decision, near};
use crate::engine::forge::{Bench, Made};
use crate::engine::library::ClauseRef;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own = || bench.stock.decisions.iter().filter(|d| bench.holds(d.at));
    let mut out: Vec<Made> = own().filter_map(|d| one(bench, d)).collect();
    out.extend(own().filter_map(with_value).filter_map(|d| one(bench, &d)));
    out.extend(own().filter_map(|d| behind(bench, d)));
    out
}

/// "Any carton is above 7 °C." becomes "One carton is at 12 °C.": the value is ours, and clear of the limit.
fn with_value(decision: &Decision) -> Option<Decision> {
    let text = &decision.situation;
    let limit = limit::only(text)?;
    let before = text[..limit.start].trim_end();
    let strict = matches!(limit.comparator, Comparator::Above | Comparator::Below);
    if !strict || !(before.ends_with(" is") || before.ends_with(" are")) {
        return None;
    }
    let value = limit::cases(&limit, true)?.into_iter().find(|(_, inside)| *inside)?.0.text;
    let said = text[limit.start..limit.end].to_lowercase();
    let told = match limit.low.dimension {
        Dimension::Temperature => format!("at {value}"),
        _ if said.starts_with("older") => format!("{value} old"),
        _ => value,
    };
    let situation = format!("{before} {told}{}", &text[limit.end..]);
    let situation = situation.strip_prefix("Any ").map_or_else(|| situation.clone(), |rest| format!("One {rest}"));
    Some(Decision { situation: situation.replace(" any ", " one "), valued: true, ..decision.clone() })
}

fn one(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    let key = sentence(&decision.action);
    if word_count(&key) > 24 || word_count(&decision.situation) > 30 {
        return None;
    }
    let (key, distractors, first) = match (wrong_actions(bench, decision, &key), first_of(&decision.action)) {
        (Some(wrong), _) => (key, wrong, false),
        (None, Some(part)) if !decision.stated => {
            let wrong = wrong_actions(bench, decision, &part)?;
            (part, wrong, true)
        }
        _ => return None,
    };
    let mut provenance = vec![bench.library.prove_part(decision.at, &decision.source)];
    provenance
        .extend(decision.action_from.into_iter().chain(decision.situation_from).map(|at| bench.library.prove(at)));
    let spec = Spec {
        clause: decision.at,
        frame: if decision.valued { "case-value" } else { "decision" },
        target: decision.condition.clone(),
        stem: if decision.stated {
            format!("{} What does the SOP say about this case?", decision.situation)
        } else if first {
            format!("{} What do you do first?", decision.situation)
        } else {
            format!("{} {}", decision.situation, question::what_now(bench.level))
        },
        others: if first { first_stems(&decision.situation) } else { others(decision) },
        rationale: if decision.stated {
            format!("The SOP gives this rule for the case: {} {}.", decision.joiner, decision.condition)
        } else {
            format!("The text says what to do {} {}.", decision.joiner, decision.condition)
        },
        relation: if decision.action_from.is_some() { Relation::Infer } else { Relation::Compress },
        provenance,
        score: 9,
        reasons: Vec::new(),
    };
    Some(spec.single(bench, &key, &distractors))
}

/// What must have happened when somebody has to do this?
fn behind(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    let clear = !decision.stated && !facts::has_pronoun(&decision.action) && decision.situation_from.is_none();
    let action = crate::engine::english::text::without_stop(&decision.action);
    if !clear || decision.action_from.is_some() || action.starts_with("do not") || word_count(action) > 14 {
        return None;
    }
    let own = stems(action);
    let rival = |action: &str| overlap(&stems(action), &own) > 0.34;
    let pool: Vec<Wrong> = near(&bench.stock.decisions, decision.at, |d| d.at, 60)
        .iter()
        .filter(|d| d.at.document == decision.at.document && d.at != decision.at && d.condition != decision.condition)
        .filter(|d| !rival(&d.action) && d.situation_from.is_none() && word_count(&d.situation) <= 20)
        .map(|d| Wrong::new(d.situation.clone(), d.at, d.source.clone()))
        .collect();
    let key = &decision.situation;
    let wrong = distinct(key, by_length(key, pool), 2, 0.5)?;
    let spec = Spec {
        clause: decision.at,
        frame: "case-behind",
        target: format!("behind/{}", decision.condition),
        stem: format!("You have to {action}. What has happened?"),
        others: vec![
            format!("Your supervisor tells you to {action}. What is the reason?"),
            format!("In which of these situations do you {action}?"),
        ],
        rationale: format!("The SOP asks for this {} {}.", decision.joiner, decision.condition),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(decision.at, &decision.source)],
        reasons: Vec::new(),
        score: 7,
    };
    Some(spec.single(bench, key, &wrong))
}

/// The first of several actions: "Move the pallet and attach a label." -> "Move the pallet."
fn first_of(action: &str) -> Option<String> {
    match parse(&capitalise(action)) {
        Form::Do(c) if c.phrases.len() > 1 => c.phrases.first().map(|p| sentence(p)),
        _ => None,
    }
}

fn first_stems(situation: &str) -> Vec<String> {
    vec![
        format!("{situation} Which action comes first?"),
        format!("{situation} Your supervisor is not there. How do you begin?"),
    ]
}

fn others(decision: &Decision) -> Vec<String> {
    let situation = &decision.situation;
    if decision.stated {
        return vec![
            format!("{situation} Which rule is for this case?"),
            format!("{situation} A colleague is not sure about the rule. What do you tell the colleague?"),
            format!("Imagine this at work: {situation} What is the rule then?"),
            format!("{situation} Your supervisor asks you what follows. What do you say?"),
        ];
    }
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
        .filter(|d| beside(d.at) && d.condition != decision.condition && d.stated == decision.stated)
        .map(|d| (if here(d.at) { 0 } else { 2 }, Wrong::new(d.action.clone(), d.at, d.source.clone())))
        .collect();
    let demanded = near(&bench.stock.demanded, decision.at, |(at, _, _)| *at, 60)
        .iter()
        .filter(|(at, _, p)| beside(*at) && here(*at) && word_count(p) <= 20);
    // What is forbidden is tempting, and surely wrong.
    let forbidden = near(&bench.stock.forbidden, decision.at, |(at, _, _)| *at, 60)
        .iter()
        .filter(|(at, _, p)| beside(*at) && word_count(p) <= 20)
        .map(|(at, source, phrase)| (1, Wrong::new(phrase.clone(), *at, source.clone())));
    // A step of another procedure has its own place.
    let elsewhere = near(&bench.stock.demanded, decision.at, |(at, _, _)| *at, 60)
        .iter()
        .filter(|(at, _, p)| beside(*at) && !here(*at) && word_count(p) <= 20)
        .filter(|(at, _, _)| bench.library.step(*at).is_some_and(|(procedure, _)| procedure.ordered))
        .map(|(at, source, phrase)| (3, Wrong::new(phrase.clone(), *at, source.clone())));
    let orders = demanded.map(|(at, source, phrase)| (1, Wrong::new(phrase.clone(), *at, source.clone())));
    if decision.stated {
        cases.extend(rules(bench, decision));
    } else {
        cases.extend(orders);
        cases.extend(forbidden);
        cases.extend(elsewhere);
    }
    cases.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.at.cmp(&b.1.at)).then(a.1.text.cmp(&b.1.text)));
    let firsts: Vec<Wrong> = if decision.stated {
        Vec::new()
    } else {
        let part = |w: &Wrong| first_of(&w.text).map(|text| Wrong { text, ..w.clone() });
        cases.iter().filter_map(|(_, w)| part(w)).collect()
    };
    let pool: Vec<Wrong> = cases
        .into_iter()
        .map(|(_, wrong)| wrong)
        .chain(firsts)
        .filter(|w| !unfit(&w.text) && !points_back(&w.text))
        .map(|w| Wrong { text: sentence(&w.text), ..w })
        .collect();
    distinct(key, by_length(key, pool), 2, 0.34)
}

/// Rules without a condition around it: sentences with a subject of their own.
fn rules(bench: &Bench<'_>, decision: &Decision) -> Vec<(u8, Wrong)> {
    let condition = [" if ", " when ", " unless ", " where ", "If ", "When ", "Where ", "In case"];
    near(&bench.stock.lines, decision.at, |l| l.at, 60)
        .iter()
        .filter(|l| l.at.document == decision.at.document && l.at != decision.at && word_count(&l.text) <= 26)
        .filter(|l| !matches!(l.form, Form::Do(_) | Form::DoNot(_)) && !condition.iter().any(|c| l.text.contains(c)))
        .filter(|l| l.text.ends_with('.') && !l.text.contains(['“', '"', ':', ';']))
        .map(|l| (1, Wrong::new(l.text.trim_end_matches('.'), l.at, l.text.clone())))
        .collect()
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
