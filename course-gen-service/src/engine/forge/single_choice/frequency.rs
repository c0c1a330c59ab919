//! How often: where the heading says it ("Weekly") and not the sentence.

use std::collections::BTreeSet;

use course_format::course::Relation;

use crate::engine::english::question::you;
use crate::engine::english::text::{capitalise, overlap, sentence, stems, word_count};
use crate::engine::facts::{self, Action};
use crate::engine::forge::build::{Reason, Spec};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made};
use crate::engine::library::ClauseRef;

const WORDS: [&str; 5] = ["daily", "weekly", "monthly", "quarterly", "yearly"];

/// The frequency that a heading above the clause begins with.
pub fn heading_of(bench: &Bench<'_>, at: ClauseRef) -> Option<(usize, String)> {
    bench.library.clause(at).section.split(" > ").find_map(|title| {
        let first = title.split_whitespace().next()?.trim_end_matches([':', ',']).to_lowercase();
        WORDS.iter().position(|w| *w == first).map(|place| (place, capitalise(&first)))
    })
}

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let known: BTreeSet<(usize, String)> = bench
        .stock
        .actions
        .iter()
        .filter(|a| a.at.document == bench.lesson.document)
        .filter_map(|a| heading_of(bench, a.at))
        .collect();
    if known.len() < 3 {
        return Vec::new();
    }
    let options: Vec<String> = known.iter().map(|(_, name)| name.clone()).collect();
    let plain = |a: &&Action| {
        bench.holds(a.at) && a.context.is_none() && word_count(&a.phrase) <= 12 && !facts::has_pronoun(&a.phrase)
    };
    let mut seen = BTreeSet::new();
    bench
        .stock
        .actions
        .iter()
        .filter(plain)
        .filter(|a| seen.insert(a.at))
        .filter_map(|a| one(bench, a, &options))
        .collect()
}

fn one(bench: &Bench<'_>, action: &Action, options: &[String]) -> Option<Made> {
    let (_, key) = heading_of(bench, action.at)?;
    let own = stems(&action.phrase);
    let around = near(&bench.stock.actions, action.at, |a| a.at, 120);
    let elsewhere = |a: &Action| a.at != action.at && overlap(&stems(&a.phrase), &own) > 0.6;
    let says_when = ["every", "after", "before", "daily", "immediately", "if", "when", "regularly"]
        .iter()
        .any(|w| action.phrase.split(' ').any(|p| p == *w));
    if says_when || around.iter().any(elsewhere) {
        return None;
    }
    let index = bench.library.documents()[bench.lesson.document].sections.iter().find(|s| {
        bench.library.clause(action.at).section.starts_with(&s.path)
            && s.title.to_lowercase().starts_with(&key.to_lowercase())
    });
    let mut provenance = vec![bench.library.prove_part(action.at, &action.source)];
    let heading = index.and_then(|s| bench.library.find(bench.lesson.document, &s.heading.as_ref()?.0))?;
    provenance.push(bench.library.prove(heading));
    let spec = Spec {
        clause: action.at,
        frame: "heading-frequency",
        target: action.phrase.clone(),
        stem: format!("“{}” How often {} do this?", sentence(&action.phrase), you(bench.level)),
        rationale: format!("The text names this under “{key}”."),
        relation: Relation::Infer,
        provenance,
        others: vec![format!("How often is this job done? “{}”", sentence(&action.phrase))],
        reasons: options
            .iter()
            .filter(|o| **o != key)
            .map(|o| Reason {
                option: o.clone(),
                why: format!("The SOP has other tasks under “{o}”. This one stands under “{key}”."),
                at: heading,
                part: String::new(),
            })
            .collect(),
        score: 6,
    };
    let shown: Vec<String> = options.iter().take(4).cloned().collect();
    shown.contains(&key).then(|| spec.single_in_order(bench, &key, &shown))
}
