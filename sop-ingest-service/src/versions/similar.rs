//! How alike two clauses are, and the best pairs of clauses that are alike.

use std::collections::HashMap;

use course_format::sop::{Clause, ClauseKind};

/// Neighbours this alike are one clause that was edited.
const ALIKE: f32 = 0.4;
/// Clauses far from each other must be more so.
const ALIKE_FAR: f32 = 0.6;
/// A step that kept its number, or the only clause between two that stayed, is probably the same one.
const SAME_PLACE: f32 = 0.12;
/// A table of this many cells is filled in no time; wider gaps are searched by their rarer words.
const TABLE: usize = 120_000;
/// A word of more clauses than this tells them apart no more.
const COMMON: usize = 48;
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "be", "it", "this", "that",
    "with", "by", "from", "as", "your", "you", "all", "any", "if", "when", "then", "must", "should", "may", "not",
    "do",
];
/// Stands beside every number, so that a changed number is half the same.
const A_NUMBER: &str = "#";

/// Words of all clauses, counted and sorted, with their weights.
pub(super) struct Likeness<'a> {
    old: Vec<Words>,
    new: Vec<Words>,
    weights: Vec<f32>,
    clauses: (&'a [Clause], &'a [Clause]),
}

struct Words {
    sorted: Vec<u32>,
    weight: f32,
}

impl<'a> Likeness<'a> {
    pub fn new(old: &'a [Clause], new: &'a [Clause]) -> Self {
        let (mut known, mut weights) = (HashMap::new(), Vec::new());
        let mut of = |clause: &Clause| {
            let mut sorted = Vec::new();
            for word in words(&clause.text) {
                let weight = weight(&word);
                let id = *known.entry(word).or_insert_with(|| {
                    weights.push(weight);
                    weights.len() - 1
                });
                sorted.push(u32::try_from(id).unwrap_or(u32::MAX));
            }
            sorted.sort_unstable();
            sorted
        };
        let (old_words, new_words): (Vec<_>, Vec<_>) =
            (old.iter().map(&mut of).collect(), new.iter().map(&mut of).collect());
        let weighed = |lists: Vec<Vec<u32>>| {
            let weigh = |sorted: &Vec<u32>| sorted.iter().map(|w| weights[*w as usize]).sum();
            lists.into_iter().map(|sorted| Words { weight: weigh(&sorted), sorted }).collect()
        };
        Self { old: weighed(old_words), new: weighed(new_words), weights, clauses: (old, new) }
    }

    /// Weight of the common words, twice, by the weight of all: 0 to 1.
    fn likeness(&self, old: usize, new: usize) -> f32 {
        let (a, b) = (&self.old[old], &self.new[new]);
        if a.weight + b.weight == 0.0 || self.heading(old, new).is_none() {
            return 0.0;
        }
        let (mut i, mut j, mut common) = (0, 0, 0.0);
        while i < a.sorted.len() && j < b.sorted.len() {
            match a.sorted[i].cmp(&b.sorted[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    common += self.weights[a.sorted[i] as usize];
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        2.0 * common / (a.weight + b.weight)
    }

    /// Whether both are headings or both are not; a heading does not become a sentence.
    fn heading(&self, old: usize, new: usize) -> Option<bool> {
        let heading = |clause: &Clause| clause.kind == ClauseKind::Heading;
        let (a, b) = (heading(&self.clauses.0[old]), heading(&self.clauses.1[new]));
        (a == b).then_some(a)
    }

    /// The pairs of one gap that are most alike together, in order on both sides.
    pub fn in_order(&self, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
        if old.is_empty() || new.is_empty() || old.len() * new.len() > TABLE {
            return Vec::new();
        }
        let alone = old.len() == 1 && new.len() == 1;
        let columns = new.len() + 1;
        let mut gains = vec![0.0_f32; old.len() * new.len()];
        let mut best = vec![0.0_f32; (old.len() + 1) * columns];
        for r in (0..old.len()).rev() {
            for c in (0..new.len()).rev() {
                let gain = self.gain(old[r], new[c], alone);
                gains[r * new.len() + c] = gain;
                let skip = best[(r + 1) * columns + c].max(best[r * columns + c + 1]);
                best[r * columns + c] = skip.max(gain + best[(r + 1) * columns + c + 1]);
            }
        }
        let (mut r, mut c, mut out) = (0, 0, Vec::new());
        while r < old.len() && c < new.len() {
            let (gain, here) = (gains[r * new.len() + c], best[r * columns + c]);
            if gain > 0.0 && gain + best[(r + 1) * columns + c + 1] >= here {
                out.push((old[r], new[c]));
                (r, c) = (r + 1, c + 1);
            } else if best[(r + 1) * columns + c] >= here {
                r += 1;
            } else {
                c += 1;
            }
        }
        out
    }

    /// Likeness of neighbours, 0 where they are not alike.
    fn gain(&self, old: usize, new: usize, alone: bool) -> f32 {
        let likeness = self.likeness(old, new);
        if likeness == 0.0 {
            return 0.0;
        }
        let (a, b) = (&self.clauses.0[old], &self.clauses.1[new]);
        let mut score = likeness;
        for hint in [a.label.is_some() && a.label == b.label, alone, a.kind == b.kind] {
            score += if hint { SAME_PLACE } else { 0.0 };
        }
        if score >= ALIKE + SAME_PLACE { score } else { 0.0 }
    }

    /// Pairs that are alike wherever they stand, the most alike first.
    pub fn anywhere(&self, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
        let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
        for n in new {
            let mut words = self.new[*n].sorted.clone();
            words.dedup();
            for word in words {
                holders.entry(word).or_default().push(*n);
            }
        }
        holders.retain(|_, clauses| clauses.len() <= COMMON);
        let mut pairs = Vec::new();
        for o in old {
            let mut candidates: Vec<usize> =
                self.old[*o].sorted.iter().filter_map(|word| holders.get(word)).flatten().copied().collect();
            candidates.sort_unstable();
            candidates.dedup();
            let alike = candidates.into_iter().map(|n| (self.likeness(*o, n), *o, n));
            pairs.extend(alike.filter(|(likeness, _, _)| *likeness >= ALIKE_FAR));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut used_old, mut used_new) = (std::collections::HashSet::new(), std::collections::HashSet::new());
        pairs.retain(|(_, o, n)| {
            let free = !used_old.contains(o) && !used_new.contains(n);
            if free {
                used_old.insert(*o);
                used_new.insert(*n);
            }
            free
        });
        pairs.into_iter().map(|(_, o, n)| (o, n)).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '°' && c != '%').filter(|w| !w.is_empty()) {
        if word.contains(|c: char| c.is_numeric()) {
            out.push(A_NUMBER.to_owned());
        }
        out.push(word.to_lowercase());
    }
    out
}

fn weight(word: &str) -> f32 {
    if FUNCTION_WORDS.contains(&word) {
        0.25
    } else if word == A_NUMBER || word.contains(|c: char| c.is_numeric()) {
        0.5
    } else {
        1.0
    }
}
