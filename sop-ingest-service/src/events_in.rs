//! An order becomes one job for each of its documents; a cancellation stops those that are open.

use std::sync::Arc;

use events::{
    Envelope, Event, Topic,
    payloads::{CourseCreationCancelled, CourseCreationOrdered, OrderedDocument, SopReplaced},
};
use platform::{
    Outbox,
    consumer::{HandleError, Handler},
};
use sqlx::PgConnection;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::jobs::{queries, settle};

pub struct IngestEvents {
    pub outbox: Outbox,
    /// The only bucket that files are read from, whatever an event says.
    pub uploads_bucket: String,
    pub sops_bucket: String,
    /// Rings when there is work.
    pub work: Arc<Notify>,
}

impl Handler for IngestEvents {
    const TOPICS: &'static [Topic] = &[Topic::CourseRequests];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        match event.event_type.as_str() {
            CourseCreationOrdered::TYPE => self.ordered(tx, event).await,
            CourseCreationCancelled::TYPE => {
                let cancelled: CourseCreationCancelled = event.payload()?;
                queries::cancel(tx, cancelled.request_id).await?;
                Ok(())
            }
            SopReplaced::TYPE => self.replaced(tx, event.payload()?).await,
            _ => Ok(()),
        }
    }

    fn committed(&self) {
        self.work.notify_one();
    }
}

impl IngestEvents {
    async fn ordered(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        let mut order: CourseCreationOrdered = event.payload()?;
        for document in &mut order.documents {
            self.check(document)?;
        }
        if !queries::insert_request(tx, &order, &stored(event, &order)?).await? {
            return Ok(());
        }
        for (at, document) in order.documents.iter().enumerate() {
            // The same file under two names is one SOP.
            let twin = order.documents[..at].iter().find(|d| d.sha256 == document.sha256);
            let lineage = match twin {
                Some(twin) => twin.document_id,
                None => lineage(tx, order.client_id, document).await?,
            };
            queries::insert_document(tx, (order.request_id, order.client_id), document, lineage).await?;
        }
        // An order without documents is settled at once: it has failed.
        settle::request(tx, &self.outbox, order.request_id, &self.sops_bucket).await?;
        Ok(())
    }

    /// A new version of a SOP of a request that is known: one more job.
    async fn replaced(&self, tx: &mut PgConnection, mut event: SopReplaced) -> Result<(), HandleError> {
        self.check(&mut event.document)?;
        if !queries::is_live(tx, event.request_id, event.client_id).await? {
            return Ok(());
        }
        let lineage = lineage(tx, event.client_id, &event.document).await?;
        queries::insert_document(tx, (event.request_id, event.client_id), &event.document, lineage).await?;
        Ok(())
    }

    fn check(&self, document: &mut OrderedDocument) -> Result<(), HandleError> {
        // Postgres stores no NUL. The job refuses such a name all the same, for the control character that takes its place.
        document.file_name = document.file_name.replace('\0', "\u{1}");
        if document.bucket == self.uploads_bucket {
            return Ok(());
        }
        Err(HandleError::reject("unknown_bucket", format!("document {} is in another bucket", document.document_id)))
    }
}

/// The SOP that a document is a version of: its own, unless it replaces one of the same client.
async fn lineage(tx: &mut PgConnection, client_id: Uuid, document: &OrderedDocument) -> Result<Uuid, HandleError> {
    let Some(replaces) = document.replaces else { return Ok(document.document_id) };
    let known = queries::lineage(tx, client_id, replaces).await?;
    known.ok_or_else(|| {
        HandleError::reject("unknown_document", format!("document {replaces} is none of client {client_id}"))
    })
}

/// The envelope as it is kept: with the order that can be stored.
fn stored(event: &Envelope, order: &CourseCreationOrdered) -> Result<Envelope, HandleError> {
    let data = serde_json::to_value(order).map_err(HandleError::retry)?;
    Ok(Envelope { data, ..event.clone() })
}
