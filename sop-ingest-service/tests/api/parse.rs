//! `parse` on the command line: no service, no environment.

use std::{path::Path, process::Command};

use course_format::sop::ParsedSops;

use crate::{files, hostile};

pub fn parse(files: &[&Path]) -> (bool, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_sop-ingest-service")).arg("parse").args(files).env_clear().output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_examples_are_read_with_spans_that_hold_word_for_word() {
    for name in [files::KITCHEN, files::HOTEL, files::LABORATORY] {
        let path = format!("{}/../examples/sops/{name}", env!("CARGO_MANIFEST_DIR"));
        let (success, json, errors) = parse(&[Path::new(&path)]);
        assert!(success, "{errors}");
        let parsed: ParsedSops = serde_json::from_str(&json).unwrap();
        let document = &parsed.documents[0];
        assert!((60..=160).contains(&document.clauses.len()), "{name}: {}", document.clauses.len());
        assert!(document.procedures.len() >= 3, "{name}");
        for clause in &document.clauses {
            assert_eq!(clause.span.of(&document.text), Some(clause.text.as_str()));
            for literal in &clause.literals {
                assert_eq!(literal.span.of(&document.text), Some(literal.text.as_str()));
            }
        }
    }
}

#[test]
fn every_bad_file_has_its_code_and_a_sentence_and_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.md");
    std::fs::write(&good, "# Doors\n\n1. Open the door.\n2. Close the door.\n").unwrap();
    for (name, bytes, code) in files::bad().into_iter().chain(hostile::refused()) {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let (success, json, errors) = parse(&[&path, &good]);
        assert!(!success, "{name}");
        assert!(errors.contains(&format!(": {code}: ")), "{name}: {errors}");
        assert!(errors.trim_end().ends_with('.'), "{errors}");
        let parsed: ParsedSops = serde_json::from_str(&json).unwrap();
        assert_eq!(parsed.documents.len(), 1, "{name}");
    }
}

#[test]
fn a_name_that_hides_what_it_is_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("invoice\u{202E}fdp.md");
    std::fs::write(&path, "# Doors\n\n1. Open the door.\n").unwrap();
    let (success, _, errors) = parse(&[&path]);
    assert!(!success && errors.contains("unsafe_file_name"), "{errors}");
}

#[test]
fn every_document_of_an_archive_is_printed_by_itself_with_spans_in_its_own_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.zip");
    let (kitchen, hotel) = (files::example(files::KITCHEN), files::example(files::HOTEL));
    let doors = b"# Doors\n\n1. Open the door.\n2. Close the door.\n".as_slice();
    let entries = [
        ("b/kitchen.md", kitchen.as_slice()),
        ("a/doors.md", doors),
        ("b/doors.md", b"# More doors\n\n1. Lock the door.\n"),
        ("hotel.docx", &hotel),
        ("nothing.txt", b"  "),
        ("__MACOSX/a/._doors.md", b"x"),
    ];
    std::fs::write(&path, files::zip(&entries)).unwrap();
    let single = folder.path().join("doors.md");
    std::fs::write(&single, doors).unwrap();
    let (success, json, errors) = parse(&[&path, &single]);
    assert!(!success && errors.contains("all.zip/nothing.txt: no_text: "), "{errors}");
    let parsed: ParsedSops = serde_json::from_str(&json).unwrap();
    let names: Vec<_> = parsed.documents.iter().map(|d| d.file_name.as_str()).collect();
    assert_eq!(names, ["doors.md", "doors.md", "kitchen.md", "hotel.docx", "doors.md"]);
    assert_eq!(parsed.documents[0], parsed.documents[4]);
    for document in &parsed.documents {
        for clause in &document.clauses {
            assert_eq!(clause.span.of(&document.text), Some(clause.text.as_str()));
        }
        let own = |id| document.clause(id).is_some();
        assert!(document.procedures.iter().flat_map(|p| &p.steps).all(|s| own(&s.clause_id)));
        assert!(document.defects.iter().all(|d| own(&d.clause_id)));
        assert!(document.terms.iter().flat_map(|t| &t.clauses).all(own));
    }
}
