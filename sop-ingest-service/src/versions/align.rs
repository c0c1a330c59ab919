//! Which clause of the old version is which clause of the new one.
//!
//! First the clauses that kept their words and their order, then those that kept their words only, then in the gaps between
//! them the best likeness in order, and last the likeness across the document. No clause is paired twice.

use std::collections::HashMap;

use course_format::sop::{Clause, ClauseKind};

use super::{
    backbone::{backbone, increasing},
    similar::Likeness,
};

/// A clause of the old version and the clause of the new version that it became; places in the documents' clauses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pair {
    pub old: usize,
    pub new: usize,
    /// Word for word the same.
    pub same: bool,
    /// It stands in another order than its neighbours, or under another heading.
    pub moved: bool,
}

/// Pairs in the order of the new version. What is in no pair was removed, or added.
pub fn align(old: &[Clause], new: &[Clause]) -> Vec<Pair> {
    let (old_keys, new_keys) = keys(old, new);
    let mut matching = Matching { of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    let in_order = backbone(&old_keys, &new_keys);
    for (o, n) in &in_order {
        matching.pair(*o, *n);
    }
    elsewhere(&old_keys, &new_keys, &mut matching);
    let likeness = Likeness::new(old, new);
    for gap in gaps(&in_order, old.len(), new.len()) {
        let free_old: Vec<usize> = gap.0.filter(|o| matching.of_old[*o].is_none()).collect();
        let free_new: Vec<usize> = gap.1.filter(|n| matching.of_new[*n].is_none()).collect();
        for (o, n) in likeness.in_order(&free_old, &free_new) {
            matching.pair(o, n);
        }
    }
    let free_old: Vec<usize> = (0..old.len()).filter(|o| matching.of_old[*o].is_none()).collect();
    let free_new: Vec<usize> = (0..new.len()).filter(|n| matching.of_new[*n].is_none()).collect();
    for (o, n) in likeness.anywhere(&free_old, &free_new) {
        matching.pair(o, n);
    }
    let same = |o: usize, n: usize| old_keys[o] == new_keys[n];
    marked(old, new, &matching, same)
}

struct Matching {
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl Matching {
    fn pair(&mut self, old: usize, new: usize) {
        (self.of_old[old], self.of_new[new]) = (Some(new), Some(old));
    }
}

/// A number for each text; a heading is never the same as a sentence.
fn keys(old: &[Clause], new: &[Clause]) -> (Vec<u32>, Vec<u32>) {
    let mut known: HashMap<(bool, &str), u32> = HashMap::new();
    let mut all = Vec::with_capacity(old.len() + new.len());
    for clause in old.iter().chain(new) {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        all.push(*known.entry((clause.kind == ClauseKind::Heading, clause.text.as_str())).or_insert(next));
    }
    let of_new = all.split_off(old.len());
    (all, of_new)
}

/// The same words that no order holds together: first with first, second with second.
fn elsewhere(old: &[u32], new: &[u32], matching: &mut Matching) {
    let mut places: HashMap<u32, std::collections::VecDeque<usize>> = HashMap::new();
    for (n, key) in new.iter().enumerate().filter(|(n, _)| matching.of_new[*n].is_none()) {
        places.entry(*key).or_default().push_back(n);
    }
    let free: Vec<usize> = (0..old.len()).filter(|o| matching.of_old[*o].is_none()).collect();
    for o in free {
        if let Some(n) = places.get_mut(&old[o]).and_then(std::collections::VecDeque::pop_front) {
            matching.pair(o, n);
        }
    }
}

/// What lies between two neighbours of the backbone, on both sides.
fn gaps(in_order: &[(usize, usize)], old: usize, new: usize) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let (mut gaps, mut from) = (Vec::new(), (0, 0));
    for (o, n) in in_order.iter().copied().chain([(old, new)]) {
        if from.0 < o && from.1 < n {
            gaps.push((from.0..o, from.1..n));
        }
        from = (o + 1, n + 1);
    }
    gaps
}

/// The pairs with their marks. The longest run of pairs in order stayed; the others moved, and those that came under the
/// heading of another section.
fn marked(old: &[Clause], new: &[Clause], matching: &Matching, same: impl Fn(usize, usize) -> bool) -> Vec<Pair> {
    let by_old: Vec<(usize, usize)> =
        matching.of_old.iter().enumerate().filter_map(|(o, n)| n.map(|n| (o, n))).collect();
    let mut stayed = vec![false; new.len()];
    for at in increasing(&by_old.iter().map(|(_, n)| *n).collect::<Vec<_>>()) {
        stayed[by_old[at].1] = true;
    }
    let (old_heads, new_heads) = (headings(old), headings(new));
    let other_section = |o: usize, n: usize| match (old_heads[o], new_heads[n]) {
        (Some(was), Some(is)) => {
            // A heading that is new, or gone, moves nothing.
            matching.of_old[was].is_some_and(|h| h != is) && matching.of_new[is].is_some()
        }
        _ => false,
    };
    let pairs = matching.of_new.iter().enumerate().filter_map(|(n, o)| o.map(|o| (o, n)));
    pairs.map(|(o, n)| Pair { old: o, new: n, same: same(o, n), moved: !stayed[n] || other_section(o, n) }).collect()
}

/// For each clause the heading above it; of a heading, none.
fn headings(clauses: &[Clause]) -> Vec<Option<usize>> {
    let mut above = None;
    let mut out = Vec::with_capacity(clauses.len());
    for (at, clause) in clauses.iter().enumerate() {
        if clause.kind == ClauseKind::Heading {
            above = Some(at);
            out.push(None);
        } else {
            out.push(above);
        }
    }
    out
}
