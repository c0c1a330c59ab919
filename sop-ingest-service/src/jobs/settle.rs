//! A document's end, and with the last document the request's: state and events in one transaction.

use course_format::sop::LoadQuote;
use events::payloads::{
    CourseCreationOrdered, FailedSop, ParsedSop, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady,
    SopVersionChanged,
};
use platform::{Outbox, consumer::HandleError};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries::{self, DocumentRow, Job};
use crate::pipeline::Refusal;

/// How a document ended.
pub enum Outcome {
    Processed {
        quote: Option<LoadQuote>,
    },
    /// The same file as a version that was read before.
    Same {
        version_of: Uuid,
        quote: Option<LoadQuote>,
    },
    Refused(Refusal),
}

impl Outcome {
    fn quote(&self) -> Option<&LoadQuote> {
        match self {
            Self::Processed { quote } | Self::Same { quote, .. } => quote.as_ref(),
            Self::Refused(_) => None,
        }
    }
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
    if request.state == "cancelled" {
        return Ok(false);
    }
    let settled = match outcome {
        Outcome::Processed { .. } => queries::set_processed(tx, job.document_id).await?,
        Outcome::Same { version_of, .. } => queries::set_same(tx, job.document_id, *version_of).await?,
        Outcome::Refused(refusal) => {
            queries::set_failed(tx, job.document_id, refusal.code(), &refusal.to_string()).await?
        }
    };
    if !settled {
        return Ok(false);
    }
    let (request_id, client_id) = (job.request_id, job.client_id);
    let cause = &request.ordered.0;
    if let Some(row) = queries::document(tx, job.document_id).await? {
        if row.state == "failed" {
            outbox.enqueue_caused(tx, &SopFailed { request_id, client_id, failed: failed(&row) }, cause).await?;
        } else {
            let event = SopProcessed {
                request_id,
                client_id,
                file_name: row.file_name.clone(),
                sop: parsed(&row, sops_bucket),
                upload_id: Some(row.document_id),
                quote: outcome.quote().cloned(),
            };
            outbox.enqueue_caused(tx, &event, cause).await?;
            if let Some(event) = changed(tx, job, &row, sops_bucket).await? {
                outbox.enqueue_caused(tx, &event, cause).await?;
            }
        }
    }
    self::request(tx, outbox, request_id, sops_bucket).await?;
    Ok(true)
}

/// What the document changed in the version before it, where there was one.
async fn changed(
    tx: &mut PgConnection,
    job: &Job,
    row: &DocumentRow,
    bucket: &str,
) -> Result<Option<SopVersionChanged>, HandleError> {
    let (Some(previous), Some(diff_key), Some(summary)) = (row.previous_id, &row.diff_key, &row.diff_summary) else {
        return Ok(None);
    };
    let Some(previous) = queries::document(tx, previous).await? else { return Ok(None) };
    Ok(Some(SopVersionChanged {
        request_id: job.request_id,
        client_id: job.client_id,
        document_id: row.lineage_id,
        file_name: row.file_name.clone(),
        from: parsed(&previous, bucket),
        to: parsed(row, bucket),
        summary: summary.0,
        diff_bucket: bucket.to_owned(),
        diff_key: diff_key.clone(),
    }))
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
    let sops = newest(&rows, sops_bucket);
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

/// Each SOP of the request once, in its newest version.
fn newest(rows: &[DocumentRow], bucket: &str) -> Vec<ParsedSop> {
    let mut sops: Vec<ParsedSop> = Vec::new();
    for sop in rows.iter().filter(|r| r.state == "processed").map(|r| parsed(r, bucket)) {
        match sops.iter_mut().find(|s| s.document_id == sop.document_id) {
            Some(known) if known.version < sop.version => *known = sop,
            Some(_) => {}
            None => sops.push(sop),
        }
    }
    sops
}

fn parsed(row: &DocumentRow, bucket: &str) -> ParsedSop {
    let count = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    ParsedSop {
        document_id: row.lineage_id,
        version: count(row.version),
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
