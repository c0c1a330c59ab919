use course_format::course::{Proven, Relation};
use course_format::sop::Span;
use course_format::validate::resolve_provenance;

use crate::sample::{package, uuid};
use crate::sample_sop::{id, sop};

#[test]
fn every_claim_of_the_sample_stands_in_its_sop() {
    let check = resolve_provenance(&package(), &[sop()]);
    assert_eq!(check.failures, []);
    // One objective, one example, two lines, and seven keys; the definition and the note teach English only.
    assert_eq!((check.claims, check.resolved), (32, 32));
    assert_eq!(check.share(), 1.0);
}

#[test]
fn one_changed_letter_of_a_quote_is_found_at_its_place() {
    let mut package = package();
    package.course.units[0].lessons[0].reading.lines[1].text.provenance[0].quote =
        "Refuse food that is warmer than 9 °C.".to_owned();
    let check = resolve_provenance(&package, &[sop()]);
    assert_eq!((check.claims, check.resolved), (32, 31));
    assert_eq!(check.failures[0].path, "/course/units/0/lessons/0/reading/lines/1/text/provenance/0");
    assert_eq!(check.failures[0].code, "quote_differs");
}

#[test]
fn each_way_to_miss_the_sop_has_its_name() {
    let code = |change: fn(&mut course_format::course::Provenance)| {
        let mut package = package();
        change(&mut package.course.units[0].lessons[0].objectives[0].provenance[0]);
        resolve_provenance(&package, &[sop()]).failures[0].code
    };
    assert_eq!(code(|p| p.document_id = uuid(9)), "document_unknown");
    assert_eq!(code(|p| p.clause_id = id("other")), "clause_unknown");
    assert_eq!(code(|p| p.clause_id = id("check")), "quote_outside_clause");
    assert_eq!(code(|p| p.span = Span { start: 5, end: 1 }), "quote_differs");
    assert_eq!(code(|p| p.page = 2), "page_differs");
    assert_eq!(code(|p| p.section = Some("Elsewhere".to_owned())), "section_differs");
}

#[test]
fn a_claim_without_a_source_is_a_failure() {
    let mut package = package();
    let claim = Proven { text: "Food is cold.".to_owned(), relation: Relation::Infer, provenance: vec![] };
    package.course.units[0].lessons[0].trainer_notes.push(claim);
    let check = resolve_provenance(&package, &[sop()]);
    assert_eq!(check.failures[0].path, "/course/units/0/lessons/0/trainer_notes/1/provenance");
    assert_eq!(check.failures[0].code, "provenance_missing");
}

#[test]
fn the_types_own_check_agrees() {
    let (package, sop) = (package(), sop());
    for key in package.keys.0.values() {
        assert!(key.provenance.iter().all(|quote| quote.resolves(&sop)));
    }
}
