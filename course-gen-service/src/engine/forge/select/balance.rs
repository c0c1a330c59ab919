use std::collections::BTreeMap;

use course_format::course::{Demand, ItemType};

use super::reveals::Seen;
use crate::engine::forge::Made;
use crate::engine::forge::build::spread;

/// A candidate with what choosing needs to know of it, found once.
pub struct Entry {
    pub made: Made,
    pub seen: Seen,
    /// Of each wording of its stem.
    patterns: Vec<String>,
    /// Something that was taken asks the same or gives its answer away.
    pub blocked: bool,
}

impl Entry {
    pub fn new(made: Made) -> Self {
        let seen = Seen::of(&made);
        let patterns = made.stems.iter().map(|s| pattern(s)).collect();
        Self { made, seen, patterns, blocked: false }
    }

    pub fn kind(&self) -> ItemType {
        self.made.item.item_type()
    }
}

/// How often the course has used each wording.
#[derive(Debug, Default)]
pub struct Wordings {
    used: BTreeMap<String, usize>,
    most: usize,
}

impl Wordings {
    /// For a course of about `planned` items: no wording in more than a twentieth of them.
    pub fn new(planned: usize) -> Self {
        Self { used: BTreeMap::new(), most: (planned / 25).max(1) }
    }

    /// The least used wording of the item: its place in the list and how often it was used. Equal ones by the item's id.
    pub fn best(&self, entry: &Entry) -> (usize, usize) {
        let n = entry.patterns.len().max(1);
        let first = spread(entry.made.item.id, n);
        (0..n)
            .map(|i| (first + i) % n)
            .map(|i| (i, entry.patterns.get(i).map_or(0, |p| self.used.get(p).copied().unwrap_or(0))))
            .min_by_key(|(_, used)| *used)
            .unwrap_or((0, 0))
    }

    /// Whether one more would not be too many.
    pub fn has_room(&self, entry: &Entry) -> bool {
        self.best(entry).1 < self.most
    }

    /// Gives the item its wording.
    pub fn settle(&mut self, entry: Entry) -> Made {
        let (at, _) = self.best(&entry);
        let mut made = entry.made;
        if let Some(stem) = made.stems.get(at) {
            made.item.stem.clone_from(stem);
        }
        if let Some(pattern) = entry.patterns.get(at) {
            *self.used.entry(pattern.clone()).or_default() += 1;
        }
        made
    }

    pub fn release(&mut self, made: &Made) {
        if let Some(used) = self.used.get_mut(&pattern(&made.item.stem)) {
            *used = used.saturating_sub(1);
        }
    }
}

/// What stays of a stem when its content is taken out: the words of the frame. "How long do you close the lid?" and
/// "How long do you hold the button?" have one pattern.
pub fn pattern(stem: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut quoted = false;
    let spaced = stem.replace('“', " “ ").replace('”', " ” ");
    let framing = |w: &str| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'').to_lowercase();
        crate::engine::english::words::is_function(&bare) || FRAME_WORDS.contains(&bare.as_str())
    };
    for word in spaced.split_whitespace() {
        match word {
            "“" => {
                quoted = true;
                out.push("_");
            }
            "”" => quoted = false,
            _ if quoted => {}
            word if framing(word) => out.push(word),
            _ => out.push("_"),
        }
    }
    out.dedup();
    out.join(" ").to_lowercase()
}

/// Words that belong to the way of asking, not to what is asked.
const FRAME_WORDS: [&str; 64] = [
    "long",
    "soon",
    "often",
    "many",
    "much",
    "times",
    "temperature",
    "speed",
    "time",
    "sentence",
    "sentences",
    "word",
    "words",
    "colleague",
    "new",
    "asks",
    "ask",
    "answer",
    "supervisor",
    "rule",
    "rules",
    "forbidden",
    "allowed",
    "right",
    "find",
    "choose",
    "complete",
    "read",
    "write",
    "gap",
    "sop",
    "text",
    "step",
    "steps",
    "order",
    "say",
    "tell",
    "task",
    "person",
    "listen",
    "hear",
    "instruction",
    "correct",
    "mistake",
    "mean",
    "means",
    "term",
    "table",
    "match",
    "put",
    "sort",
    "box",
    "shift",
    "visitor",
    "trainee",
    "note",
    "notice",
    "message",
    "next",
    "case",
    "form",
    "record",
    "stop",
    "english",
];

/// Share of the items with this demand that a lesson or test should have, in tenths.
pub fn demand_wanted(demand: Demand, shares: [usize; 3]) -> usize {
    match demand {
        Demand::Recall => shares[0],
        Demand::Understand => shares[1],
        Demand::Apply => shares[2],
    }
}

/// How far the demand of one more item is from its share: above 0 where it is wanted.
pub fn demand_need(taken: &[Made], demand: Option<Demand>, shares: [usize; 3]) -> i32 {
    let Some(demand) = demand else { return 0 };
    let have = taken.iter().filter(|t| t.item.demand == Some(demand)).count() * 10;
    let wanted = demand_wanted(demand, shares) * (taken.len() + 1);
    let (have, wanted) = (i32::try_from(have).unwrap_or(0), i32::try_from(wanted).unwrap_or(0));
    ((wanted - have) / 4).clamp(-6, 6)
}

/// Whether a machine grades it at once.
pub fn is_graded(kind: ItemType) -> bool {
    !kind.is_open() && !matches!(kind, ItemType::ReadAloud | ItemType::Flashcard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_what_two_stems_share() {
        assert_eq!(pattern("How long do you close the lid?"), pattern("How long do you hold the red button?"));
        assert_eq!(
            pattern("A new colleague asks you: “How long do I wait?” What do you answer?"),
            pattern("A new colleague asks you: “Where do I sign?” What do you answer?")
        );
        assert_ne!(pattern("Which of these is forbidden?"), pattern("Which word is missing?"));
    }
}
