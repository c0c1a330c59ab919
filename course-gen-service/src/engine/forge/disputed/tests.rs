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
    let found: Vec<usize> = clauses(&sop).into_iter().map(|at| at.clause).collect();
    assert_eq!(found, [1, 2]);
}

#[test]
fn a_contradiction_without_its_other_side_still_silences_its_clause() {
    let sop = with_defect("within 2 hours", "The other document differs.");
    let found: Vec<usize> = clauses(&sop).into_iter().map(|at| at.clause).collect();
    assert_eq!(found, [2]);
}
