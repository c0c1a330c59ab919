//! A small course that keeps every rule of the format.

use course_format::course::CoursePackage;
use serde_json::{Value, json};
use uuid::Uuid;

/// The id of the nth element; the same in every package.
pub fn element(n: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_9000_0000_0000_0000 + n)
}

pub const LESSON: u128 = 2;
pub const ITEM: u128 = 6;

pub fn course(course_id: Uuid, client_id: Uuid, title: &str) -> CoursePackage {
    serde_json::from_value(json!({
        "course": {
            "format_version": "1.0", "course_id": course_id, "request_id": element(90), "client_id": client_id,
            "title": title, "level": "B1", "hours": 2.0,
            "sops": [{ "document_id": element(91), "title": "Cold storage", "version": 1, "sha256": "a".repeat(64) }],
            "units": [{ "id": element(1), "number": 1, "title": "Receiving deliveries", "lessons": [lesson()] }],
            "assessment": { "id": element(7), "title": "Final test", "pass_mark": 0.7, "items": [choice(8)] },
        },
        "keys": { element(ITEM).to_string(): key(), element(8).to_string(): key() },
        "quality": {
            "texts_by_relation": { "quote": 1 }, "provenance_resolved": 1.0, "items_by_type": { "single_choice": 2 },
            "clause_coverage": 0.5, "uncovered": [], "flags": [], "author": "rules-author 0.1.0",
        },
    }))
    .unwrap()
}

fn lesson() -> Value {
    json!({
        "id": element(LESSON), "number": 1, "title": "Checking the thermometer", "minutes": 30,
        "objectives": [], "vocabulary": [],
        "reading": { "title": "Reading", "lines": [{ "id": element(3), "label": null, "role": "rule",
            "text": { "text": QUOTE, "relation": "quote", "provenance": [provenance()] } }] },
        "activities": [{ "id": element(5), "title": "Choose", "instructions": "Choose the right answer.",
            "items": [choice(ITEM)] }],
        "trainer_notes": [],
    })
}

const QUOTE: &str = "Keep the door closed.";

fn provenance() -> Value {
    json!({ "document_id": element(91), "clause_id": "1.1", "quote": QUOTE, "page": 1,
        "span": { "start": 0, "end": QUOTE.len() } })
}

fn choice(id: u128) -> Value {
    json!({ "id": element(id), "stem": "What must you do with the door?", "points": 1,
        "body": { "type": "single_choice", "options": [
            { "id": "a", "text": "Keep it closed." }, { "id": "b", "text": "Keep it open." }] } })
}

fn key() -> Value {
    json!({ "answer": { "type": "single_choice", "choice": "a" }, "rationale": "The SOP says so.", "relation": "quote",
        "provenance": [provenance()] })
}
