//! A small SOP, as ingestion would leave it.

use std::collections::BTreeMap;

use course_format::Level;
use course_format::sop::{
    Branch, Clause, ClauseId, ClauseKind, Defect, Literal, LiteralKind, Modality, Procedure, Profile, Section, Slot,
    Slots, SopDocument, SopFormat, SopVersion, Span, Step, Term, TermKind,
};
use uuid::Uuid;

pub const DOCUMENT: Uuid = Uuid::from_u128(0xD0C);

const SECTION: &str = "Receiving chilled food";
const TEXT: &str = "\
Receiving chilled food
Check the temperature of every delivery with the probe thermometer.
Refuse food that is warmer than 8 °C.
If the food is colder than 8 °C, sign the delivery note.
Store the food in the walk-in fridge within 20 minutes.
Warning: never leave chilled food on the floor – not even for a minute.
The delivery log is the book in which every delivery is recorded.";

const LINES: [(&str, ClauseKind, Modality, &str); 7] = [
    ("heading", ClauseKind::Heading, Modality::None, "Receiving chilled food"),
    ("check", ClauseKind::Step, Modality::Must, "Check the temperature of every delivery with the probe thermometer."),
    ("refuse", ClauseKind::Step, Modality::Must, "Refuse food that is warmer than 8 °C."),
    ("sign", ClauseKind::Step, Modality::Must, "If the food is colder than 8 °C, sign the delivery note."),
    ("store", ClauseKind::Step, Modality::Must, "Store the food in the walk-in fridge within 20 minutes."),
    (
        "floor",
        ClauseKind::Warning,
        Modality::MustNot,
        "Warning: never leave chilled food on the floor – not even for a minute.",
    ),
    (
        "log",
        ClauseKind::Definition,
        Modality::None,
        "The delivery log is the book in which every delivery is recorded.",
    ),
];

pub fn sop() -> SopDocument {
    SopDocument {
        document_id: DOCUMENT,
        version: SopVersion { number: 1, sha256: "0a".repeat(32), effective_date: None },
        title: SECTION.to_owned(),
        file_name: "receiving.md".to_owned(),
        format: SopFormat::Markdown,
        language: "en".to_owned(),
        text: TEXT.to_owned(),
        pages: 1,
        sections: vec![Section {
            path: SECTION.to_owned(),
            title: SECTION.to_owned(),
            depth: 1,
            page: 1,
            heading: Some(id("heading")),
        }],
        clauses: LINES.iter().map(|(name, kind, modality, text)| clause(name, *kind, *modality, text)).collect(),
        procedures: vec![procedure()],
        terms: vec![Term {
            term: "delivery log".to_owned(),
            kind: TermKind::Document,
            keyness: 12.5,
            defined_in: Some(id("log")),
            expansion: None,
            clauses: vec![id("log")],
        }],
        defects: vec![Defect {
            kind: "no_actor".to_owned(),
            clause_id: id("refuse"),
            quote: "Refuse food".to_owned(),
            suggestion: "Say who refuses it.".to_owned(),
        }],
        profile: Profile {
            words: 64,
            clauses: 7,
            steps: 4,
            rules: 0,
            warnings: 1,
            literals: 3,
            negated: 1,
            level: Some(Level::A2),
            levels: BTreeMap::from([(Level::A1, 3), (Level::A2, 4)]),
        },
        personal: Vec::new(),
        notes: Vec::new(),
    }
}

pub fn id(name: &str) -> ClauseId {
    ClauseId(name.to_owned())
}

/// Where the words stand in the sample's text.
pub fn span(words: &str) -> Span {
    let byte = TEXT.find(words).expect("the sample says this");
    let start = TEXT[..byte].chars().count();
    Span { start, end: start + words.chars().count() }
}

fn clause(name: &str, kind: ClauseKind, modality: Modality, text: &str) -> Clause {
    let (literals, slots) = match name {
        "refuse" => (vec![literal("8 °C", LiteralKind::Limit)], Slots::default()),
        "store" => (vec![literal("20 minutes", LiteralKind::Time)], store_slots()),
        _ => (Vec::new(), Slots::default()),
    };
    Clause {
        id: id(name),
        supersedes: None,
        section: SECTION.to_owned(),
        kind,
        text: text.to_owned(),
        span: span(text),
        page: 1,
        boxes: Vec::new(),
        doubtful: Vec::new(),
        confidence: None,
        label: None,
        literals,
        negated: modality == Modality::MustNot,
        modality,
        level: None,
        slots,
    }
}

fn literal(text: &str, kind: LiteralKind) -> Literal {
    Literal { text: text.to_owned(), kind, span: span(text) }
}

fn store_slots() -> Slots {
    let slot = |text: &str| Some(Slot { text: text.to_owned(), span: Some(span(text)) });
    Slots {
        actor: Some(Slot { text: "Kitchen porter".to_owned(), span: None }),
        action: Some("store".to_owned()),
        location: slot("in the walk-in fridge"),
        time: slot("within 20 minutes"),
        ..Slots::default()
    }
}

fn procedure() -> Procedure {
    let step = |number: u32, name: &str| Step {
        clause_id: id(name),
        number: vec![number],
        warnings: Vec::new(),
        branch: None,
    };
    let mut steps = vec![step(1, "check"), step(2, "refuse"), step(3, "sign"), step(4, "store")];
    steps[2].branch = Some(Branch { condition: "the food is colder than 8 °C".to_owned(), target: vec![4] });
    steps[3].warnings.push(id("floor"));
    Procedure { id: "receive".to_owned(), title: SECTION.to_owned(), section: SECTION.to_owned(), ordered: true, steps }
}
