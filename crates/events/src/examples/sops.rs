use course_format::sop::DiffSummary;
use serde_json::Value;

use super::{CLIENT, DOCUMENT, REP, REQUEST, id, json, order, sop};
use crate::payloads::{
    FailedSop, ParsedSop, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady, SopVersionChanged,
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
    })
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
