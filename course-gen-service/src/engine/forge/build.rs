//! The parts that all items share: ids, order of options, proof.

use std::collections::BTreeMap;

use course_format::course::{Answer, Choice, Item, ItemBody, ItemKey, Provenance, Relation};
use uuid::Uuid;

use super::{Bench, Made};
use crate::engine::english::text::stems;
use crate::engine::library::ClauseRef;
use crate::engine::outline::is_critical;

/// Everything of an item but its body and answer.
pub struct Spec {
    pub clause: ClauseRef,
    pub frame: &'static str,
    /// Tells two items of one frame and clause apart; also what the item asks for.
    pub target: String,
    pub stem: String,
    pub rationale: String,
    pub relation: Relation,
    pub provenance: Vec<Provenance>,
    pub score: i32,
}

impl Spec {
    /// Stable as long as document, clause, pattern and what is asked are the same.
    pub fn id(&self, bench: &Bench<'_>) -> Uuid {
        let clause = bench.library.clause(self.clause);
        let name = format!("item/{}/{}/{}", clause.id, self.frame, self.target);
        Uuid::new_v5(&bench.library.document(self.clause).document_id, name.as_bytes())
    }

    pub fn finish(self, bench: &Bench<'_>, body: ItemBody, answer: Answer, points: u32) -> Made {
        let id = self.id(bench);
        let critical = is_critical(bench.library, self.clause);
        Made {
            item: Item { id, stem: self.stem, body, critical, points, demand: None, expected_right: None },
            key: ItemKey {
                answer,
                rationale: self.rationale,
                relation: self.relation,
                provenance: self.provenance,
                options: BTreeMap::new(),
            },
            clause: self.clause,
            frame: self.frame.to_owned(),
            target: self.target,
            score: self.score + i32::from(critical) * 2,
        }
    }

    /// A single choice; `ordered` keeps the options as they are given (numbers by size).
    pub fn single(self, bench: &Bench<'_>, key: &str, distractors: &[String], ordered: Option<Vec<String>>) -> Made {
        let id = self.id(bench);
        let options =
            ordered.unwrap_or_else(|| shuffled(id, std::iter::once(key.to_owned()).chain(distractors.iter().cloned())));
        let choices = choices(&options);
        let choice = id_of(&choices, key);
        self.finish(bench, ItemBody::SingleChoice { options: choices }, Answer::SingleChoice { choice }, 1)
    }
}

/// The same order for the same item, another one for another item.
pub fn shuffled(id: Uuid, texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = texts.into_iter().collect();
    out.sort_by_key(|t| Uuid::new_v5(&id, t.as_bytes()));
    out
}

/// Options with ids that say nothing: their place on the page.
pub fn choices(texts: &[String]) -> Vec<Choice> {
    texts.iter().zip('a'..='z').map(|(text, id)| Choice { id: id.to_string(), text: text.clone() }).collect()
}

pub fn id_of(choices: &[Choice], text: &str) -> String {
    choices.iter().find(|c| c.text == text).map(|c| c.id.clone()).unwrap_or_default()
}

/// The `n` best of `pool` that share little with the key and with each other; `None` when there are fewer.
pub fn distinct(key: &str, pool: impl IntoIterator<Item = String>, n: usize, most_shared: f32) -> Option<Vec<String>> {
    let mut taken = vec![stems(key)];
    let mut out: Vec<String> = Vec::new();
    for text in pool {
        let own = stems(&text);
        let shares = taken.iter().any(|t| crate::engine::english::text::overlap(t, &own) > most_shared);
        if !own.is_empty() && !shares && !out.contains(&text) {
            taken.push(own);
            out.push(text);
        }
        if out.len() == n {
            return Some(out);
        }
    }
    None
}

/// Those nearest in length to the key first, so that length gives nothing away.
pub fn by_length(key: &str, pool: Vec<String>) -> Vec<String> {
    let mut pool = pool;
    let length = key.chars().count();
    pool.sort_by_key(|t| (t.chars().count().abs_diff(length) / 8, t.clone()));
    pool.retain(|t| {
        let own = t.chars().count().max(1);
        own * 5 / 2 >= length && length * 5 / 2 >= own
    });
    pool
}
