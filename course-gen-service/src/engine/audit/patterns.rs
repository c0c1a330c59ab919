//! What items have in common that they should not: one stem over and over, a key that is the longest option.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Answer, AnswerKeys, Course, CoursePackage, Item, ItemBody, ItemKey, ItemType};

use crate::engine::english::text::stems;

/// The most frequent stem pattern and its share of all items.
///
/// A pattern is the stem without what is quoted, without numbers and without the words of the item's own clauses: "What
/// do you do _ _?" and "What do you do _?" are the same.
pub fn commonest(course: &Course, keys: &AnswerKeys) -> (String, f32) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut total = 0;
    // The two sides of a card are no stem.
    for item in course.items().filter(|i| i.item_type() != ItemType::Flashcard) {
        let Some(key) = keys.0.get(&item.id) else { continue };
        *counts.entry(pattern(item, key)).or_default() += 1;
        total += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, n)| *n);
    most.map_or_else(Default::default, |(pattern, n)| (pattern, n as f32 / (total as f32).max(1.0)))
}

fn pattern(item: &Item, key: &ItemKey) -> String {
    let own: BTreeSet<String> = key.provenance.iter().flat_map(|p| stems(&p.quote)).collect();
    let mut out: Vec<&str> = vec![item.item_type().as_str()];
    let mut quoted = false;
    for word in item.stem.split_whitespace() {
        let opens = word.starts_with(['“', '"']);
        let closes = word.trim_end_matches(['.', ',', '?', '!', ':']).ends_with(['”', '"']);
        let named = stems(word);
        let from_clause = !named.is_empty() && named.is_subset(&own);
        let hidden = quoted || opens || from_clause || word.contains(|c: char| c.is_ascii_digit());
        quoted = (quoted || opens) && !closes;
        let shown = if hidden { "_" } else { word };
        if !(shown == "_" && out.last() == Some(&"_")) {
            out.push(shown);
        }
    }
    out.join(" ").to_lowercase()
}

/// Share of single choices whose key is longer than every other option.
pub(super) fn longest_is_key(package: &CoursePackage) -> f32 {
    let (mut longest, mut total) = (0_usize, 0_usize);
    for item in package.course.items() {
        let key = package.keys.0.get(&item.id).map(|k| &k.answer);
        let (ItemBody::SingleChoice { options }, Some(Answer::SingleChoice { choice })) = (&item.body, key) else {
            continue;
        };
        total += 1;
        let length = |id: &str| options.iter().find(|o| o.id == id).map_or(0, |o| o.text.chars().count());
        let own = length(choice);
        longest += usize::from(options.iter().filter(|o| &o.id != choice).all(|o| o.text.chars().count() < own));
    }
    if total == 0 { 0.0 } else { longest as f32 / total as f32 }
}
