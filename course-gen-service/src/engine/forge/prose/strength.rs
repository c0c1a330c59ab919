//! Sentences without their modal verb: rule, advice or permission?

use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, ItemBody, Relation};

use crate::engine::forge::build::{Spec, choices, id_of, shuffled};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

const GROUPS: [(&str, &str); 3] =
    [(" must ", "It is a rule: must"), (" should ", "It is advice: should"), (" may ", "You can choose: may")];

pub fn make(bench: &Bench<'_>) -> Option<Made> {
    let mut entries: Vec<(&Line, String, usize)> = Vec::new();
    for line in bench.lines().filter(|l| l.words <= 18 && l.text.ends_with('.')) {
        let lower = line.text.to_lowercase();
        let turned = [" not ", "only", "never", "nobody", "unless", "no "].iter().any(|w| lower.contains(w));
        let found: Vec<usize> = (0..3).filter(|g| line.text.contains(GROUPS[*g].0)).collect();
        if let ([group], false) = (found.as_slice(), turned)
            && line.text.matches(GROUPS[*group].0).count() == 1
            && entries.iter().filter(|e| e.2 == *group).count() < 3
        {
            entries.push((line, line.text.replacen(GROUPS[*group].0, " … ", 1), *group));
        }
    }
    let used: Vec<usize> = (0..3).filter(|g| entries.iter().any(|e| e.2 == *g)).collect();
    // Without advice the task is that of the items on rules and permissions.
    if used.len() < 2 || !used.contains(&1) || entries.len() < 4 {
        return None;
    }
    let first = entries.first()?.0;
    let spec = Spec {
        clause: first.at,
        frame: "sort-advice",
        target: entries.iter().map(|e| e.1.as_str()).collect::<Vec<_>>().join("/"),
        stem: "How strict is each sentence? Sort them by the word that is missing.".to_owned(),
        others: vec![
            "Is it a rule, or is it only advice? Sort the sentences by the missing word.".to_owned(),
            "A colleague asks what is strict and what is not. Sort the sentences by the missing word.".to_owned(),
        ],
        rationale: "The missing words stand in the SOP.".to_owned(),
        relation: Relation::Compress,
        provenance: entries.iter().map(|(l, ..)| bench.library.prove_part(l.at, &l.text)).collect(),
        reasons: Vec::new(),
        score: 7,
    };
    let shown = choices(&shuffled(spec.id(bench), entries.iter().map(|e| e.1.clone())));
    let name = |group: usize| format!("g{}", used.iter().position(|g| *g == group).unwrap_or(0) + 1);
    let groups: BTreeMap<String, String> =
        entries.iter().map(|(_, text, group)| (id_of(&shown, text), name(*group))).collect();
    let categories = used.iter().map(|g| Choice { id: name(*g), text: GROUPS[*g].1.to_owned() }).collect();
    let points = u32::try_from(entries.len()).unwrap_or(1);
    let body = ItemBody::CategorySort { categories, entries: shown };
    (groups.len() == entries.len()).then(|| spec.finish(bench, body, Answer::CategorySort { groups }, points))
}
