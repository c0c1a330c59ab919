//! Events leave with the state that they tell of: the row is written in the caller's transaction, the relay sends it.

use std::{sync::Arc, time::Duration};

use events::{Envelope, EnvelopeError, Event};
use opentelemetry::propagation::TextMapPropagator as _;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::{Problem, crash_point};

/// Channel on which the relay is woken.
pub(crate) const CHANNEL: &str = "outbox";
/// Commits within this time share one NOTIFY: a NOTIFY in every transaction takes a lock that caps writes at about
/// 600 a second.
const COALESCE: Duration = Duration::from_millis(4);

/// Handle for handlers and workers of one service.
#[derive(Clone)]
pub struct Outbox {
    source: &'static str,
    committed: Arc<Notify>,
}

/// The event could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EnqueueError {
    #[error("the event cannot be JSON")]
    Envelope(#[from] EnvelopeError),
    #[error("the outbox row could not be written")]
    Database(#[from] sqlx::Error),
}

impl From<EnqueueError> for Problem {
    fn from(error: EnqueueError) -> Self {
        match error {
            EnqueueError::Database(e) => e.into(),
            EnqueueError::Envelope(e) => Self::internal(e),
        }
    }
}

impl Outbox {
    /// `source` is the service's name, as it stands in the envelope.
    pub fn new(source: &'static str) -> Self {
        Self { source, committed: Arc::new(Notify::new()) }
    }

    /// Writes `event` in the transaction of the change that it tells of.
    ///
    /// # Errors
    /// Database errors; a payload that cannot be JSON.
    pub async fn enqueue<E: Event>(&self, tx: &mut PgConnection, event: &E) -> Result<Envelope, EnqueueError> {
        let envelope = Envelope::new(self.source, event)?;
        self.insert(tx, envelope, E::TOPIC).await
    }

    /// As [`Outbox::enqueue`], for an event that answers another one.
    ///
    /// # Errors
    /// As [`Outbox::enqueue`].
    pub async fn enqueue_caused<E: Event>(
        &self,
        tx: &mut PgConnection,
        event: &E,
        cause: &Envelope,
    ) -> Result<Envelope, EnqueueError> {
        let envelope = Envelope::new(self.source, event)?.caused_by(cause);
        self.insert(tx, envelope, E::TOPIC).await
    }

    async fn insert(
        &self,
        tx: &mut PgConnection,
        mut envelope: Envelope,
        topic: events::Topic,
    ) -> Result<Envelope, EnqueueError> {
        envelope.traceparent = traceparent();
        sqlx::query("INSERT INTO outbox (id, topic, key, envelope) VALUES ($1, $2, $3, $4)")
            .bind(envelope.id)
            .bind(topic.name())
            .bind(envelope.subject)
            .bind(sqlx::types::Json(&envelope))
            .execute(tx)
            .await?;
        Ok(envelope)
    }

    /// Commits, then wakes the relay. A plain commit is as safe, but its events wait for the relay's next poll.
    ///
    /// # Errors
    /// Database errors; then nothing was written.
    pub async fn commit(&self, tx: Transaction<'_, Postgres>) -> Result<(), sqlx::Error> {
        tx.commit().await?;
        crash_point("outbox.committed");
        self.wake();
        Ok(())
    }

    /// Wakes the relay, wherever it runs.
    pub fn wake(&self) {
        self.committed.notify_one();
    }

    /// Turns commits of this process into NOTIFYs, until `shutdown`.
    pub async fn ring(self, pool: PgPool, shutdown: CancellationToken) {
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.committed.notified() => {}
            }
            tokio::time::sleep(COALESCE).await;
            // A lost ring costs a poll interval, no event.
            let rung = sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(&pool).await;
            if let Err(error) = rung {
                tracing::debug!(error.message = %error, "could not ring the relay");
            }
        }
    }
}

/// W3C trace context of the current span, where traces are exported.
fn traceparent() -> Option<String> {
    let mut carrier = std::collections::HashMap::new();
    TraceContextPropagator::new().inject_context(&tracing::Span::current().context(), &mut carrier);
    carrier.remove("traceparent")
}
