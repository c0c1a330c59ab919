//! The worker of one partition.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use events::Envelope;
use futures::FutureExt as _;
use rand::Rng as _;
use rdkafka::consumer::{Consumer as _, StreamConsumer};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{HandleError, Handler, Inner};
use crate::{crash_point, dlq};

/// Events that may share a transaction.
const BATCH: usize = 64;
/// Waits before the second, third and fourth try of a failing event; with jitter, under 3 seconds in all.
const BACKOFF: [Duration; 3] = [Duration::from_millis(50), Duration::from_millis(300), Duration::from_millis(1200)];
const OUTAGE_BACKOFF: Duration = Duration::from_millis(500);

/// A message, detached from Kafka's buffers.
pub(crate) struct Record {
    pub topic: String,
    pub partition: i32,
    pub offset: i64,
    pub key: Option<Vec<u8>>,
    pub payload: Vec<u8>,
}

pub(super) struct Partition<H> {
    pub inner: Arc<Inner<H>>,
    pub consumer: Arc<StreamConsumer>,
    pub shutdown: CancellationToken,
}

impl<H: Handler> Partition<H> {
    pub async fn work(self, mut queue: mpsc::Receiver<Record>) {
        let mut records = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut records, BATCH).await > 0 {
            if self.shutdown.is_cancelled() {
                return;
            }
            if !self.take(&records).await {
                return;
            }
            if let Some(last) = records.last() {
                crash_point("consumer.committed");
                // Fails only when the partition has moved to another replica, which then sees repetitions.
                let stored = self.consumer.store_offset(&last.topic, last.partition, last.offset);
                if let Err(error) = stored {
                    tracing::debug!(error.message = %error, "offset not stored");
                }
            }
            records.clear();
        }
    }

    /// False when told to stop before all records were settled.
    async fn take(&self, records: &[Record]) -> bool {
        let parsed: Vec<_> = records.iter().map(|r| Envelope::from_bytes(&r.payload)).collect();
        if let Ok(events) = parsed.iter().map(|p| p.as_ref().cloned()).collect::<Result<Vec<_>, _>>()
            && self.attempt(&events).await.is_ok()
        {
            return true;
        }
        for (record, event) in records.iter().zip(parsed) {
            let settled = match event {
                Ok(event) => self.settle(record, &event).await,
                Err(error) => self.bury(record, &error.into()).await,
            };
            if !settled {
                return false;
            }
        }
        true
    }

    async fn settle(&self, record: &Record, event: &Envelope) -> bool {
        let mut tries = 0;
        loop {
            let Err(error) = self.attempt(std::slice::from_ref(event)).await else {
                return true;
            };
            let wait = match (&error, BACKOFF.get(tries)) {
                _ if error.is_outage() => OUTAGE_BACKOFF,
                (HandleError::Retry(_), Some(wait)) => {
                    tries += 1;
                    wait.mul_f32(rand::rng().random_range(0.7..1.3))
                }
                _ => return self.bury(record, &error).await,
            };
            if !self.pause(wait).await {
                return false;
            }
        }
    }

    async fn attempt(&self, events: &[Envelope]) -> Result<(), HandleError> {
        AssertUnwindSafe(self.inner.apply_all(events))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(HandleError::reject("handler_panicked", "the handler panicked on this event")))
    }

    /// Writes the dead letter; keeps trying, for a lost letter would be a lost event.
    async fn bury(&self, record: &Record, error: &HandleError) -> bool {
        tracing::error!(
            event.topic = record.topic,
            event.partition = record.partition,
            event.offset = record.offset,
            error.code = error.code(),
            error.reason = error.reason(),
            "event goes to the dead-letter queue"
        );
        metrics::counter!("dead_letters_total", "topic" => record.topic.clone()).increment(1);
        loop {
            let letter = dlq::send(&self.inner.producer, self.inner.service, record, error).await;
            let Err(error) = letter else { return true };
            tracing::warn!(error.message = %error, "the dead letter could not be sent");
            if !self.pause(OUTAGE_BACKOFF).await {
                return false;
            }
        }
    }

    async fn pause(&self, wait: Duration) -> bool {
        tokio::select! {
            () = self.shutdown.cancelled() => false,
            () = tokio::time::sleep(wait) => true,
        }
    }
}
