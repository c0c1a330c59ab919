//! Pairs that the SOP makes: cases and actions, actions and amounts, terms and meanings, rows and columns, people and tasks.

mod parts;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Answer, ItemBody, Relation};

use super::build::{Spec, choices, id_of, shuffled};
use super::stock::Asked;
use super::tables;
use super::{Bench, Made};
use crate::engine::english::Form;
use crate::engine::english::adjunct::Wh;
use crate::engine::english::text::{capitalise, list, overlap, sentence, stems, word_count};
use crate::engine::facts;
use crate::engine::library::ClauseRef;

const LARGEST: usize = 5;

struct Pair {
    at: ClauseRef,
    left: String,
    right: String,
}

/// Every matching item that the lesson gives, at most one of each kind.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::new();
    out.extend(terms(bench));
    out.extend(cases(bench));
    out.extend(amounts(bench));
    out.extend(rows(bench));
    out.extend(people(bench));
    out.extend(halves(bench));
    out.extend(sentences(bench));
    out.extend(parts::make(bench));
    out
}

/// Pairs whose right sides cannot be taken for each other.
fn clear(pairs: Vec<Pair>, most_shared: f32) -> Vec<Pair> {
    let mut out: Vec<Pair> = Vec::new();
    for pair in pairs {
        let (left, right) = (stems(&pair.left), stems(&pair.right));
        let confusable = out.iter().any(|p| {
            overlap(&stems(&p.right), &right) > most_shared
                || overlap(&stems(&p.left), &left) > 0.8
                || p.right == pair.right
        });
        if !confusable && !right.is_empty() {
            out.push(pair);
        }
        if out.len() == LARGEST {
            break;
        }
    }
    out
}

fn item(
    bench: &Bench<'_>,
    frame: &'static str,
    stem: String,
    rationale: &str,
    pairs: &[Pair],
    spare: Option<String>,
    score: i32,
) -> Option<Made> {
    let first = pairs.first().filter(|_| pairs.len() >= 3)?;
    let spec = Spec {
        clause: first.at,
        frame,
        target: pairs.iter().map(|p| p.left.as_str()).collect::<Vec<_>>().join("/"),
        stem,
        rationale: rationale.to_owned(),
        relation: Relation::Compress,
        provenance: pairs
            .iter()
            .map(|p| p.at)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|at| bench.library.prove(at))
            .collect(),
        score,
        others: others(frame),
        reasons: Vec::new(),
    };
    let id = spec.id(bench);
    // Two documents may define a term in the same words: a spare that is right as well is none.
    let spare = spare.filter(|s| pairs.iter().all(|p| p.right != *s));
    let left = choices(&pairs.iter().map(|p| p.left.clone()).collect::<Vec<_>>());
    let mut right = shuffled(id, pairs.iter().map(|p| p.right.clone()).chain(spare));
    if pairs.iter().zip(&right).all(|(p, r)| p.right == *r) {
        right.rotate_left(1);
    }
    let right = choices(&right);
    let key: BTreeMap<String, String> =
        pairs.iter().zip(&left).map(|(p, l)| (l.id.clone(), id_of(&right, &p.right))).collect();
    let points = u32::try_from(pairs.len()).unwrap_or(1);
    Some(spec.finish(bench, ItemBody::Matching { left, right }, Answer::Matching { pairs: key }, points))
}

/// Other ways to set the task.
fn others(frame: &str) -> Vec<String> {
    let said: &[&str] = match frame {
        "match-terms" => &["You explain the words of the SOP to a new colleague. Find the meaning of each."],
        "match-cases" => &[
            "Your colleagues call you about different cases. What do you tell them?",
            "Every case has its answer. Find it.",
        ],
        "match-sentences" => {
            &["Each sentence was cut in two. Put the halves together.", "Find the end of each sentence."]
        }
        "match-halves" => &[
            "Which verb goes with which thing? Build the instructions.",
            "Somebody cut these instructions in two. Put the halves together.",
            "What do you do with each of these? Find the other half of the instruction.",
            "Complete each instruction with its other half.",
        ],
        "match-parts" => &[
            "These sentences of the SOP were cut in two. Which parts belong together?",
            "Who or what is each rule about? Find the other half.",
            "Complete each rule with its second half.",
        ],
        "match-half-sentences" => &[
            "A page of the SOP is torn. Which halves belong together?",
            "Read the beginnings. How does each sentence go on?",
            "Find the second half of each sentence of the SOP.",
        ],
        "match-endings" => {
            &["Complete each instruction with the detail that belongs to it.", "Which detail belongs to which action?"]
        }
        "match-people" => {
            &["You need the right person for each job. Find the pairs.", "Whose job is it? Find the pairs."]
        }
        _ => &[],
    };
    said.iter().map(|s| (*s).to_owned()).collect()
}

fn terms(bench: &Bench<'_>) -> Option<Made> {
    let all = &bench.stock.definitions;
    let (own, others): (Vec<_>, Vec<_>) = all.iter().partition(|(at, _, _)| bench.holds(*at));
    let pairs = own
        .into_iter()
        .filter(|(_, _, m)| word_count(m) <= 22)
        .map(|(at, term, meaning)| Pair { at: *at, left: capitalise(term), right: capitalise(meaning) })
        .collect();
    let spare = others.first().map(|(_, _, m)| capitalise(m));
    item(
        bench,
        "match-terms",
        "Match each term with its meaning.".to_owned(),
        "The SOP defines the terms in these words.",
        &clear(pairs, 0.7),
        spare,
        7,
    )
}

fn cases(bench: &Bench<'_>) -> Option<Made> {
    let own = || bench.stock.decisions.iter().filter(|d| bench.holds(d.at));
    let stated = own().any(|d| d.stated);
    let pairs = own()
        .filter(|d| word_count(&d.situation) <= 22 && word_count(&d.action) <= 20)
        .map(|d| Pair { at: d.at, left: d.situation.clone(), right: sentence(&d.action) })
        .collect();
    item(
        bench,
        "match-cases",
        if stated {
            "What does the SOP say about each case? Match the cases with the rules.".to_owned()
        } else {
            "What do you do in each case? Match the cases with the actions.".to_owned()
        },
        "Each case has its own action in the text.",
        &clear(pairs, 0.34),
        None,
        8,
    )
}

/// "If email is unavailable, …" - "… contact them another way": sentences that begin with their condition.
fn sentences(bench: &Bench<'_>) -> Option<Made> {
    let mut pairs = Vec::new();
    for fact in bench.stock.facts.iter().filter(|f| bench.holds(f.at) && word_count(&f.text) <= 30) {
        let Form::When { condition, .. } = &fact.form else { continue };
        let leads = fact
            .text
            .split_once(condition.as_str())
            .filter(|(before, after)| before.len() <= 5 && after.starts_with(", "));
        let Some((before, after)) = leads else { continue };
        if !facts::refers_elsewhere(after) {
            pairs.push(Pair {
                at: fact.at,
                left: format!("{before}{condition}, …"),
                right: format!("… {}", &after[2..]),
            });
        }
    }
    item(
        bench,
        "match-sentences",
        "Match the two parts of each sentence.".to_owned(),
        "The text joins these parts.",
        &clear(pairs, 0.34),
        None,
        5,
    )
}

/// "Descale …" - "… the dishwasher": verbs with their objects, each verb once in an item.
fn halves(bench: &Bench<'_>) -> Vec<Made> {
    let mut pairs: Vec<(String, Pair)> = Vec::new();
    for (at, _, phrase) in bench.stock.demanded.iter().filter(|(at, _, p)| bench.holds(*at) && word_count(p) <= 12) {
        let Some((verb, rest)) = phrase.split_once(' ') else { continue };
        let particle = matches!(
            rest.split(' ').next().unwrap_or_default(),
            "on" | "off" | "up" | "down" | "out" | "away" | "back" | "over" | "in"
        );
        let plain = !particle
            && !verb.ends_with("ly")
            && !rest.starts_with("and ")
            && !rest.contains(',')
            && word_count(rest) >= 1;
        if plain {
            let pair = Pair { at: *at, left: format!("{} …", capitalise(verb)), right: format!("… {rest}") };
            pairs.push((verb.to_owned(), pair));
        }
    }
    let mut out = Vec::new();
    while pairs.len() >= 4 && out.len() < 6 {
        let mut verbs = BTreeSet::new();
        let (mut group, mut rest): (Vec<Pair>, Vec<(String, Pair)>) = (Vec::new(), Vec::new());
        for (verb, pair) in pairs {
            let own = stems(&pair.right);
            let clashes = group.iter().any(|p| overlap(&stems(&p.right), &own) > 0.2);
            if group.len() < LARGEST && !own.is_empty() && !clashes && verbs.insert(verb.clone()) {
                group.push(pair);
            } else {
                rest.push((verb, pair));
            }
        }
        pairs = rest;
        if group.len() < 4 {
            break;
        }
        out.extend(item(
            bench,
            "match-halves",
            "Match the beginnings and the ends of the instructions.".to_owned(),
            "The text puts these words together.",
            &group,
            None,
            4,
        ));
    }
    out
}

fn kind_of(asked: &Asked) -> Option<&'static str> {
    match asked.adjunct.wh {
        Wh::HowLong | Wh::HowSoon | Wh::HowOften | Wh::WhatTime | Wh::When => Some("time"),
        Wh::WhatTemperature => Some("temperature"),
        Wh::Where => Some("place"),
        Wh::HowManyTimes | Wh::WhatSpeed | Wh::WhatSetting | Wh::HowMuch | Wh::WithWhat | Wh::Why => None,
    }
}

/// "Use cooked rice" - "within 24 hours"
fn amounts(bench: &Bench<'_>) -> Option<Made> {
    let fits = |a: &&Asked| {
        bench.holds(a.at)
            && a.thing.is_none()
            && a.context.is_none()
            && word_count(&a.adjunct.answer) <= 10
            && word_count(&a.adjunct.core) >= 2
    };
    let pairs: Vec<(&'static str, Pair)> = bench
        .stock
        .asked
        .iter()
        .filter(fits)
        .filter_map(|a| {
            Some((
                kind_of(a)?,
                Pair {
                    at: a.at,
                    left: format!("{} …", capitalise(&a.adjunct.core)),
                    right: format!("… {}", a.adjunct.answer),
                },
            ))
        })
        .collect();
    let mut kinds: Vec<String> = Vec::new();
    let clear = clear(
        pairs.iter().map(|(_, p)| Pair { at: p.at, left: p.left.clone(), right: p.right.clone() }).collect(),
        0.5,
    );
    for (kind, pair) in &pairs {
        if clear.iter().any(|c| c.left == pair.left) && !kinds.iter().any(|k| k == kind) {
            kinds.push((*kind).to_owned());
        }
    }
    let what = list(&kinds).replace(" and ", " or ");
    item(
        bench,
        "match-endings",
        format!("Match each action with the right {what}."),
        "The text puts these words together.",
        &clear,
        None,
        6,
    )
}

fn rows(bench: &Bench<'_>) -> Option<Made> {
    let text = &bench.library.documents()[bench.lesson.document].text;
    let mut best: Option<Made> = None;
    for table in tables::of(bench.library, &bench.lesson.clauses) {
        for column in 1..table.header.len() {
            let (a, b) = (
                tables::header_in_sentence(&table.header[0], text),
                tables::header_in_sentence(&table.header[column], text),
            );
            let singular = |h: &str| !h.ends_with('s') || h.ends_with("ss");
            if !singular(&a) || !singular(&b) || a.contains(' ') || b.split(' ').count() > 3 {
                continue;
            }
            let pairs = table
                .rows
                .iter()
                .filter(|(_, c)| !facts::refers_elsewhere(&c[column]))
                .filter(|(_, c)| word_count(&c[0]) <= 8 && word_count(&c[column]) <= 16)
                .map(|(at, c)| Pair { at: *at, left: c[0].clone(), right: capitalise(&c[column]) })
                .collect();
            let mut clear = clear(pairs, 0.99);
            let spare = if clear.len() == LARGEST { clear.pop().map(|p| p.right) } else { None };
            best = best.or_else(|| {
                item(
                    bench,
                    "match-rows",
                    if table.header.len() > 2 {
                        format!("Match each {a} with what the table says under “{}”.", table.header[column])
                    } else {
                        format!("Match each {a} with its {b}.")
                    },
                    "Each row of the table makes one pair.",
                    &clear,
                    spare,
                    7,
                )
            });
        }
    }
    best
}

fn people(bench: &Bench<'_>) -> Option<Made> {
    let mut used = BTreeSet::new();
    let pairs = bench
        .stock
        .duties
        .iter()
        .filter(|d| bench.holds(d.at) && word_count(&d.predicate) <= 16)
        .filter(|d| used.insert(d.actor.to_lowercase()))
        .map(|d| match &d.task {
            Some(task) => Pair { at: d.at, left: d.actor.clone(), right: sentence(task) },
            None => Pair { at: d.at, left: format!("{} …", d.with_article()), right: format!("… {}", d.predicate) },
        })
        .collect();
    item(
        bench,
        "match-people",
        "Who does what? Match the people with what the text says about them.".to_owned(),
        "The text names each person with these words.",
        &clear(pairs, 0.5),
        None,
        6,
    )
}
