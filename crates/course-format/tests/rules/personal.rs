//! Texts for models and indexes name nobody.

use course_format::sop::{PersonalData, PersonalKind, Redactor, SopDocument, Span};

use crate::sample_sop;

const TEXT: &str = "Call Ana Silva on 0171 555 0199. Silva signs. Anastasia does not.";

fn document(marks: &[(PersonalKind, &str, &str)]) -> SopDocument {
    let personal = marks.iter().map(|(kind, words, placeholder)| {
        let start = TEXT.find(words).unwrap();
        PersonalData {
            kind: *kind,
            span: Span { start, end: start + words.len() },
            placeholder: (*placeholder).to_owned(),
        }
    });
    SopDocument { text: TEXT.to_owned(), personal: personal.collect(), ..sample_sop::sop() }
}

fn sample() -> SopDocument {
    document(&[
        (PersonalKind::Person, "Ana Silva", "[PERSON 1]"),
        (PersonalKind::Person, "Silva", "[PERSON 1]"),
        (PersonalKind::Phone, "0171 555 0199", "[PHONE 1]"),
    ])
}

#[test]
fn everything_personal_is_replaced_wherever_a_text_repeats_it() {
    let redactor = Redactor::new([&sample()]);
    assert_eq!(redactor.redact(TEXT), "Call [PERSON 1] on [PHONE 1]. [PERSON 1] signs. Anastasia does not.");
    assert_eq!(redactor.redact("Ask Silva, not Ana Silva's deputy."), "Ask [PERSON 1], not [PERSON 1]'s deputy.");
    assert_eq!(sample().redacted(Span { start: 0, end: 14 }).as_deref(), Some("Call [PERSON 1]"));
    assert_eq!(sample().redacted(Span { start: 0, end: 9999 }), None);
}

#[test]
fn what_comes_back_gets_its_originals() {
    let redactor = Redactor::new([&sample()]);
    assert_eq!(redactor.restore("Phone [PERSON 1] on [PHONE 1]."), "Phone Ana Silva on 0171 555 0199.");
    assert_eq!(redactor.restore("[PERSON 2] is nobody."), "[PERSON 2] is nobody.");
}

#[test]
fn people_of_different_documents_do_not_share_a_placeholder() {
    let first = document(&[(PersonalKind::Person, "Ana Silva", "[PERSON 1]")]);
    let second = document(&[(PersonalKind::Person, "Anastasia", "[PERSON 1]")]);
    let third = document(&[(PersonalKind::Person, "Ana Silva", "[PERSON 1]")]);
    let redactor = Redactor::new([&first, &second, &third]);
    assert_eq!(redactor.redact("Ana Silva meets Anastasia."), "[PERSON 1] meets [PERSON 2].");
}
