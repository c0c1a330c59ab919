//! Events in: each takes effect once, in one transaction with its row in the inbox; the offset follows.
//!
//! A partition is read by one worker, in order; what has queued up meanwhile shares a transaction. When that fails, its
//! events are tried one by one: an outage of the database is waited for, any other failure is retried a few times and then goes to
//! the topic's dead-letter queue with its reason, so that a poison event holds its partition for seconds at most.

mod failure;
mod partition;

use std::{collections::HashMap, sync::Arc};

use events::{Envelope, Event as _, Topic, payloads::UserAccount};
use rdkafka::{
    Message as _, consumer::Consumer as _, consumer::StreamConsumer, error::KafkaError, producer::FutureProducer,
};
use sqlx::{PgConnection, PgPool};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{Outbox, kafka::Kafka, members};
pub use failure::HandleError;
use partition::Partition;
pub(crate) use partition::Record;

/// Messages that wait for one partition's worker before reading stops.
const QUEUE: usize = 256;

/// What a service does with the events of its topics.
pub trait Handler: Send + Sync + 'static {
    /// Besides `user-accounts`, which every service follows for its [`members`].
    const TOPICS: &'static [Topic];

    /// Gives `event` its effect within `tx`. Called once for an event id that committed; types that the service does not
    /// know must be ignored. Effects outside the database belong in a job that this writes down.
    fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> impl Future<Output = Result<(), HandleError>> + Send;

    /// After a commit: wake workers that look at what `handle` wrote.
    fn committed(&self) {}
}

/// Reads the handler's topics as one group, until told to stop.
pub struct Consumer<H> {
    inner: Arc<Inner<H>>,
    service: &'static str,
}

struct Inner<H> {
    service: &'static str,
    pool: PgPool,
    outbox: Outbox,
    handler: H,
    kafka: Kafka,
    /// For dead letters.
    producer: FutureProducer,
}

impl<H: Handler> Consumer<H> {
    /// # Errors
    /// A Kafka setting that is refused.
    pub fn new(
        service: &'static str,
        pool: PgPool,
        kafka: Kafka,
        outbox: Outbox,
        handler: H,
    ) -> Result<Self, KafkaError> {
        let producer = kafka.producer()?;
        Ok(Self { inner: Arc::new(Inner { service, pool, outbox, handler, kafka, producer }), service })
    }

    /// Takes one event as if it had come from Kafka, without retries: tests call this.
    ///
    /// # Errors
    /// What the handler says.
    pub async fn deliver(&self, event: &Envelope) -> Result<(), HandleError> {
        self.inner.apply_all(std::slice::from_ref(event)).await
    }

    /// Runs until `shutdown`; then the events at hand are finished and their offsets committed.
    ///
    /// # Errors
    /// A Kafka setting that is refused.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), KafkaError> {
        let consumer = Arc::new(self.inner.kafka.consumer(self.service)?);
        let mut topics: Vec<String> = H::TOPICS.iter().map(|t| self.inner.kafka.topic(*t)).collect();
        if !H::TOPICS.contains(&Topic::UserAccounts) {
            topics.push(self.inner.kafka.topic(Topic::UserAccounts));
        }
        consumer.subscribe(&topics.iter().map(String::as_str).collect::<Vec<_>>())?;
        let workers = TaskTracker::new();
        let mut queues: HashMap<(String, i32), mpsc::Sender<Record>> = HashMap::new();
        loop {
            let message = tokio::select! {
                () = shutdown.cancelled() => break,
                message = consumer.recv() => message,
            };
            let record = match message {
                Ok(message) => Record::of(&message),
                Err(error) => {
                    tracing::debug!(error.message = %error, "Kafka says");
                    continue;
                }
            };
            let queue = queues
                .entry((record.topic.clone(), record.partition))
                .or_insert_with(|| self.start(&consumer, &workers, &shutdown));
            tokio::select! {
                () = shutdown.cancelled() => break,
                sent = queue.send(record) => if sent.is_err() { break },
            }
        }
        drop(queues);
        workers.close();
        workers.wait().await;
        Ok(())
    }

    fn start(
        &self,
        consumer: &Arc<StreamConsumer>,
        workers: &TaskTracker,
        shutdown: &CancellationToken,
    ) -> mpsc::Sender<Record> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let partition =
            Partition { inner: Arc::clone(&self.inner), consumer: Arc::clone(consumer), shutdown: shutdown.clone() };
        workers.spawn(partition.work(receiver));
        sender
    }
}

impl<H: Handler> Inner<H> {
    /// All of `events` in one transaction, those that took effect before left out.
    async fn apply_all(&self, events: &[Envelope]) -> Result<(), HandleError> {
        let mut tx = self.pool.begin().await?;
        for event in events {
            self.apply(&mut tx, event).await?;
        }
        tx.commit().await?;
        self.outbox.wake();
        self.handler.committed();
        for event in events {
            let age = (chrono::Utc::now() - event.time).to_std().unwrap_or_default();
            metrics::histogram!("event_effect_seconds", "type" => event.event_type.clone()).record(age.as_secs_f64());
        }
        Ok(())
    }

    async fn apply(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        let new = sqlx::query("INSERT INTO inbox (event_id, event_type) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(event.id)
            .bind(&event.event_type)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if new == 0 {
            return Ok(());
        }
        if event.event_type == UserAccount::TYPE {
            members::apply(tx, &event.payload()?).await?;
        }
        self.handler.handle(tx, event).await
    }
}

impl Record {
    fn of(message: &rdkafka::message::BorrowedMessage<'_>) -> Self {
        Self {
            topic: message.topic().to_owned(),
            partition: message.partition(),
            offset: message.offset(),
            key: message.key().map(<[u8]>::to_vec),
            payload: message.payload().unwrap_or_default().to_vec(),
        }
    }
}
