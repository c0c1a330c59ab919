use course_format::{
    Level,
    course::{CourseImpact, TouchedClause, TouchedElement, TouchedLesson},
    sop::{ChangeKind, ClauseId, DiffSummary, LoadQuote},
};
use serde_json::Value;

use super::{CLIENT, COURSE, DOCUMENT, ITEM, LESSON, REP, REQUEST, id, json, order, sop};
use crate::payloads::{
    CourseImpactReady, FailedSop, ParsedSop, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady,
    SopVersionChanged,
};

pub(super) fn second() -> ParsedSop {
    ParsedSop {
        version: 2,
        key: format!("sops/{}/v2/sop.json", id(DOCUMENT)),
        sha256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae".to_owned(),
        clauses: 84,
        ..sop()
    }
}

fn failed() -> FailedSop {
    FailedSop {
        document_id: id(DOCUMENT),
        file_name: "scan.pdf".to_owned(),
        code: "pdf_encrypted".to_owned(),
        detail: "This PDF is protected by a password. Please upload it without one.".to_owned(),
    }
}

pub fn sop_processed() -> Value {
    json(&SopProcessed {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        file_name: "cold-storage.docx".to_owned(),
        sop: sop(),
        upload_id: Some(id(DOCUMENT)),
        quote: Some(quote()),
    })
}

fn quote() -> LoadQuote {
    LoadQuote {
        level: Level::B1,
        sop_level: Some(Level::B1),
        clauses: 83,
        steps: 28,
        rules: 18,
        terms: 22,
        lessons: 7,
        lessons_low: 5,
        lessons_high: 10,
        hours: 7.5,
        hours_low: 5.75,
        hours_high: 10.75,
        formula: "28 steps in 4 procedures at 7 steps a lesson, and 18 rules at 9 a lesson.".to_owned(),
    }
}

pub fn sop_version_changed() -> Value {
    let to = second();
    json(&SopVersionChanged {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        document_id: id(DOCUMENT),
        file_name: "cold-storage-2027.docx".to_owned(),
        from: sop(),
        summary: DiffSummary { unchanged: 78, edited: 3, moved: 1, added: 2, removed: 1, critical: 2 },
        diff_bucket: to.bucket.clone(),
        diff_key: to.key.replace("sop.json", "diff.json"),
        to,
    })
}

pub fn course_impact_ready() -> Value {
    let clause = || ClauseId("c-3f2a9c1d77e0".to_owned());
    json(&CourseImpactReady {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        sop_title: "Cold storage".to_owned(),
        impact: CourseImpact {
            document_id: id(DOCUMENT),
            from_version: 1,
            to_version: 2,
            clauses: vec![TouchedClause {
                clause_id: clause(),
                change: ChangeKind::Edited,
                critical: true,
                was: Some("Refuse chilled food above 8 °C.".to_owned()),
                becomes: Some("Refuse chilled food above 5 °C.".to_owned()),
            }],
            lessons: vec![TouchedLesson {
                lesson_id: id(LESSON),
                number: 1,
                title: "Checking the delivery".to_owned(),
                elements: vec![TouchedElement {
                    path: "/course/units/0/lessons/0/activities/0/items/0".to_owned(),
                    element_id: id(ITEM),
                    part: "items".to_owned(),
                    clauses: vec![clause()],
                }],
            }],
            assessment: Vec::new(),
            untaught: vec![ClauseId("c-9b04e6aa1c25".to_owned())],
        },
    })
}

pub fn sop_failed() -> Value {
    json(&SopFailed { request_id: id(REQUEST), client_id: id(CLIENT), failed: failed() })
}

pub fn sop_request_ready() -> Value {
    json(&SopRequestReady {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        ordered_by: id(REP),
        order: order(),
        sops: vec![sop()],
        failed: vec![failed()],
    })
}

pub fn sop_request_failed() -> Value {
    json(&SopRequestFailed {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        ordered_by: id(REP),
        failed: vec![failed()],
    })
}
