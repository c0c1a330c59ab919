//! "Lost property is kept for three months": which of these is kept for three months?

use course_format::course::Relation;

use crate::engine::english::clause::{self, Clause};
use crate::engine::english::forms::is_plural;
use crate::engine::english::text::{overlap, stems, word_count};
use crate::engine::english::words::base_of_participle;
use crate::engine::facts::{self, Fact};
use crate::engine::forge::build::{Spec, Wrong};
use crate::engine::forge::stock::near;
use crate::engine::forge::{Bench, Made};

pub fn make(bench: &Bench<'_>) -> Vec<Made> {
    let own: Vec<(&Fact, Clause<'_>)> =
        bench.stock.facts.iter().filter(|f| bench.holds(f.at)).filter_map(|f| Some((f, said(f)?))).collect();
    own.iter().filter_map(|(fact, clause)| which(bench, fact, clause)).collect()
}

/// A statement that makes sense alone.
fn said(fact: &Fact) -> Option<Clause<'_>> {
    let clause = clause::of(&fact.text)?;
    let alone = !facts::has_pronoun(&fact.text) && !facts::refers_elsewhere(&fact.text);
    let turns = [" not ", " no ", " only ", " never ", " unless ", "n't ", " likely ", " means ", " refers ", " but "];
    let lower = format!(" {} ", fact.text.to_lowercase());
    let plain = !turns.iter().any(|t| lower.contains(t)) && !clause.predicate.contains("://");
    let sized = (3..=16).contains(&word_count(clause.predicate)) && (1..=7).contains(&word_count(clause.subject));
    let cut = ["p.m", "a.m", "etc", "no"].iter().any(|e| clause.predicate.ends_with(e));
    (alone && plain && !cut && sized && fact.text.ends_with('.')).then_some(clause)
}

/// Subjects of other statements with a verb in the same number, none of which has anything to do with this one.
fn others(bench: &Bench<'_>, fact: &Fact, clause: &Clause<'_>) -> Vec<Wrong> {
    let whole = stems(&fact.text);
    let predicate = stems(clause.predicate);
    near(&bench.stock.facts, fact.at, |f| f.at, 80)
        .iter()
        .filter(|o| o.at != fact.at && o.at.document == fact.at.document)
        .filter_map(|o| Some((o, said(o)?)))
        .filter(|(_, c)| is_plural(c.subject) == is_plural(clause.subject) && is_passive(c) == is_passive(clause))
        .filter(|(_, c)| overlap(&stems(c.predicate), &predicate) < 0.4)
        .filter(|(_, c)| stems(c.subject).is_disjoint(&whole))
        .map(|(o, c)| Wrong::new(c.subject, o.at, o.text.clone()))
        .collect()
}

/// "must be left", "are kept": what is done with one thing could be done with the other.
fn is_passive(clause: &Clause<'_>) -> bool {
    let mut words = clause.predicate.split(' ').skip_while(|w| !matches!(*w, "is" | "are" | "be"));
    words.next().is_some() && words.next().is_some_and(|w| w.ends_with("ed") || base_of_participle(w).is_some())
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
