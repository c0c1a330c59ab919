//! A rule, and the case for which it was made.

use course_format::course::Relation;

use crate::engine::english::text::{overlap, sentence, stems, word_count};
use crate::engine::facts;
use crate::engine::forge::build::{Spec, Wrong};
use crate::engine::forge::stock::{Decision, near};
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.decisions.iter().filter(|d| bench.holds(d.at) && d.stated).filter_map(|d| one(bench, d)).collect()
}

fn one(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    let rule = sentence(&decision.action);
    let clear = !facts::has_pronoun(&decision.action) && decision.situation_from.is_none();
    if !clear || decision.action_from.is_some() || word_count(&rule) > 20 || rule.contains(['“', '"']) {
        return None;
    }
    let own = stems(&rule);
    let pool: Vec<Wrong> = near(&bench.stock.decisions, decision.at, |d| d.at, 60)
        .iter()
        .filter(|d| d.at.document == decision.at.document && d.at != decision.at && d.condition != decision.condition)
        .filter(|d| overlap(&stems(&d.action), &own) <= 0.34 && d.situation_from.is_none())
        .filter(|d| word_count(&d.situation) <= 22)
        .map(|d| Wrong::new(d.situation.clone(), d.at, d.source.clone()))
        .collect();
    let key = &decision.situation;
    let wrong = super::two_beside(key, pool, 0.5)?;
    let spec = Spec {
        clause: decision.at,
        frame: "rule-behind",
        target: format!("behind/{}", decision.condition),
        stem: format!("“{rule}” For which of these cases was this rule made?"),
        others: vec![
            format!("Your supervisor says: “{rule}” What has happened?"),
            format!("“{rule}” When do you think of this rule?"),
            format!("You read in the SOP: “{rule}” Which case is it about?"),
        ],
        rationale: format!("The SOP gives this rule {} {}.", decision.joiner, decision.condition),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(decision.at, &decision.source)],
        reasons: Vec::new(),
        score: 7,
    };
    Some(spec.single(bench, key, &wrong))
}
