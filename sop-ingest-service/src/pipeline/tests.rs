//! What holds for every input: no panic, exact spans, stable ids, each word of the document in a clause.

use std::collections::HashSet;

use course_format::sop::{ClauseKind, Modality, SopDocument};
use proptest::prelude::*;

use super::{Refusal, read};

fn check(document: &SopDocument) {
    assert_eq!(course_format::validate::validate_sop(document), []);
    let mut ids = HashSet::new();
    let mut end = 0;
    for clause in &document.clauses {
        assert!(!clause.text.trim().is_empty());
        assert_eq!(clause.span.of(&document.text), Some(clause.text.as_str()));
        assert!(clause.span.start >= end, "clauses overlap");
        end = clause.span.end;
        assert!(ids.insert(clause.id.clone()), "{} twice", clause.id);
        for literal in &clause.literals {
            assert_eq!(literal.span.of(&document.text), Some(literal.text.as_str()));
        }
        let slots = &clause.slots;
        for slot in [&slots.actor, &slots.object, &slots.tool, &slots.condition, &slots.location, &slots.time] {
            if let Some((slot, span)) = slot.as_ref().and_then(|s| s.span.map(|span| (s, span))) {
                assert_eq!(span.of(&document.text), Some(slot.text.as_str()));
            }
        }
    }
    for step in document.procedures.iter().flat_map(|p| &p.steps) {
        assert!(ids.contains(&step.clause_id) && step.warnings.iter().all(|w| ids.contains(w)));
        assert!(!step.number.is_empty() && step.number.iter().all(|n| *n > 0));
    }
}

fn never_panics(bytes: &[u8], name: &str) {
    if let Ok(document) = read(bytes, name) {
        check(&document);
        assert_eq!(read(bytes, name).as_ref(), Ok(&document), "the same bytes give the same document");
    }
}

/// Text that looks like a procedure, with everything that trips a reader.
fn procedure_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# ",
        "## ",
        "1. ",
        "2. ",
        "   1. ",
        "- ",
        "* ",
        "> ",
        "\n",
        "\n\n",
        "    ",
        "a) ",
        "4.2 ",
        "**",
        "_",
        "`",
        "| a | b |\n|---|---|\n",
        "→",
        "Warning: ",
        "Do not ",
        "Wash ",
        "the hands ",
        "must be kept at ",
        "5 °C",
        "–12 °C ",
        "for 10 minutes",
        ", if needed, ",
        "(e.g. this)",
        "“quoted”",
        "{% x \"y\" %}",
        "[a](b)",
        "<b>",
        "&amp;",
        "\u{200B}",
        "é",
        "日本",
        "🙂",
        "\u{E000}",
        "\u{E001}",
        ":",
        ".",
        " ",
        "go to step 3.",
        "\t",
        "\r\n",
        "\u{0C}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_read_or_refused(text in procedure_like()) {
        never_panics(text.as_bytes(), "a.md");
        never_panics(format!("<div><p>{text}</p><ul><li>{text}</li></ul></div>").as_bytes(), "a.html");
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        never_panics(&bytes, "a.bin");
        never_panics(&[b"%PDF-1.4\n".as_slice(), &bytes, b"\n%%EOF\n"].concat(), "a.pdf");
    }

    #[test]
    fn every_word_of_a_text_is_in_a_clause_and_in_its_place(signs in prop::collection::vec(prop::sample::select(vec!["\n\n", "\n- ", "\n1. ", "\n   a) ", "\n\n## ", " ", " ", " must "]), 1..40)) {
        let lines: Vec<String> = signs.iter().enumerate().map(|(at, sign)| format!("{sign}The word{at:03} is here.")).collect();
        let text = lines.concat();
        let document = read(text.as_bytes(), "a.txt").unwrap();
        let said: Vec<&str> = document.clauses.iter().flat_map(|c| c.text.split_whitespace()).filter(|w| w.starts_with("word")).collect();
        let expected: Vec<String> = (0..signs.len()).map(|at| format!("word{at:03}")).collect();
        prop_assert_eq!(said, expected);
    }

    #[test]
    fn a_clause_that_is_left_alone_keeps_its_id(first in "[A-Z][a-z]{3,9} the [a-z]{3,9}", added in "[A-Z][a-z]{3,9} a [a-z]{3,9}") {
        let old = read(format!("# Doors\n\n1. {first}.\n2. Close the door.\n").as_bytes(), "a.md").unwrap();
        let new = read(format!("# Doors\n\n1. {added} today.\n2. {first}.\n3. Close the door.\n").as_bytes(), "a.md").unwrap();
        for clause in &old.clauses {
            prop_assert!(new.clauses.iter().any(|c| c.id == clause.id && c.text == clause.text));
        }
    }
}

#[test]
fn a_warning_stays_with_its_step_and_a_branch_knows_its_target() {
    let source = "# Cooling\n\n1. Open the lid.\n\n   > **Warning:** Never touch the steam. It burns.\n\n2. Read the display.\n   1. If it shows more than 8.5 °C, go to step 1.\n3. Close the lid.\n";
    let document = read(source.as_bytes(), "a.md").unwrap();
    let steps = &document.procedures[0].steps;
    let numbers: Vec<_> = steps.iter().map(|s| s.number.clone()).collect();
    assert_eq!(numbers, [vec![1], vec![2], vec![2, 1], vec![3]]);
    let warning = document.clause(&steps[0].warnings[0]).unwrap();
    assert_eq!((warning.kind, warning.modality), (ClauseKind::Warning, Modality::MustNot));
    let branch = steps[2].branch.as_ref().unwrap();
    assert_eq!((branch.condition.as_str(), branch.target.as_slice()), ("If it shows more than 8.5 °C", [1].as_slice()));
}

#[test]
fn names_that_leave_their_folder_are_refused() {
    for name in ["../a.md", "a/b.md", "a\\b.md", "a\u{7}.md", "\u{202E}a.md", "..", "", &"a".repeat(300)] {
        assert_eq!(read(b"# Doors\n\nOpen the door.", name).err(), Some(Refusal::UnsafeFileName), "{name:?}");
    }
}

#[test]
fn a_document_says_since_when_it_holds() {
    let source = "# Doors\n\n| Version | 2 |\n|---|---|\n| Effective date | 2 March 2026 |\n\n1. Open the door.\n";
    let document = read(source.as_bytes(), "a.md").unwrap();
    assert_eq!(document.version.effective_date.map(|d| d.to_string()).as_deref(), Some("2026-03-02"));
}

#[test]
fn definitions_and_cells_that_begin_like_commands_command_nothing() {
    let source = "# Rooms\n\n## Definitions\n\n- **Contact time:** the time for which a surface must stay wet.\n\n## Limits\n\n| Check | Limit |\n|---|---|\n| Time for a standard room | never less than 5 minutes |\n";
    let document = read(source.as_bytes(), "a.md").unwrap();
    let entry = document.clauses.iter().find(|c| c.text.starts_with("Contact")).unwrap();
    assert_eq!((entry.kind, entry.modality), (ClauseKind::Definition, Modality::None));
    let row = document.clauses.iter().find(|c| c.text.starts_with("Time")).unwrap();
    assert_eq!(
        (row.modality, row.negated, row.literals[0].text.as_str()),
        (Modality::None, false, "never less than 5 minutes")
    );
}

#[test]
fn clauses_of_a_pdf_know_where_they_stand_on_its_pages() {
    let path = format!("{}/../examples/sops/laboratory-buffer-preparation.pdf", env!("CARGO_MANIFEST_DIR"));
    let document = read(&std::fs::read(path).unwrap(), "laboratory.pdf").unwrap();
    for clause in &document.clauses {
        assert!(!clause.boxes.is_empty(), "{}", clause.text);
        for area in &clause.boxes {
            assert!((1..=document.pages).contains(&area.page));
            assert!(0.0 <= area.left && area.left < area.right && area.right <= 1.0, "{area:?}");
            assert!(0.0 <= area.top && area.top < area.bottom && area.bottom <= 1.0, "{area:?}");
        }
    }
}
