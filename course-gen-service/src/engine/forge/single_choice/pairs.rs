//! Two things at a time from the lists of what is allowed and what is not: one look is not enough.

use course_format::course::{Answer, ItemBody, Relation};

use super::lists::entries;
use crate::engine::forge::build::{Reason, Spec, alike_in_length, choices, id_of, shuffled};
use crate::engine::forge::tables::header_in_sentence;
use crate::engine::forge::{Bench, Made};
use crate::engine::library::{ClauseRef, Polarity};

type Entry = (ClauseRef, String);

/// For every place with two entries in each list: pairs that may stay, and pairs that must go.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let (yes, no) = (entries(bench, Polarity::Allowed), entries(bench, Polarity::NotAllowed));
    let mut places: Vec<&str> = yes.iter().map(|(at, _)| bench.library.topic(*at)).collect();
    places.dedup();
    let mut out = Vec::new();
    for place in places {
        let here = |all: &[Entry]| -> Vec<Entry> {
            all.iter()
                .filter(|(at, t)| bench.library.topic(*at) == place && t.split(' ').count() <= 8)
                .cloned()
                .collect()
        };
        let (yes, no) = (here(&yes), here(&no));
        let rounds = yes.len().max(no.len()).min(4);
        for nth in (0..rounds).filter(|_| yes.len() >= 2 && no.len() >= 2) {
            out.extend(one(bench, place, &yes, &no, nth, true));
            out.extend(one(bench, place, &no, &yes, nth, false));
        }
        out.extend(intruders(bench, place, &yes, &no, true));
        out.extend(intruders(bench, place, &no, &yes, false));
    }
    out
}

/// A copy of one list into which an entry of the other has slipped: tap it.
fn intruders(bench: &Bench<'_>, place: &str, list: &[Entry], other: &[Entry], allowed: bool) -> Vec<Made> {
    let made = |(nth, wrong): (usize, &Entry)| -> Option<Made> {
        let near = |e: &&Entry| alike_in_length(e.1.chars().count(), wrong.1.chars().count());
        let mut rest: Vec<&Entry> = list.iter().filter(near).collect();
        let turn = nth % rest.len().max(1);
        rest.rotate_left(turn);
        rest.truncate(3);
        if rest.len() < 2 {
            return None;
        }
        let (title, not) = if allowed { ("Allowed", "not allowed") } else { ("Not allowed", "allowed") };
        let spec = Spec {
            clause: wrong.0,
            frame: "list-intruder",
            target: format!("{title}/{}", wrong.1),
            stem: format!("A colleague makes a sign for “{place}”: “{title}”. One line is in the wrong list. Tap it."),
            others: vec![
                format!("You check the poster “{title}” for “{place}”. Which line do you take off?"),
                format!("The list “{title}” for “{place}” has a mistake. Tap the line that does not belong there."),
                format!("A trainee learns the list “{title}” for “{place}” by heart. Which line is wrong?"),
                format!("Somebody has put a new sheet up at “{place}”: “{title}”. Which line do you cross out?"),
                format!("You correct a test about “{place}”. Under “{title}” one answer is false. Tap it."),
            ],
            rationale: format!("“{}” is {not} there.", wrong.1),
            relation: Relation::Infer,
            provenance: std::iter::once(&wrong.0)
                .chain(rest.iter().map(|e| &e.0))
                .map(|at| bench.library.prove(*at))
                .collect(),
            reasons: rest
                .iter()
                .map(|(at, text)| Reason {
                    option: text.clone(),
                    why: "This line is in the right list.".to_owned(),
                    at: *at,
                    part: text.clone(),
                })
                .collect(),
            score: 7,
        };
        let texts = rest.iter().map(|e| e.1.clone()).chain([wrong.1.clone()]);
        let sentences = choices(&shuffled(spec.id(bench), texts));
        let choice = id_of(&sentences, &wrong.1);
        Some(spec.finish(bench, ItemBody::TapEvidence { sentences }, Answer::TapEvidence { choice }, 1))
    };
    other.iter().take(4).enumerate().filter_map(made).collect()
}

/// `right`: the list whose entries make the key.
fn one(bench: &Bench<'_>, place: &str, right: &[Entry], wrong: &[Entry], nth: usize, allowed: bool) -> Option<Made> {
    let r = |i: usize| &right[(nth + i) % right.len()];
    let w = |i: usize| &wrong[(nth + i) % wrong.len()];
    let third = if right.len() > 2 { r(2) } else { r(1) };
    let pairs = [[r(0), r(1)], [third, w(0)], [w(1), r(0)]];
    let text = &bench.library.document(r(0).0).text;
    let shown = pairs.map(|[a, b]| format!("{} + {}", a.1, header_in_sentence(&b.1, text)));
    let sizes = shown.each_ref().map(|s| s.chars().count());
    if sizes.iter().max()? * 2 > sizes.iter().min()? * 3 {
        return None;
    }
    let (frame, stems, rationale) = if allowed {
        (
            "pair-allowed",
            [
                format!("You check “{place}”. Which two things may both stay?"),
                format!("Under “{place}”, in which line are both things allowed?"),
                format!("Three colleagues each bring two things for “{place}”. Who has no problem?"),
                format!("A trainee names two things at a time for “{place}”. When are both allowed?"),
            ],
            "Both stand in the list of what is allowed. Each other line has one thing that is not allowed.",
        )
    } else {
        (
            "pair-forbidden",
            [
                format!("You check “{place}”. Which two things must both go?"),
                format!("Under “{place}”, in which line is nothing allowed?"),
                format!("Three colleagues each bring two things for “{place}”. Who has to take both away again?"),
                format!("A trainee names two things at a time for “{place}”. When is neither of them allowed?"),
            ],
            "Both stand in the list of what is not allowed. Each other line has one thing that is allowed.",
        )
    };
    let odd = |pair: &[&Entry; 2]| -> Entry {
        let [a, b] = pair;
        if wrong.contains(*a) { (*a).clone() } else { (*b).clone() }
    };
    let spec = Spec {
        clause: r(0).0,
        frame,
        target: format!("{}/{}", r(0).1, r(1).1),
        stem: stems[0].clone(),
        others: stems[1..].to_vec(),
        rationale: rationale.to_owned(),
        relation: Relation::Infer,
        provenance: [r(0), r(1), w(0), w(1)].map(|(at, _)| bench.library.prove(*at)).to_vec(),
        reasons: shown[1..]
            .iter()
            .zip(&pairs[1..])
            .map(|(option, pair)| {
                let (at, thing) = odd(pair);
                let not = if allowed { "not allowed" } else { "allowed" };
                Reason { option: option.clone(), why: format!("“{thing}” is {not} there."), at, part: thing }
            })
            .collect(),
        score: 8,
    };
    let options = shuffled(spec.id(bench), shown.iter().cloned());
    Some(spec.single_in_order(bench, &shown[0], &options))
}
