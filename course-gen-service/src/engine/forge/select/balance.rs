use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, Demand, ItemBody, ItemType};

use super::reveals::Seen;
use crate::engine::forge::Made;
use crate::engine::forge::build::spread;

/// A candidate with what choosing needs to know of it, found once.
pub struct Entry {
    pub made: Made,
    /// Its place in the list that it was taken from.
    pub place: usize,
    pub seen: Seen,
    /// Of each wording of its stem.
    patterns: Vec<String>,
    /// Something that was taken asks the same.
    pub blocked: bool,
    /// Something that was taken gives its answer away, or the other way round.
    pub revealed: bool,
    /// How many others of its lesson cannot stand beside it in a test.
    pub rivals: usize,
    /// Its key is longer than every other option.
    key_longest: bool,
}

impl Entry {
    pub fn new(made: Made) -> Self {
        Self::at(0, made)
    }

    /// The candidate in this place of its list.
    pub fn at(place: usize, made: Made) -> Self {
        let seen = Seen::of(&made);
        let patterns = made.stems.iter().map(|s| pattern(s)).collect();
        let key_longest = key_is_longest(&made);
        Self { made, place, seen, patterns, blocked: false, revealed: false, rivals: 0, key_longest }
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
    /// Items with options and those whose key is the longest; single choices and those of them; how often the key stood in each
    /// place.
    choices: usize,
    longest: usize,
    singles: usize,
    longest_singles: usize,
    places: [usize; 3],
}

impl Wordings {
    /// For a course of about `planned` items: no wording in more than a twentieth of them.
    pub fn new(planned: usize) -> Self {
        Self { most: (planned / 25).max(1), ..Self::default() }
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
        self.best(entry).1 < self.most && !self.too_long(entry)
    }

    /// Whether the longest option would be the key in more than two of five.
    pub fn too_long(&self, entry: &Entry) -> bool {
        let single = entry.kind() == ItemType::SingleChoice;
        entry.key_longest
            && ((self.longest + 1) * 5 > (self.choices + 1) * 2 + 3
                || single && (self.longest_singles + 1) * 5 > (self.singles + 1) * 2)
    }

    /// Gives the item its wording.
    pub fn settle(&mut self, entry: Entry) -> Made {
        let (at, _) = self.best(&entry);
        let mut made = entry.made;
        if let Some(stem) = made.stems.get(at) {
            made.item.stem.clone_from(stem);
        }
        if let Some(pattern) = entry.patterns.get(at).filter(|_| made.item.item_type() != ItemType::Flashcard) {
            *self.used.entry(pattern.clone()).or_default() += 1;
        }
        if has_options(&made) {
            self.choices += 1;
            self.longest += usize::from(entry.key_longest);
        }
        if made.item.item_type() == ItemType::SingleChoice {
            self.singles += 1;
            self.longest_singles += usize::from(entry.key_longest);
        }
        self.place(&mut made);
        made
    }

    /// The key goes where keys have stood least; amounts stay in the order of their size.
    fn place(&mut self, made: &mut Made) {
        let ItemBody::SingleChoice { options } = &made.item.body else { return };
        if options.len() != 3 {
            return;
        }
        let measured = options.iter().all(|o| o.text.contains(|c: char| c.is_ascii_digit()));
        let first = spread(made.item.id, 3);
        let least = (0..3).map(|i| (first + i) % 3).min_by_key(|i| self.places[*i]).unwrap_or(0);
        if !measured {
            move_key(made, least);
        }
        if let (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) =
            (&made.item.body, &made.key.answer)
            && let Some(at) = options.iter().position(|o| o.id == *choice)
        {
            self.places[at] += 1;
        }
    }

    pub fn release(&mut self, made: &Made) {
        if let Some(used) = self.used.get_mut(&pattern(&made.item.stem)) {
            *used = used.saturating_sub(1);
        }
    }
}

fn has_options(made: &Made) -> bool {
    matches!(made.item.body, ItemBody::SingleChoice { .. } | ItemBody::TapEvidence { .. } | ItemBody::GapSelect { .. })
}

fn key_is_longest(made: &Made) -> bool {
    let longest = |options: &[Choice], key: &str| {
        let length = |o: &Choice| o.text.chars().count();
        let own = options.iter().find(|o| o.id == key).map_or(0, length);
        options.iter().filter(|o| o.id != key).all(|o| length(o) < own)
    };
    match (&made.item.body, &made.key.answer) {
        (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice })
        | (ItemBody::TapEvidence { sentences: options }, Answer::TapEvidence { choice }) => longest(options, choice),
        (ItemBody::GapSelect { options, .. }, Answer::GapSelect { choices }) => {
            options.iter().all(|(gap, options)| choices.get(gap).is_some_and(|key| longest(options, key)))
        }
        _ => false,
    }
}

/// Puts the key of a single choice in the place `to`; ids name places, so they move with it.
fn move_key(made: &mut Made, to: usize) {
    let (ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }) =
        (&mut made.item.body, &mut made.key.answer)
    else {
        return;
    };
    let Some(from) = options.iter().position(|o| o.id == *choice) else { return };
    let ids: Vec<String> = options.iter().map(|o| o.id.clone()).collect();
    let key = options.remove(from);
    options.insert(to.min(options.len()), key);
    let mut reasons = BTreeMap::new();
    let right = choice.clone();
    for (option, id) in options.iter_mut().zip(ids) {
        if let Some(reason) = made.key.options.remove(&option.id) {
            reasons.insert(id.clone(), reason);
        }
        if option.id == right {
            choice.clone_from(&id);
        }
        option.id = id;
    }
    made.key.options = reasons;
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

/// How far the demand of one more item is from its share of the graded ones: above 0 where it is wanted.
pub fn demand_need(taken: &[Made], demand: Option<Demand>, shares: [usize; 3]) -> i32 {
    let Some(demand) = demand else { return 0 };
    let graded = || taken.iter().filter(|t| is_graded(t.item.item_type()));
    let have = graded().filter(|t| t.item.demand == Some(demand)).count() * 10;
    let wanted = demand_wanted(demand, shares) * (graded().count() + 1);
    let (have, wanted) = (i32::try_from(have).unwrap_or(0), i32::try_from(wanted).unwrap_or(0));
    ((wanted - have) / 2).clamp(-12, 12)
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
