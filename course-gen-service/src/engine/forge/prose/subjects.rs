//! "Lost property is kept for three months": which of these is kept for three months, and is it true of umbrellas?

use course_format::Level;
use course_format::course::{Answer, ItemBody, Relation};
use uuid::Uuid;

use crate::engine::english::clause::{self, Clause};
use crate::engine::english::text::{lower_first, overlap, sentence, stems, word_count};
use crate::engine::facts::{self, Fact};
use crate::engine::forge::build::{Spec, Wrong, spread};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own: Vec<(&Fact, Clause<'_>)> =
        bench.stock.facts.iter().filter(|f| bench.holds(f.at)).filter_map(|f| Some((f, said(f)?))).collect();
    let mut out: Vec<Made> = own.iter().filter_map(|(fact, clause)| which(bench, fact, clause)).collect();
    if bench.level <= Level::A2 {
        out.extend(own.iter().filter_map(|(fact, clause)| truth(bench, fact, clause)));
    }
    out
}

/// A statement that makes sense alone.
fn said(fact: &Fact) -> Option<Clause<'_>> {
    let clause = clause::of(&fact.text)?;
    let alone = !facts::has_pronoun(&fact.text) && !facts::refers_elsewhere(&fact.text);
    let turns = [" not ", " no ", " only ", " never ", " unless ", "n't ", " likely ", " means ", " refers ", " but "];
    let lower = format!(" {} ", fact.text.to_lowercase());
    let plain = !turns.iter().any(|t| lower.contains(t)) && !clause.predicate.contains("://");
    let sized = (3..=16).contains(&word_count(clause.predicate)) && (1..=7).contains(&word_count(clause.subject));
    (alone && plain && sized && fact.text.ends_with('.')).then_some(clause)
}

/// Subjects of other statements with a verb in the same number, none of which has anything to do with this one.
fn others(bench: &Bench<'_>, fact: &Fact, clause: &Clause<'_>) -> Vec<Wrong> {
    let whole = stems(&fact.text);
    let predicate = stems(clause.predicate);
    near(&bench.stock.facts, fact.at, |f| f.at, 80)
        .iter()
        .filter(|o| o.at != fact.at && o.at.document == fact.at.document)
        .filter_map(|o| Some((o, said(o)?)))
        .filter(|(_, c)| c.plural == clause.plural || clause.plural.is_none())
        .filter(|(_, c)| overlap(&stems(c.predicate), &predicate) < 0.4)
        .filter(|(_, c)| stems(c.subject).is_disjoint(&whole))
        .map(|(o, c)| Wrong::new(c.subject, o.at, o.text.clone()))
        .collect()
}

fn which(bench: &Bench<'_>, fact: &Fact, clause: &Clause<'_>) -> Option<Made> {
    let predicate = clause.predicate;
    let wrong = super::two_beside(clause.subject, others(bench, fact, clause), 0.0)?;
    let spec = Spec {
        clause: fact.at,
        frame: "which-subject",
        target: predicate.to_owned(),
        stem: format!("Which of these {predicate}?"),
        others: vec![
            format!("A new colleague asks you: “Which of these {predicate}?” What do you answer?"),
            format!("You explain the rules. Which of these {predicate}?"),
            format!("Find the beginning of this line: “… {predicate}.”"),
        ],
        rationale: format!("The SOP says: “{}”", fact.text.trim()),
        relation: Relation::Compress,
        provenance: vec![bench.library.prove_part(fact.at, &fact.text)],
        reasons: Vec::new(),
        score: 5,
    };
    Some(spec.single(bench, clause.subject, &wrong))
}

/// The statement, or the same about something else.
fn truth(bench: &Bench<'_>, fact: &Fact, clause: &Clause<'_>) -> Option<Made> {
    let document = bench.library.document(fact.at);
    let seed = Uuid::new_v5(&document.document_id, format!("subject/{}", fact.text).as_bytes());
    let other = others(bench, fact, clause).into_iter().next()?;
    let value = spread(seed, 2) == 0;
    let subject = if value { clause.subject } else { other.text.as_str() };
    let text = sentence(&format!("{subject} {}", clause.predicate));
    if word_count(&text) > 18 {
        return None;
    }
    let right = lower_first(clause.subject, &document.text);
    let mut provenance = vec![bench.library.prove_part(fact.at, &fact.text)];
    if !value {
        provenance.push(bench.library.prove_part(other.at, &other.source));
    }
    let spec = Spec {
        clause: fact.at,
        frame: "true-subject",
        target: format!("truth/{}", clause.predicate),
        stem: text.clone(),
        others: vec![
            format!("Your team has written this on a card: “{text}” Is the card right?"),
            format!("A colleague explains the work to you: “{text}” Is that so?"),
        ],
        rationale: if value {
            "The SOP says exactly this.".to_owned()
        } else {
            format!("The SOP says this about something else: {right}.")
        },
        relation: Relation::Compress,
        provenance,
        reasons: Vec::new(),
        score: 4,
    };
    Some(spec.finish(bench, ItemBody::TrueFalse {}, Answer::TrueFalse { value }, 1))
}
