//! A case, and what the SOP says to do in it.

use course_format::course::Relation;

use crate::engine::english::question;
use crate::engine::english::text::{overlap, sentence, stems, word_count};
use crate::engine::forge::build::{Spec, by_length, distinct};
use crate::engine::forge::stock::Decision;
use crate::engine::forge::{Bench, Made};
use crate::engine::library::ClauseRef;

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.decisions.iter().filter(|d| bench.holds(d.at)).filter_map(|d| one(bench, d)).collect()
}

fn one(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    let key = sentence(&decision.action);
    if word_count(&key) > 24 || word_count(&decision.situation) > 30 {
        return None;
    }
    let distractors = wrong_actions(bench, decision, &key)?;
    let mut provenance = vec![bench.library.prove_part(decision.at, &decision.source)];
    provenance.extend(decision.action_from.into_iter().chain(decision.situation_from).map(|at| bench.library.prove(at)));
    let spec = Spec {
        clause: decision.at,
        frame: "decision",
        target: decision.condition.clone(),
        stem: format!("{} {}", decision.situation, question::what_now(bench.level)),
        rationale: format!("This is what the text says for this case: if {}.", decision.condition),
        relation: if decision.action_from.is_some() { Relation::Infer } else { Relation::Compress },
        provenance,
        score: 9,
    };
    Some(spec.single(bench, &key, &distractors, None))
}

/// What the SOP says for other cases and other moments, but not for this one.
fn wrong_actions(bench: &Bench<'_>, decision: &Decision, key: &str) -> Option<Vec<String>> {
    let section = &bench.library.clause(decision.at).section;
    let condition = stems(&decision.condition);
    let general = general_actions(bench);
    let right = stems(key);
    let unfit = |text: &str| {
        let own = stems(text);
        overlap(&own, &right) > 0.34 || overlap(&own, &condition) > 0.6 || general.iter().any(|g| overlap(g, &own) > 0.5)
    };
    let mut cases: Vec<(bool, ClauseRef, String)> = bench
        .stock
        .decisions
        .iter()
        .filter(|d| d.at.document == decision.at.document && d.at != decision.at && d.condition != decision.condition)
        .map(|d| (bench.library.clause(d.at).section != *section, d.at, sentence(&d.action)))
        .collect();
    cases.extend(
        bench.stock.forbidden.iter().filter(|(at, _, _)| at.document == decision.at.document).map(|(at, _, phrase)| {
            (bench.library.clause(*at).section != *section, *at, sentence(phrase))
        }),
    );
    cases.sort();
    let pool: Vec<String> = cases.into_iter().map(|(_, _, text)| text).filter(|t| !unfit(t) && !t.contains(" it ")).collect();
    distinct(key, by_length(key, pool), 2, 0.34)
}

/// Actions that the SOP wants in every case ("Any issue ..."): never wrong, so never a distractor.
fn general_actions(bench: &Bench<'_>) -> Vec<std::collections::BTreeSet<String>> {
    bench
        .stock
        .facts
        .iter()
        .filter(|f| {
            let lower = f.text.to_lowercase();
            ["any issue", "any sign", "any problem", "in all cases", "in every case", "always "].iter().any(|g| lower.contains(g))
        })
        .map(|f| stems(&f.text))
        .collect()
}
