//! Lines of the SOP, each without one word, and the words beside them.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Answer, ItemBody, Relation};

use crate::engine::english::text::{stems, word_count};
use crate::engine::english::words::is_easy;
use crate::engine::forge::build::{Spec, choices, id_of, shuffled};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

/// Lines of one item.
const LINES: usize = 5;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut lines: Vec<(&Line, usize, &str)> = Vec::new();
    let mut seen = BTreeSet::new();
    for line in bench.loose_lines().filter(|l| (5..=20).contains(&l.words) && !l.text.ends_with('…')) {
        let Some((at, word)) = line.last_noun() else { continue };
        let fits = !is_easy(word) || !line.model;
        if fits && word_count(&line.text[..at]) >= 3 && seen.insert(line.at) {
            lines.push((line, at, word));
        }
    }
    let mut out = Vec::new();
    while let Some(group) = apart(&mut lines) {
        out.push(item(bench, &group));
    }
    out
}

/// Lines none of whose words stands in another one of them.
fn apart<'a>(lines: &mut Vec<(&'a Line, usize, &'a str)>) -> Option<Vec<(&'a Line, usize, &'a str)>> {
    let (mut group, mut rest): (Vec<(&Line, usize, &str)>, Vec<_>) = (Vec::new(), Vec::new());
    for entry in lines.drain(..) {
        let own = stems(entry.2);
        let clash = group.iter().any(|(l, _, w)| {
            !l.stems.is_disjoint(&own)
                || !entry.0.stems.is_disjoint(&stems(w))
                || w.ends_with('s') != entry.2.ends_with('s')
        });
        if group.len() < LINES && !clash && !own.is_empty() { group.push(entry) } else { rest.push(entry) }
    }
    *lines = rest;
    (group.len() >= 4).then_some(group)
}

fn item(bench: &Bench<'_>, group: &[(&Line, usize, &str)]) -> Made {
    let spec = Spec {
        clause: group[0].0.at,
        frame: "match-missing",
        target: group.iter().map(|(_, _, w)| *w).collect::<Vec<_>>().join("/"),
        stem: "One word is missing in each line. Match the lines with the words.".to_owned(),
        others: vec![
            "Which word belongs to which line of the SOP?".to_owned(),
            "The printer left one word out of each line. Find the words.".to_owned(),
        ],
        rationale: "These words stand in the SOP.".to_owned(),
        relation: Relation::Compress,
        provenance: group.iter().map(|(l, ..)| bench.library.prove_part(l.at, &l.text)).collect(),
        reasons: Vec::new(),
        score: 5,
    };
    let cut =
        |(line, at, word): &(&Line, usize, &str)| format!("{}…{}", &line.text[..*at], &line.text[at + word.len()..]);
    let left = choices(&group.iter().map(cut).collect::<Vec<_>>());
    let mut right = shuffled(spec.id(bench), group.iter().map(|(_, _, w)| (*w).to_owned()));
    if group.iter().zip(&right).all(|((_, _, w), r)| w == r) {
        right.rotate_left(1);
    }
    let right = choices(&right);
    let pairs: BTreeMap<String, String> =
        group.iter().zip(&left).map(|((_, _, w), l)| (l.id.clone(), id_of(&right, w))).collect();
    let points = u32::try_from(group.len()).unwrap_or(1);
    spec.finish(bench, ItemBody::Matching { left, right }, Answer::Matching { pairs }, points)
}
