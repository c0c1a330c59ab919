//! Steps in their order: which lists are procedures, how they nest, where they branch, which warnings stay beside which
//! step.

mod flows;
mod lists;

use std::collections::{HashMap, HashSet};

use course_format::sop::{Branch, Clause, Procedure, Step};
use sha2::{Digest, Sha256};

use super::{pattern::patterns, structure::Structured};

patterns! {
    GO_TO = r"(?i)\b(?:go(?:es)?|returns?|proceeds?|skips?|continues?|moves?|jumps?)\s+(?:\p{L}+\s+){0,4}?(?:to|with|from|at)\s+step\s+(?P<step>\d+(?:\.\d+)*[a-z]?|[a-z])\b|\brepeats?\s+(?:from\s+)?step\s+(?P<again>\d+(?:\.\d+)*)\b";
    CONDITION = r"(?i)(?:^|[\s(])(?P<condition>(?:if|when|unless|in case|where|once|should (?:the|it|you|this|any))\b(?:[^,;.]|[.,]\d)*)";
}

/// A document with its clauses read: what procedures are found in.
pub struct Read<'a> {
    pub document: &'a Structured,
    pub clauses: &'a [Clause],
}

pub fn find(document: &Structured, clauses: &[Clause]) -> Vec<Procedure> {
    let read = Read { document, clauses };
    let mut procedures = flows::find(&read);
    let covered: HashSet<_> = procedures.iter().flat_map(|p| &p.steps).map(|s| s.clause_id.clone()).collect();
    let mut at = 0;
    while at < clauses.len() {
        let section = document.clauses[at].section;
        let end = at + document.clauses[at..].iter().take_while(|c| c.section == section).count();
        let in_flow = clauses[at..end]
            .iter()
            .any(|c| covered.contains(&c.id) && c.kind != course_format::sop::ClauseKind::Heading);
        if !in_flow {
            let before = procedures.len();
            lists::ordered(&read, at..end, &mut procedures);
            if procedures.len() == before {
                lists::unordered(&read, at..end, &mut procedures);
            }
        }
        at = end;
    }
    // In the order in which a reader meets their first steps.
    let places: HashMap<_, usize> = clauses.iter().enumerate().map(|(at, c)| (&c.id, at)).collect();
    procedures.sort_by_key(|p| p.steps.first().and_then(|s| places.get(&s.clause_id)).copied());
    procedures
}

/// The printed label of the step that a sentence sends the reader to.
fn target(text: &str) -> Option<String> {
    let found = GO_TO.captures(text)?;
    found.name("step").or_else(|| found.name("again")).map(|m| m.as_str().to_owned())
}

/// "If the reading is above 8 °C, go to step 7."
fn branch(text: &str) -> Option<Branch> {
    let target = target(text)?;
    let condition = CONDITION.captures(text).and_then(|c| c.name("condition")).map(|m| m.as_str().trim().to_owned());
    let target = target.split('.').filter_map(|n| n.parse().ok()).collect();
    Some(Branch { condition: condition.unwrap_or_default(), target })
}

/// One step after the other, as they stand.
fn in_a_row(clauses: &[Clause], chosen: &[usize]) -> Vec<Step> {
    let step = |(at, number): (&usize, u32)| {
        let clause = &clauses[*at];
        Step { clause_id: clause.id.clone(), number: vec![number], warnings: Vec::new(), branch: branch(&clause.text) }
    };
    chosen.iter().zip(1..).map(step).collect()
}

fn procedure(title: String, section: &str, ordered: bool, mut steps: Vec<Step>) -> Procedure {
    // "Go to step 7" of a procedure that has no step 7 means another one: the words stay, the link does not.
    let numbers: Vec<_> = steps.iter().map(|s| s.number.clone()).collect();
    for step in &mut steps {
        step.branch.take_if(|branch| !numbers.contains(&branch.target));
    }
    let mut digest = Sha256::new();
    digest.update(section.as_bytes());
    for step in &steps {
        digest.update(step.clause_id.0.as_bytes());
    }
    let id = format!("p-{}", hex::encode(&digest.finalize()[..6]));
    Procedure { id, title, section: section.to_owned(), ordered, steps }
}
