//! What belongs to a list of the SOP, and what stands in another one.

use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, ItemBody, Relation};

use crate::engine::english::text::{capitalise, overlap, stems, word_count};
use crate::engine::forge::build::{Spec, Wrong, by_length, choices, distinct, id_of, shuffled};
use crate::engine::forge::stock::{Listing, near};
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let mut out = Vec::new();
    for list in bench.stock.lists.iter().filter(|l| bench.holds(l.at)) {
        out.extend((0..list.parts.len()).step_by(2).filter_map(|nth| belongs(bench, list, nth)));
        out.extend(near(&bench.stock.lists, list.at, |l| l.at, 6).iter().find_map(|o| sorted(bench, list, o)));
    }
    out
}

/// The opening of a list as it is quoted: "The examination includes …"
fn opening(list: &Listing) -> String {
    format!("{} …", list.head.trim_end_matches(':'))
}

/// Entries of other lists that this one does not name.
fn strangers(bench: &Bench<'_>, list: &Listing) -> Vec<Wrong> {
    let own: Vec<_> = list.parts.iter().map(|(_, p)| stems(p)).chain([stems(&list.source)]).collect();
    near(&bench.stock.lists, list.at, |l| l.at, 12)
        .iter()
        .filter(|o| o.at != list.at && o.at.document == list.at.document)
        .flat_map(|o| o.parts.iter().map(move |(at, p)| (o, at, p)))
        .filter(|(_, _, p)| own.iter().all(|s| overlap(s, &stems(p)) < 0.34))
        .map(|(o, at, p)| {
            let source = if *at == o.at { o.source.clone() } else { p.clone() };
            Wrong::new(capitalise(p), *at, source)
        })
        .collect()
}

fn belongs(bench: &Bench<'_>, list: &Listing, nth: usize) -> Option<Made> {
    let (at, part) = &list.parts[nth];
    let key = capitalise(part);
    let wrong = distinct(&key, by_length(&key, strangers(bench, list)), 2, 0.34)?;
    let opening = opening(list);
    let mut provenance = vec![bench.library.prove(list.at)];
    if *at != list.at {
        provenance.push(bench.library.prove(*at));
    }
    let spec = Spec {
        clause: *at,
        frame: "in-list",
        target: format!("{}/{part}", list.head),
        stem: format!("“{opening}” Which of these belongs to this list?"),
        others: vec![
            format!("You complete this line from memory: “{opening}” What can you add?"),
            format!("A colleague starts a list: “{opening}” Which of these comes into it?"),
        ],
        rationale: "The SOP names it in this list. The other two stand in other lists.".to_owned(),
        relation: Relation::Compress,
        provenance,
        reasons: Vec::new(),
        score: 5,
    };
    (word_count(&opening) <= 24).then(|| spec.single(bench, &key, &wrong))
}

/// The entries of two lists, to be put back.
fn sorted(bench: &Bench<'_>, list: &Listing, other: &Listing) -> Option<Made> {
    let nearby = other.at > list.at && other.at.document == list.at.document && bench.has_met(other.at);
    if !nearby || word_count(&opening(list)) > 14 || word_count(&opening(other)) > 14 {
        return None;
    }
    let mut entries = Vec::new();
    for (group, from) in [list, other].into_iter().enumerate() {
        entries.extend(from.parts.iter().take(4).map(|(at, p)| (*at, capitalise(p), group)));
    }
    let shared = |a: &str, b: &str| overlap(&stems(a), &stems(b)) > 0.34;
    let mixed = entries.iter().enumerate().any(|(i, a)| entries[..i].iter().any(|b| shared(&a.1, &b.1)));
    if mixed {
        return None;
    }
    let mut proof: Vec<_> = entries.iter().map(|(at, ..)| *at).chain([list.at, other.at]).collect();
    proof.sort_unstable();
    proof.dedup();
    let spec = Spec {
        clause: list.at,
        frame: "sort-lists",
        target: entries.iter().map(|e| e.1.as_str()).collect::<Vec<_>>().join("/"),
        stem: "Two lists of the SOP were mixed up. Put each line back into its list.".to_owned(),
        others: vec![
            "Somebody cut two lists into pieces. Which piece belongs where?".to_owned(),
            "Make two lists for your team. Where does each line belong?".to_owned(),
        ],
        rationale: "The SOP names these things in two different lists.".to_owned(),
        relation: Relation::Compress,
        provenance: proof.into_iter().map(|at| bench.library.prove(at)).collect(),
        reasons: Vec::new(),
        score: 7,
    };
    let named = |id: &str, text: String| Choice { id: id.to_owned(), text };
    let categories = vec![named("g1", opening(list)), named("g2", opening(other))];
    let shown = choices(&shuffled(spec.id(bench), entries.iter().map(|e| e.1.clone())));
    let groups: BTreeMap<String, String> =
        entries.iter().map(|(_, text, group)| (id_of(&shown, text), format!("g{}", group + 1))).collect();
    let points = u32::try_from(entries.len()).unwrap_or(1);
    let body = ItemBody::CategorySort { categories, entries: shown };
    Some(spec.finish(bench, body, Answer::CategorySort { groups }, points))
}
