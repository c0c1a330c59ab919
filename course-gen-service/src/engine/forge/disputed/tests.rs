use course_format::sop::{ClauseId, Defect, ParsedSops};

use super::*;
use crate::engine::test_sop::library;

fn with_defect(quote: &str, suggestion: &str) -> Library {
    let plain = library(
        "Reception",
        &[
            "# Badges",
            "- Badges must be returned within 1 hour after the visit.",
            "- Badges must be returned within 2 hours after the visit.",
            "- Reports must be sent within 1 hour.",
        ],
    );
    let mut documents = plain.documents().to_vec();
    let mut defect: Defect = serde_json::from_value(serde_json::json!({
        "kind": "contradiction", "clause_id": "c-2", "quote": quote, "suggestion": suggestion,
    }))
    .unwrap();
    defect.clause_id = ClauseId("c-2".to_owned());
    documents[0].defects.push(defect);
    let sops: ParsedSops = serde_json::from_value(serde_json::json!({ "documents": documents })).unwrap();
    Library::new(sops)
}

#[test]
fn both_sides_of_a_contradiction_are_found() {
    let sop = with_defect("within 2 hours", "Another place says “within 1 hour” where this one says “within 2 hours”.");
    let found: Vec<usize> = sop.disputes().iter().flatten().map(|at| at.clause).collect();
    assert_eq!(found, [1, 2]);
}

#[test]
fn a_contradiction_without_its_other_side_still_silences_its_clause() {
    let sop = with_defect("within 2 hours", "The other document differs.");
    let found: Vec<usize> = sop.disputes().iter().flatten().map(|at| at.clause).collect();
    assert_eq!(found, [2]);
}

fn with_literals(lines: &[&str], kinds: &[&str]) -> Library {
    let mut documents = library("Tank", lines).documents().to_vec();
    for clause in &mut documents[0].clauses {
        for literal in kinds.iter().filter(|k| clause.text.contains(*k)) {
            let json = serde_json::json!({ "text": literal, "kind": "limit", "span": clause.span });
            clause.literals.push(serde_json::from_value(json).unwrap());
        }
    }
    Library::new(serde_json::from_value(serde_json::json!({ "documents": documents })).unwrap())
}

fn found(library: &Library) -> Vec<Vec<usize>> {
    library.disputes().iter().map(|group| group.iter().map(|at| at.clause).collect()).collect()
}

#[test]
fn the_same_rule_with_other_measures_is_one_dispute_however_often_it_stands_there() {
    let lines = [
        "# Hall",
        "- Drive at most 10 km/h inside the hall.",
        "- Drive at most 6 km/h inside the hall.",
        "- Drive at most 8 km/h inside the hall.",
        "- Lift at most 10 kg with one hand.",
    ];
    assert_eq!(found(&with_literals(&lines, &["10 km/h", "6 km/h", "8 km/h", "10 kg"])), [[1, 2, 3]]);
}

#[test]
fn must_and_must_not_with_the_same_case_are_a_dispute() {
    let lines = [
        "# Tank",
        "- Technicians must wear gloves when they open the drain valve.",
        "- Technicians must not wear gloves when they open the drain valve.",
        "- Technicians must not wear rings when they open the drain valve.",
    ];
    assert_eq!(found(&with_literals(&lines, &[])), [[1, 2]]);
}

#[test]
fn two_procedures_may_have_the_same_step_with_other_amounts() {
    let lines = [
        "# Floor",
        "1 Mix 50 mL of cleaner with the water in the bucket.",
        "2 Mop the floor.",
        "# Wall",
        "1 Mix 75 mL of cleaner with the water in the bucket.",
        "2 Wipe the wall.",
    ];
    assert!(found(&with_literals(&lines, &["50 mL", "75 mL"])).is_empty());
}
