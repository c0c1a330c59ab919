use course_format::sop::{DiffSummary, LoadQuote};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OrderDetails, event};

/// One SOP was read, split in clauses and indexed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SopProcessed {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub file_name: String,
    pub sop: ParsedSop,
    /// The uploaded document: another one than `sop.document_id` for every version but the first.
    #[serde(default)]
    pub upload_id: Option<Uuid>,
    /// What a course from this SOP will take at the level that was ordered.
    #[serde(default)]
    pub quote: Option<LoadQuote>,
}
event!(SopProcessed, "sop.processed.v1", SopDocuments, request_id);

/// Where a parsed SOP version lies and how big it is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ParsedSop {
    /// The same for all versions of a SOP: the id of the first upload.
    pub document_id: Uuid,
    pub version: u32,
    pub title: String,
    pub bucket: String,
    /// Of the parsed SOP (`ParsedSops` JSON with this one document).
    pub key: String,
    /// Of the original file, lower-case hex.
    pub sha256: String,
    pub pages: u32,
    pub clauses: u32,
}

/// A new version of a SOP was read and compared to the one before it. Nothing is regenerated or published by itself.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SopVersionChanged {
    /// Of the upload that brought the new version.
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub document_id: Uuid,
    pub file_name: String,
    pub from: ParsedSop,
    pub to: ParsedSop,
    pub summary: DiffSummary,
    /// The whole comparison (`SopDiff` JSON): its bucket and key.
    pub diff_bucket: String,
    pub diff_key: String,
}
event!(SopVersionChanged, "sop.version_changed.v1", SopDocuments, request_id);

/// One SOP could not be used.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SopFailed {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub failed: FailedSop,
}
event!(SopFailed, "sop.failed.v1", SopDocuments, request_id);

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FailedSop {
    pub document_id: Uuid,
    pub file_name: String,
    /// `pdf_encrypted`, `file_empty`, ...
    pub code: String,
    /// A sentence that the sales rep understands.
    pub detail: String,
}

/// Every SOP of the request is settled and at least one is usable: generation may begin.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SopRequestReady {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub ordered_by: Uuid,
    pub order: OrderDetails,
    pub sops: Vec<ParsedSop>,
    pub failed: Vec<FailedSop>,
}
event!(SopRequestReady, "sop.request_ready.v1", SopDocuments, request_id);

/// No SOP of the request could be used.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SopRequestFailed {
    pub request_id: Uuid,
    pub client_id: Uuid,
    pub ordered_by: Uuid,
    pub failed: Vec<FailedSop>,
}
event!(SopRequestFailed, "sop.request_failed.v1", SopDocuments, request_id);
