//! Lines of two sections of the SOP, to be put under their headings.

use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, ItemBody, Relation};
use course_format::sop::ClauseKind;

use crate::engine::english::text::{overlap, stems, unnumbered, word_count};
use crate::engine::forge::build::{Spec, choices, id_of, shuffled};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};
use crate::engine::library::Polarity;

/// Lines of one section in an item.
const MOST: usize = 4;

pub fn make(bench: &Bench<'_>) -> Option<Made> {
    let mut groups: Vec<(&str, Vec<&Line>)> = Vec::new();
    let met = bench.stock.lines.iter().filter(|l| bench.has_met(l.at)).rev().take(60);
    for line in met {
        let title = title(bench, line)?;
        match groups.iter_mut().find(|(name, _)| *name == title) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((title, vec![line])),
        }
    }
    groups.retain(|(name, _)| is_topic(name));
    // The lesson's own section and the one before it.
    let own = groups.iter().position(|(_, lines)| lines.iter().any(|l| bench.holds(l.at)))?;
    let names = [groups.get(own)?.0, groups.get(own + 1)?.0];
    if overlap(&stems(names[0]), &stems(names[1])) > 0.0 {
        return None;
    }
    let mut entries: Vec<(&Line, usize)> = Vec::new();
    for group in 0..2 {
        let fits = |l: &&&Line| {
            (4..=14).contains(&l.words)
                && l.text.ends_with('.')
                && !names.iter().any(|n| overlap(&stems(n), &l.stems) > 0.0)
                && (group == 1 || bench.holds(l.at))
                && bench.library.kind(l.at) != ClauseKind::Definition
        };
        let mut lines: Vec<&Line> = groups[own + group].1.iter().filter(fits).copied().collect();
        lines.sort_by_key(|l| l.at);
        lines.dedup_by_key(|l| l.at);
        entries.extend(lines.into_iter().take(MOST).map(|l| (l, group)));
    }
    let of = |group: usize| entries.iter().filter(|e| e.1 == group).count();
    if of(0) < 2 || of(1) < 2 {
        return None;
    }
    item(bench, names, &entries)
}

fn title<'a>(bench: &Bench<'a>, line: &Line) -> Option<&'a str> {
    let section = &bench.library.clause(line.at).section;
    section.rsplit(" > ").next()
}

/// A heading that names a topic in a few words.
fn is_topic(title: &str) -> bool {
    let bare = unnumbered(title);
    (1..=7).contains(&word_count(bare))
        && Polarity::of_heading(title).is_none()
        && !title.contains(['“', '"', '(', '['])
}

fn item(bench: &Bench<'_>, names: [&str; 2], entries: &[(&Line, usize)]) -> Option<Made> {
    let spec = Spec {
        clause: entries.first()?.0.at,
        frame: "sort-topics",
        target: entries.iter().map(|(l, _)| l.text.as_str()).collect::<Vec<_>>().join("/"),
        stem: "Under which heading of the SOP do you find each line?".to_owned(),
        others: vec![
            "You put a handbook together. Under which heading does each line go?".to_owned(),
            "The lines of two pages were mixed up. Put each line under its heading.".to_owned(),
        ],
        rationale: "Each line stands under this heading of the SOP.".to_owned(),
        relation: Relation::Compress,
        provenance: entries.iter().map(|(l, _)| bench.library.prove_part(l.at, &l.text)).collect(),
        reasons: Vec::new(),
        score: 5,
    };
    let shown = choices(&shuffled(spec.id(bench), entries.iter().map(|(l, _)| l.text.clone())));
    let groups: BTreeMap<String, String> =
        entries.iter().map(|(l, group)| (id_of(&shown, &l.text), format!("g{}", group + 1))).collect();
    let categories = names
        .iter()
        .zip(1..)
        .map(|(name, i)| Choice { id: format!("g{i}"), text: name.trim_end_matches(':').to_owned() })
        .collect();
    let points = u32::try_from(entries.len()).unwrap_or(1);
    let body = ItemBody::CategorySort { categories, entries: shown };
    (groups.len() == entries.len()).then(|| spec.finish(bench, body, Answer::CategorySort { groups }, points))
}
