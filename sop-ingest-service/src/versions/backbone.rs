//! What two sequences have in common, in order.
//!
//! Values that occur once on each side hold the rest in place (as in a patience diff); between them the search goes on, and
//! where nothing is unique a small table finds the longest common part.

use std::{collections::HashMap, ops::Range};

/// A table of this many cells is filled in no time; beyond it the first common values are taken.
const TABLE: usize = 40_000;

/// Places of equal values, growing on both sides.
pub(super) fn backbone(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open = vec![(0..old.len(), 0..new.len())];
    while let Some((mut o, mut n)) = open.pop() {
        while !o.is_empty() && !n.is_empty() && old[o.start] == new[n.start] {
            out.push((o.start, n.start));
            (o.start, n.start) = (o.start + 1, n.start + 1);
        }
        while !o.is_empty() && !n.is_empty() && old[o.end - 1] == new[n.end - 1] {
            (o.end, n.end) = (o.end - 1, n.end - 1);
            out.push((o.end, n.end));
        }
        if o.is_empty() || n.is_empty() {
            continue;
        }
        let anchors = anchors(old, new, &o, &n);
        if anchors.is_empty() {
            let common = if o.len() * n.len() <= TABLE { longest(old, new, &o, &n) } else { first(old, new, &o, &n) };
            out.extend(common);
            continue;
        }
        let mut from = (o.start, n.start);
        for (at_old, at_new) in anchors {
            out.push((at_old, at_new));
            open.push((from.0..at_old, from.1..at_new));
            from = (at_old + 1, at_new + 1);
        }
        open.push((from.0..o.end, from.1..n.end));
    }
    out.sort_unstable();
    out
}

/// The longest growing run of values that occur once in each range.
fn anchors(old: &[u32], new: &[u32], o: &Range<usize>, n: &Range<usize>) -> Vec<(usize, usize)> {
    let mut seen: HashMap<u32, [Option<(usize, bool)>; 2]> = HashMap::new();
    for (side, keys, range) in [(0, old, o), (1, new, n)] {
        for at in range.clone() {
            let place = &mut seen.entry(keys[at]).or_default()[side];
            *place = Some((at, place.is_none()));
        }
    }
    let mut once: Vec<(usize, usize)> = seen
        .into_values()
        .filter_map(|places| match places {
            [Some((at_old, true)), Some((at_new, true))] => Some((at_old, at_new)),
            _ => None,
        })
        .collect();
    once.sort_unstable();
    increasing(&once.iter().map(|(_, n)| *n).collect::<Vec<_>>()).into_iter().map(|at| once[at]).collect()
}

/// Places of a longest growing subsequence.
pub(super) fn increasing(values: &[usize]) -> Vec<usize> {
    // The place of the smallest end of a run of each length, and for each place the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        before.push(length.checked_sub(1).map(|l| ends[l]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        run.push(place);
        at = before[place];
    }
    run.reverse();
    run
}

fn longest(old: &[u32], new: &[u32], o: &Range<usize>, n: &Range<usize>) -> Vec<(usize, usize)> {
    let (rows, columns) = (o.len(), n.len());
    let equal = |r: usize, c: usize| old[o.start + r] == new[n.start + c];
    // The length of what the rests have in common.
    let mut table = vec![0_u32; (rows + 1) * (columns + 1)];
    let cell = |r: usize, c: usize| r * (columns + 1) + c;
    for r in (0..rows).rev() {
        for c in (0..columns).rev() {
            table[cell(r, c)] = if equal(r, c) {
                table[cell(r + 1, c + 1)] + 1
            } else {
                table[cell(r + 1, c)].max(table[cell(r, c + 1)])
            };
        }
    }
    let (mut r, mut c, mut out) = (0, 0, Vec::new());
    while r < rows && c < columns {
        if equal(r, c) {
            out.push((o.start + r, n.start + c));
            (r, c) = (r + 1, c + 1);
        } else if table[cell(r + 1, c)] >= table[cell(r, c + 1)] {
            r += 1;
        } else {
            c += 1;
        }
    }
    out
}

/// Every value with the next of its kind: not the longest run, but a run.
fn first(old: &[u32], new: &[u32], o: &Range<usize>, n: &Range<usize>) -> Vec<(usize, usize)> {
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in n.clone() {
        places.entry(new[at]).or_default().push(at);
    }
    let (mut from, mut out) = (n.start, Vec::new());
    for at in o.clone() {
        let Some(of_kind) = places.get(&old[at]) else { continue };
        // A jump over most of the other side would leave nothing for those that follow.
        let next = of_kind.get(of_kind.partition_point(|p| *p < from)).filter(|p| **p - from <= 64);
        if let Some(next) = next {
            out.push((at, *next));
            from = next + 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_backbone_grows_on_both_sides_and_pairs_equals(
            old in proptest::collection::vec(0_u32..12, 0..60), new in proptest::collection::vec(0_u32..12, 0..60),
        ) {
            let found = backbone(&old, &new);
            prop_assert!(found.iter().all(|(o, n)| old[*o] == new[*n]));
            prop_assert!(found.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
        }

        #[test]
        fn a_sequence_is_its_own_backbone(keys in proptest::collection::vec(0_u32..5, 0..200)) {
            prop_assert_eq!(backbone(&keys, &keys).len(), keys.len());
        }

        #[test]
        fn a_removed_value_leaves_the_others_in_place(keys in proptest::collection::vec(0_u32..40, 1..200), at in 0_usize..200) {
            let at = at % keys.len();
            let mut shorter = keys.clone();
            shorter.remove(at);
            prop_assert_eq!(backbone(&keys, &shorter).len(), shorter.len());
        }
    }
}
