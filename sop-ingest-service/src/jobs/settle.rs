//! A document's end, and with the last document the request's: state and events in one transaction.

use events::payloads::{
    CourseCreationOrdered, FailedSop, ParsedSop, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady,
};
use platform::{Outbox, consumer::HandleError};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries::{self, DocumentRow, Job};
use crate::pipeline::Refusal;

/// How a document ended.
pub enum Outcome {
    Processed { timings: serde_json::Value },
    Refused(Refusal),
}

/// Settles one document. False when there was nothing to settle: the request was cancelled or the job was done before.
pub async fn document(
    tx: &mut PgConnection,
    outbox: &Outbox,
    job: &Job,
    outcome: &Outcome,
    sops_bucket: &str,
) -> Result<bool, HandleError> {
    // Documents of one request settle one after the other, so that exactly one of them is the last.
    let Some(request) = queries::lock_request(tx, job.request_id).await? else { return Ok(false) };
    if request.state != "open" {
        return Ok(false);
    }
    let settled = match outcome {
        Outcome::Processed { timings } => queries::set_processed(tx, job.document_id, timings).await?,
        Outcome::Refused(refusal) => {
            queries::set_failed(tx, job.document_id, refusal.code(), &refusal.to_string()).await?
        }
    };
    if !settled {
        return Ok(false);
    }
    let order: CourseCreationOrdered = request.ordered.0.payload()?;
    let rows = queries::documents(tx, job.request_id).await?;
    if let Some(row) = rows.iter().find(|r| r.document_id == job.document_id) {
        let (request_id, client_id) = (order.request_id, order.client_id);
        match outcome {
            Outcome::Processed { .. } => {
                let event = SopProcessed {
                    request_id,
                    client_id,
                    file_name: row.file_name.clone(),
                    sop: parsed(row, sops_bucket),
                };
                outbox.enqueue_caused(tx, &event, &request.ordered.0).await?;
            }
            Outcome::Refused(_) => {
                outbox
                    .enqueue_caused(tx, &SopFailed { request_id, client_id, failed: failed(row) }, &request.ordered.0)
                    .await?;
            }
        }
    }
    self::request(tx, outbox, job.request_id, sops_bucket).await?;
    Ok(true)
}

/// Ends a request whose documents are all settled.
pub async fn request(
    tx: &mut PgConnection,
    outbox: &Outbox,
    request_id: Uuid,
    sops_bucket: &str,
) -> Result<(), HandleError> {
    let Some(request) = queries::lock_request(tx, request_id).await? else { return Ok(()) };
    let rows = queries::documents(tx, request_id).await?;
    if request.state != "open" || rows.iter().any(|r| r.state == "queued") {
        return Ok(());
    }
    let order: CourseCreationOrdered = request.ordered.0.payload()?;
    let sops: Vec<ParsedSop> = rows.iter().filter(|r| r.state == "processed").map(|r| parsed(r, sops_bucket)).collect();
    let failed: Vec<FailedSop> = rows.iter().filter(|r| r.state == "failed").map(failed).collect();
    let state = if sops.is_empty() {
        let event = SopRequestFailed { request_id, client_id: order.client_id, ordered_by: order.ordered_by, failed };
        outbox.enqueue_caused(tx, &event, &request.ordered.0).await?;
        "failed"
    } else {
        let event = SopRequestReady {
            request_id,
            client_id: order.client_id,
            ordered_by: order.ordered_by,
            order: order.order,
            sops,
            failed,
        };
        outbox.enqueue_caused(tx, &event, &request.ordered.0).await?;
        "ready"
    };
    queries::set_request_state(tx, request_id, state).await?;
    Ok(())
}

fn parsed(row: &DocumentRow, bucket: &str) -> ParsedSop {
    let count = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    ParsedSop {
        document_id: row.document_id,
        version: 1,
        title: row.title.clone().unwrap_or_default(),
        bucket: bucket.to_owned(),
        key: row.parsed_key.clone().unwrap_or_default(),
        sha256: row.sha256.clone(),
        pages: count(row.pages),
        clauses: count(row.clauses),
    }
}

fn failed(row: &DocumentRow) -> FailedSop {
    FailedSop {
        document_id: row.document_id,
        file_name: row.file_name.clone(),
        code: row.code.clone().unwrap_or_default(),
        detail: row.detail.clone().unwrap_or_default(),
    }
}
