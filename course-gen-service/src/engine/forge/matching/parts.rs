//! "Registration forms …" - "… are kept in the locked cabinet": statements cut before their verb.

use std::collections::BTreeSet;

use super::{LARGEST, Pair, item};
use crate::engine::english::Form;
use crate::engine::english::chunks;
use crate::engine::english::text::{overlap, stems, word_count};
use crate::engine::english::words::{base_of_third_person, is_finite, is_noun_like};
use crate::engine::forge::lines::Line;
use crate::engine::forge::{Bench, Made};

/// As many items as the lesson's statements fill, four or five pairs each.
pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let pairs: Vec<Pair> = bench.lines().filter(|l| (6..=28).contains(&l.words)).filter_map(pair).collect();
    let mut out = groups(bench, "match-parts", pairs);
    let halves: Vec<Pair> = bench.loose_lines().filter(|l| (8..=28).contains(&l.words)).filter_map(halved).collect();
    out.extend(groups(bench, "match-half-sentences", halves));
    out
}

/// The sentence cut where a part begins, near its middle.
fn halved(line: &Line) -> Option<Pair> {
    let parts = chunks::chunks(&line.text);
    let total = line.text.len();
    let mut at = 0;
    let mut best: Option<(usize, usize)> = None;
    for part in parts.iter().take(parts.len().saturating_sub(1)) {
        at += part.text.len() + 1;
        let far = at.abs_diff(total / 2);
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, at));
        }
    }
    let (_, cut) = best.filter(|(_, cut)| line.text.is_char_boundary(*cut))?;
    let (left, right) = (line.text[..cut].trim(), line.text[cut..].trim().trim_end_matches('…').trim());
    let fits = word_count(left) >= 3 && word_count(right) >= 3 && stems(left).len() >= 2 && stems(right).len() >= 2;
    fits.then(|| Pair { at: line.at, left: format!("{left} …"), right: format!("… {right}") })
}

fn groups(bench: &Bench<'_>, frame: &'static str, mut pairs: Vec<Pair>) -> Vec<Made> {
    let mut out = Vec::new();
    while pairs.len() >= 4 && out.len() < 6 {
        let (mut group, mut rest): (Vec<Pair>, Vec<Pair>) = (Vec::new(), Vec::new());
        for pair in pairs {
            let fits = group.len() < LARGEST && group.iter().all(|p| apart(p, &pair));
            if fits { group.push(pair) } else { rest.push(pair) }
        }
        pairs = rest;
        if group.len() < 4 {
            break;
        }
        out.extend(item(
            bench,
            frame,
            "Match the beginning of each sentence with its end.".to_owned(),
            "The SOP puts these parts together.",
            &group,
            None,
            5,
        ));
    }
    out
}

/// Neither half can be taken for the other pair's.
fn apart(a: &Pair, b: &Pair) -> bool {
    overlap(&stems(&a.left), &stems(&b.left)) < 0.5
        && overlap(&stems(&a.right), &stems(&b.right)) <= 0.25
        && stems(&a.left).is_disjoint(&stems(&b.right))
        && stems(&b.left).is_disjoint(&stems(&a.right))
}

fn pair(line: &Line) -> Option<Pair> {
    let opens = |w: &str| {
        const OPENERS: [&str; 12] =
            ["If", "When", "Where", "In", "On", "At", "Before", "After", "During", "As", "For", "Should"];
        OPENERS.contains(&w)
    };
    let words: Vec<&str> = line.text.split(' ').collect();
    if matches!(line.form, Form::Do(_) | Form::DoNot(_) | Form::When { .. }) || words.first().is_some_and(|w| opens(w))
    {
        return None;
    }
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'').to_lowercase();
    let at = words.iter().skip(1).take(10).position(|w| {
        let word = plain(w);
        is_finite(&word) || base_of_third_person(&word).is_some_and(|b| !is_noun_like(&b))
    })? + 1;
    let (left, right) = (words[..at].join(" "), words[at..].join(" "));
    let related = words[..at].iter().any(|w| matches!(*w, "that" | "which" | "who" | "whose" | "and"));
    let named: BTreeSet<String> = stems(&left);
    let fits = !related
        && !named.is_empty()
        && !left.contains(',')
        && (3..=20).contains(&word_count(&right))
        && stems(&right).len() >= 2;
    fits.then(|| Pair { at: line.at, left: format!("{left} …"), right: format!("… {right}") })
}
