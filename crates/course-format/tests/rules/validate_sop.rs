use course_format::sop::{Branch, ClauseKind, SopDocument, Span};
use course_format::validate::validate_sop;

use crate::sample_sop::{id, sop, span};

fn after(change: impl FnOnce(&mut SopDocument)) -> Vec<String> {
    let mut sop = sop();
    change(&mut sop);
    validate_sop(&sop).iter().map(|v| format!("{} {}", v.path, v.code)).collect()
}

#[test]
fn the_sample_breaks_no_rule() {
    assert_eq!(after(|_| ()), Vec::<String>::new());
}

#[test]
fn a_clause_is_its_span_word_for_word() {
    assert_eq!(after(|sop| sop.clauses[4].text.push('!')), ["/clauses/4/span text_differs"]);
    let found = after(|sop| sop.clauses[1].span = Span { start: 9_000, end: 9_001 });
    assert_eq!(found, ["/clauses/1/span text_differs"]);
}

#[test]
fn literals_and_slots_stand_inside_their_clause() {
    let found = after(|sop| sop.clauses[2].literals[0].span = span("20 minutes"));
    assert_eq!(found, ["/clauses/2/literals/0/span text_differs", "/clauses/2/literals/0/span outside_clause"]);
    let found = after(|sop| {
        let time = sop.clauses[4].slots.time.as_mut().unwrap();
        time.text = "for a minute".to_owned();
        time.span = Some(span("for a minute"));
    });
    assert_eq!(found, ["/clauses/4/slots/time/span outside_clause"]);
}

#[test]
fn a_clause_id_names_one_clause() {
    let found = after(|sop| sop.clauses[6].id = id("floor"));
    let expected =
        ["/clauses/6/id duplicate_id", "/terms/0/defined_in unknown_clause", "/terms/0/clauses/0 unknown_clause"];
    assert_eq!(found, expected);
}

#[test]
fn sections_and_headings_know_each_other() {
    assert_eq!(after(|sop| sop.clauses[3].section = "Elsewhere".to_owned()), ["/clauses/3/section unknown_section"]);
    assert_eq!(after(|sop| sop.sections[0].heading = Some(id("check"))), ["/sections/0/heading heading"]);
    assert_eq!(after(|sop| sop.sections[0].heading = None), ["/sections/0/heading heading_missing"]);
    assert_eq!(after(|sop| sop.clauses[0].kind = ClauseKind::Fact), ["/sections/0/heading heading"]);
}

#[test]
fn procedures_point_at_clauses_and_steps_that_exist() {
    let steps = "/procedures/0/steps";
    let found = after(|sop| sop.procedures[0].steps[0].clause_id = id("gone"));
    assert_eq!(found, [format!("{steps}/0/clause_id unknown_clause")]);
    let found = after(|sop| sop.procedures[0].steps[3].warnings[0] = id("gone"));
    assert_eq!(found, [format!("{steps}/3/warnings/0 unknown_clause")]);
    let found = after(|sop| sop.procedures[0].steps[1].number = vec![1]);
    assert_eq!(found, [format!("{steps}/1/number duplicate_number")]);
    let found = after(|sop| sop.procedures[0].steps[0].number = vec![1, 0]);
    assert_eq!(found, [format!("{steps}/0/number number")]);
    let found = after(|sop| {
        sop.procedures[0].steps[0].branch = Some(Branch { condition: "it rains".to_owned(), target: vec![7] });
    });
    assert_eq!(found, [format!("{steps}/0/branch/target unknown_step")]);
}

#[test]
fn pages_versions_and_hashes_are_plausible() {
    assert_eq!(after(|sop| sop.clauses[5].page = 0), ["/clauses/5/page page"]);
    assert_eq!(after(|sop| sop.clauses[5].page = 2), ["/clauses/5/page page"]);
    assert_eq!(after(|sop| sop.version.number = 0), ["/version/number number"]);
    assert_eq!(after(|sop| sop.version.sha256 = "0A".repeat(32)), ["/version/sha256 sha256"]);
}

#[test]
fn a_defect_quotes_the_document() {
    let found = after(|sop| sop.defects[0].quote = "Refuse everything".to_owned());
    assert_eq!(found, ["/defects/0/quote quote_differs"]);
}
