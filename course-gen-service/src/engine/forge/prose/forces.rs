//! A case, and the rule for it as three colleagues remember it: as a duty, as a choice, as a ban.

use course_format::course::Relation;

use crate::engine::english::statement::{self, Force, Who};
use crate::engine::english::text::{capitalise, sentence, word_count};
use crate::engine::forge::build::{Reason, Spec, shuffled};
use crate::engine::forge::stock::Decision;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    bench.stock.decisions.iter().filter(|d| bench.holds(d.at) && !d.valued).filter_map(|d| one(bench, d)).collect()
}

/// Subject, force and act of the rule for the case.
fn rule(decision: &Decision) -> Option<(String, Force, String)> {
    let action = decision.action.trim_end_matches('.');
    // A reason belongs to the rule, not to what others make of it.
    let end =
        [", so that ", " so that ", ", because ", " because ", ", which "].iter().filter_map(|j| action.find(j)).min();
    let action = &action[..end.unwrap_or(action.len())];
    if !decision.stated {
        return Some(match action.strip_prefix("do not ") {
            Some(act) => ("You".to_owned(), Force::MustNot, act.to_owned()),
            None => ("You".to_owned(), Force::Must, action.to_owned()),
        });
    }
    let said = statement::all(&capitalise(action));
    let [only] = said.as_slice() else { return None };
    let subject = match &only.who {
        Who::You => "You".to_owned(),
        Who::People(name) | Who::Thing(name) => capitalise(name),
    };
    Some((subject, only.force, only.act.clone()))
}

fn one(bench: &Bench<'_>, decision: &Decision) -> Option<Made> {
    let (subject, force, act) = rule(decision)?;
    let modals: [(Force, &str); 3] = match force {
        Force::Must | Force::May | Force::MustNot => {
            [(Force::Must, "must"), (Force::May, "may"), (Force::MustNot, "must not")]
        }
        Force::Should => [(Force::Should, "should"), (Force::Must, "must"), (Force::MustNot, "must not")],
        _ => return None,
    };
    let verb = act.split(' ').next().unwrap_or_default();
    let limited = force != Force::MustNot && super::claims::is_limited(&act);
    let turns = [" unless ", " until ", " only ", " if ", " not "].iter().any(|t| act.contains(t));
    let clear =
        !turns && !limited && !verb.ends_with("ly") && !matches!(verb, "go" | "continue" | "note" | "see" | "consider");
    if !clear || act.contains(['@', '/', ':']) || decision.action_from.is_some() || word_count(&decision.situation) > 24
    {
        return None;
    }
    let options: Vec<(Force, String)> =
        modals.iter().map(|(f, modal)| (*f, sentence(&format!("{subject} {modal} {act}")))).collect();
    let key = options.iter().find(|(f, _)| *f == force)?.1.clone();
    if !(5..=22).contains(&word_count(&key)) {
        return None;
    }
    let why = format!("The SOP says: “{}”", decision.source.trim());
    let reasons = options
        .iter()
        .filter(|(f, _)| *f != force)
        .map(|(_, o)| Reason { option: o.clone(), why: why.clone(), at: decision.at, part: decision.source.clone() })
        .collect();
    let situation = &decision.situation;
    let spec = Spec {
        clause: decision.at,
        frame: "case-force",
        target: format!("force/{}", decision.condition),
        stem: format!("{situation} Three colleagues remember the rule in three ways. Who is right?"),
        others: vec![
            format!("{situation} Which of these notes tells you the rule?"),
            format!("{situation} You look for the rule. Which line is right?"),
            format!("{situation} A trainee is not sure what the rule is now. What do you say?"),
            format!("{situation} You are asked for the rule. What do you answer?"),
        ],
        rationale: why,
        relation: Relation::Compress,
        provenance: [Some(bench.library.prove_part(decision.at, &decision.source))]
            .into_iter()
            .chain([decision.situation_from.map(|at| bench.library.prove(at))])
            .flatten()
            .collect(),
        reasons,
        score: 8,
    };
    let texts = shuffled(spec.id(bench), options.into_iter().map(|(_, text)| text));
    Some(spec.single_in_order(bench, &key, &texts))
}
