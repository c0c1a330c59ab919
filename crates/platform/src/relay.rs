//! Sends outbox rows to Kafka. At least once: a row is marked only after Kafka has it, so a crash between the two sends it
//! again, with the same event id, and consumers know it by that.

use std::time::Duration;

use events::{Envelope, Topic};
use futures::future::join_all;
use rdkafka::{
    message::{Header, OwnedHeaders},
    producer::{FutureProducer, FutureRecord},
    util::Timeout,
};
use sqlx::{
    FromRow, PgPool,
    pool::PoolConnection,
    postgres::{PgListener, Postgres},
    types::Json,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{crash_point, kafka::Kafka, outbox::CHANNEL};

const BATCH: i64 = 500;
/// Longest wait for an event whose wake-up was lost.
const POLL: Duration = Duration::from_millis(500);
const HOUSEKEEPING_EVERY: Duration = Duration::from_mins(10);
/// Advisory lock that one relay of a database holds; any fixed number of ours.
const LOCK: i64 = 0x6f75_7462_6f78;

/// Reads the outbox of one service's database and sends it.
pub struct Relay {
    pool: PgPool,
    kafka: Kafka,
    producer: FutureProducer,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    topic: String,
    key: Uuid,
    envelope: Json<Envelope>,
}

/// The outbox could not be drained now; the rows stay.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("the outbox could not be read or marked")]
    Database(#[from] sqlx::Error),
    #[error("Kafka did not take the events")]
    Kafka(#[source] rdkafka::error::KafkaError),
    #[error("an outbox row names the unknown topic {0}")]
    UnknownTopic(String),
    #[error("an outbox row is no envelope")]
    Envelope(#[from] serde_json::Error),
}

impl Relay {
    /// # Errors
    /// A Kafka setting that is refused.
    pub fn new(pool: PgPool, kafka: Kafka) -> Result<Self, rdkafka::error::KafkaError> {
        let producer = kafka.producer()?;
        Ok(Self { pool, kafka, producer })
    }

    /// Runs until `shutdown`. Any number of replicas may run; the one that holds the lock works.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut delay = Duration::from_millis(50);
        while !shutdown.is_cancelled() {
            let ended = tokio::select! {
                () = shutdown.cancelled() => return,
                ended = self.lead(&mut delay) => ended,
            };
            if let Err(error) = ended {
                tracing::warn!(error.chain = format!("{:#}", anyhow::Error::from(error)), "outbox relay is waiting");
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(delay) => delay = (delay * 2).min(Duration::from_secs(1)),
            }
        }
    }

    /// Waits for the lock, then drains until something fails. The lock lives as long as its connection.
    async fn lead(&self, delay: &mut Duration) -> Result<(), RelayError> {
        let Some(mut lock) = self.lock().await? else {
            return Ok(());
        };
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        let mut housekeeping = tokio::time::interval(HOUSEKEEPING_EVERY);
        loop {
            while self.run_once().await? > 0 {}
            *delay = Duration::from_millis(50);
            tokio::select! {
                woken = listener.recv() => { woken?; }
                () = tokio::time::sleep(POLL) => {
                    // Also finds out that the connection, and the lock with it, is gone.
                    sqlx::query("SELECT 1").execute(&mut *lock).await?;
                }
                _ = housekeeping.tick() => self.forget_old().await?,
            }
        }
    }

    async fn lock(&self) -> Result<Option<PoolConnection<Postgres>>, sqlx::Error> {
        let mut connection = self.pool.acquire().await?;
        // Never back to the pool: closing it gives the lock up.
        connection.close_on_drop();
        let (held,): (bool,) =
            sqlx::query_as("SELECT pg_try_advisory_lock($1)").bind(LOCK).fetch_one(&mut *connection).await?;
        Ok(held.then_some(connection))
    }

    /// Sends the oldest unsent events and marks them. Returns how many; the rest of a batch after a failure stays.
    ///
    /// # Errors
    /// Database or Kafka out of reach.
    pub async fn run_once(&self) -> Result<usize, RelayError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, topic, key, envelope FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT $1",
        )
        .bind(BATCH)
        .fetch_all(&self.pool)
        .await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut sending = Vec::with_capacity(rows.len());
        for row in &rows {
            sending.push(self.send(row)?);
        }
        let results = join_all(sending).await;
        crash_point("relay.produced");
        let sent: Vec<Uuid> = rows.iter().zip(&results).take_while(|(_, r)| r.is_ok()).map(|(row, _)| row.id).collect();
        sqlx::query("UPDATE outbox SET published_at = now() WHERE id = ANY($1)")
            .bind(&sent)
            .execute(&self.pool)
            .await?;
        metrics::counter!("outbox_published_total").increment(sent.len() as u64);
        match results.into_iter().find_map(Result::err) {
            Some(error) => Err(RelayError::Kafka(error)),
            None => Ok(sent.len()),
        }
    }

    fn send(
        &self,
        row: &Row,
    ) -> Result<impl Future<Output = Result<(), rdkafka::error::KafkaError>> + use<>, RelayError> {
        let topic = Topic::from_name(&row.topic).ok_or_else(|| RelayError::UnknownTopic(row.topic.clone()))?;
        let topic = self.kafka.topic(topic);
        let payload = serde_json::to_vec(&row.envelope.0)?;
        let key = row.key.to_string();
        let headers = headers(&row.envelope.0);
        let producer = self.producer.clone();
        Ok(async move {
            let record = FutureRecord::to(&topic).key(&key).payload(&payload).headers(headers);
            producer.send(record, Timeout::After(Duration::from_secs(10))).await.map(|_| ()).map_err(|(e, _)| e)
        })
    }

    /// Rows that were sent a week ago, events seen three months ago and keys used two days ago are forgotten.
    async fn forget_old(&self) -> Result<(), sqlx::Error> {
        for sql in [
            "DELETE FROM outbox WHERE published_at < now() - interval '7 days'",
            "DELETE FROM inbox WHERE received_at < now() - interval '90 days'",
            "DELETE FROM idempotency_keys WHERE created_at < now() - interval '2 days'",
        ] {
            sqlx::query(sql).execute(&self.pool).await?;
        }
        Ok(())
    }
}

pub(crate) fn headers(envelope: &Envelope) -> OwnedHeaders {
    let correlation = envelope.correlationid.to_string();
    let mut headers = OwnedHeaders::new()
        .insert(Header { key: "ce_type", value: Some(&envelope.event_type) })
        .insert(Header { key: "correlationid", value: Some(&correlation) });
    if let Some(cause) = envelope.causationid.map(|id| id.to_string()) {
        headers = headers.insert(Header { key: "causationid", value: Some(&cause) });
    }
    if let Some(trace) = &envelope.traceparent {
        headers = headers.insert(Header { key: "traceparent", value: Some(trace) });
    }
    headers
}
