//! An order becomes one job for each of its documents; a cancellation stops those that are open.

use std::sync::Arc;

use events::{
    Envelope, Event, Topic,
    payloads::{CourseCreationCancelled, CourseCreationOrdered},
};
use platform::{
    Outbox,
    consumer::{HandleError, Handler},
};
use sqlx::PgConnection;
use tokio::sync::Notify;

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
        // Postgres stores no NUL. The job refuses such a name all the same, for the control character that takes its place.
        for document in &mut order.documents {
            document.file_name = document.file_name.replace('\0', "\u{1}");
        }
        if let Some(other) = order.documents.iter().find(|d| d.bucket != self.uploads_bucket) {
            return Err(HandleError::reject(
                "unknown_bucket",
                format!("document {} is in another bucket", other.document_id),
            ));
        }
        if !queries::insert_request(tx, &order, &stored(event, &order)?).await? {
            return Ok(());
        }
        for document in &order.documents {
            queries::insert_document(tx, &order, document).await?;
        }
        // An order without documents is settled at once: it has failed.
        settle::request(tx, &self.outbox, order.request_id, &self.sops_bucket).await?;
        Ok(())
    }
}

/// The envelope as it is kept: with the order that can be stored.
fn stored(event: &Envelope, order: &CourseCreationOrdered) -> Result<Envelope, HandleError> {
    let data = serde_json::to_value(order).map_err(HandleError::retry)?;
    Ok(Envelope { data, ..event.clone() })
}
