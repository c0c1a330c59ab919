//! The parts that all items share: ids, order of options, proof, reasons.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Answer, Choice, Item, ItemBody, ItemKey, Proven, Provenance, Relation};
use uuid::Uuid;

use super::{Bench, Made, demand};
use crate::engine::english::text::{overlap, stems};
use crate::engine::library::ClauseRef;
use crate::engine::outline::is_critical;

/// Everything of an item but its body and answer.
pub struct Spec {
    pub clause: ClauseRef,
    pub frame: &'static str,
    /// Tells two items of one frame and clause apart; also what the item asks for.
    pub target: String,
    pub stem: String,
    /// Other wordings of the stem: the one that the course has used least is taken.
    pub others: Vec<String>,
    pub rationale: String,
    pub relation: Relation,
    pub provenance: Vec<Provenance>,
    /// Text of a wrong option, why it is wrong, and the clause that says so.
    pub reasons: Vec<Reason>,
    pub score: i32,
}

/// Why an option is wrong.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The option as it is shown.
    pub option: String,
    pub why: String,
    pub at: ClauseRef,
    /// The words of the clause that say so; the whole clause where they do not stand in it.
    pub part: String,
}

/// A wrong option and the sentence of the SOP that it comes from.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Wrong {
    pub text: String,
    pub at: ClauseRef,
    pub source: String,
}

impl Wrong {
    pub fn new(text: impl Into<String>, at: ClauseRef, source: impl Into<String>) -> Self {
        Self { text: text.into(), at, source: source.into() }
    }

    /// "Not here": what the option's own clause says.
    pub fn reason(&self) -> Reason {
        let why = format!("The SOP says this about something else: “{}”", self.source.trim());
        Reason { option: self.text.clone(), why, at: self.at, part: self.source.clone() }
    }
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
        let covers = covers(bench, &self.provenance);
        let critical = covers.iter().any(|at| is_critical(bench.library, *at));
        let options = self.option_reasons(bench, &body, &answer);
        let demand = demand::of(self.frame, body.item_type());
        let expected_right = Some(demand::expected_right(demand, self.frame, &body));
        let mut stems = vec![self.stem];
        stems.extend(self.others);
        Made {
            item: Item { id, stem: stems[0].clone(), body, critical, points, demand: Some(demand), expected_right },
            key: ItemKey {
                answer,
                rationale: self.rationale,
                relation: self.relation,
                provenance: self.provenance,
                options,
            },
            clause: self.clause,
            covers,
            frame: self.frame.to_owned(),
            stems,
            target: self.target,
            score: self.score + i32::from(critical) * 2,
            focus: false,
        }
    }

    /// Option id to the reason why it is right or wrong.
    fn option_reasons(&self, bench: &Bench<'_>, body: &ItemBody, answer: &Answer) -> BTreeMap<String, Proven> {
        let mut out = BTreeMap::new();
        for (option, right) in judged(body, answer) {
            let proven = if right {
                Some(Proven {
                    text: self.rationale.clone(),
                    relation: if self.relation == Relation::Infer { Relation::Infer } else { Relation::Compress },
                    provenance: self.provenance.iter().take(1).cloned().collect(),
                })
            } else {
                self.reasons.iter().find(|r| r.option == option.text).map(|r| Proven {
                    text: r.why.clone(),
                    relation: Relation::Compress,
                    provenance: vec![bench.library.prove_part(r.at, &r.part)],
                })
            };
            if let Some(proven) = proven {
                out.insert(option.id.clone(), proven);
            }
        }
        out
    }

    /// A single choice among the key and what `wrong` says elsewhere.
    pub fn single(mut self, bench: &Bench<'_>, key: &str, wrong: &[Wrong]) -> Made {
        self.reasons.extend(wrong.iter().map(Wrong::reason));
        let texts = std::iter::once(key.to_owned()).chain(wrong.iter().map(|w| w.text.clone()));
        let options = shuffled(self.id(bench), texts);
        self.single_in_order(bench, key, &options)
    }

    /// A single choice whose options stay as they are given: numbers by size.
    pub fn single_in_order(self, bench: &Bench<'_>, key: &str, options: &[String]) -> Made {
        let options = choices(options);
        let choice = id_of(&options, key);
        self.finish(bench, ItemBody::SingleChoice { options }, Answer::SingleChoice { choice }, 1)
    }
}

/// The options of an item whose every option is right or wrong.
fn judged<'a>(body: &'a ItemBody, answer: &Answer) -> Vec<(&'a Choice, bool)> {
    let marked = |options: &'a [Choice], right: &dyn Fn(&str) -> bool| -> Vec<(&'a Choice, bool)> {
        options.iter().map(|o| (o, right(&o.id))).collect()
    };
    match (body, answer) {
        (ItemBody::SingleChoice { options } | ItemBody::TapEvidence { sentences: options }, answer) => match answer {
            Answer::SingleChoice { choice } | Answer::TapEvidence { choice } => marked(options, &|id| id == choice),
            _ => Vec::new(),
        },
        (ItemBody::MultiSelect { options, .. }, Answer::MultiSelect { choices }) => {
            marked(options, &|id| choices.iter().any(|c| c == id))
        }
        (ItemBody::GapSelect { options, .. }, Answer::GapSelect { choices }) if options.len() == 1 => options
            .iter()
            .flat_map(|(gap, options)| marked(options, &|id| choices.get(gap).is_some_and(|c| c == id)))
            .collect(),
        _ => Vec::new(),
    }
}

/// The clauses that an item asks about.
fn covers(bench: &Bench<'_>, provenance: &[Provenance]) -> Vec<ClauseRef> {
    let found: BTreeSet<ClauseRef> = provenance
        .iter()
        .filter_map(|p| {
            let document = bench.library.documents().iter().position(|d| d.document_id == p.document_id)?;
            bench.library.find(document, &p.clause_id.0)
        })
        .collect();
    found.into_iter().collect()
}

/// The same order for the same item, another one for another item.
pub fn shuffled(id: Uuid, texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = texts.into_iter().collect();
    out.sort_by_key(|t| Uuid::new_v5(&id, t.as_bytes()));
    out
}

/// A number that is the same for the same item and evenly spread over all items.
pub fn spread(id: Uuid, n: usize) -> usize {
    usize::from(id.as_bytes()[15]).checked_rem(n).unwrap_or(0)
}

/// Options with ids that say nothing: their place on the page.
pub fn choices(texts: &[String]) -> Vec<Choice> {
    texts.iter().zip('a'..='z').map(|(text, id)| Choice { id: id.to_string(), text: text.clone() }).collect()
}

pub fn id_of(choices: &[Choice], text: &str) -> String {
    choices.iter().find(|c| c.text == text).map(|c| c.id.clone()).unwrap_or_default()
}

/// The `n` best of `pool` that share little with the key and with each other; `None` when there are fewer.
pub fn distinct(key: &str, pool: impl IntoIterator<Item = Wrong>, n: usize, most_shared: f32) -> Option<Vec<Wrong>> {
    let mut taken = vec![stems(key)];
    let mut out: Vec<Wrong> = Vec::new();
    for wrong in pool {
        let own = stems(&wrong.text);
        let shares = taken.iter().any(|t| overlap(t, &own) > most_shared);
        if !own.is_empty() && !shares && !out.iter().any(|o| o.text == wrong.text) {
            taken.push(own);
            out.push(wrong);
        }
        if out.len() == n {
            return Some(out);
        }
    }
    None
}

/// Those about the same things as the key first, then those nearest in length; none more than half as long again, so that
/// length gives nothing away.
pub fn by_length(key: &str, pool: Vec<Wrong>) -> Vec<Wrong> {
    let mut pool = pool;
    let (length, own) = (key.chars().count(), stems(key));
    pool.sort_by_cached_key(|w| {
        let apart = stems(&w.text).is_disjoint(&own);
        (apart, w.text.chars().count().abs_diff(length) / 8, w.text.clone(), w.at)
    });
    pool.retain(|w| alike_in_length(w.text.chars().count(), length));
    pool
}

/// Within 1.5 times of each other; a few letters do not count.
pub fn alike_in_length(a: usize, b: usize) -> bool {
    let (short, long) = (a.min(b), a.max(b));
    long * 2 <= short * 3 || long - short <= 8
}
