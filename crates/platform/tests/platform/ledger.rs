//! A service in miniature: each event adds one line to a ledger, and some events are poison.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use events::{Envelope, Event as _, Topic, payloads::LearningStarted};
use platform::{
    Outbox,
    config::PlatformConfig,
    consumer::{Consumer, HandleError, Handler},
    kafka::Kafka,
    relay::Relay,
};
use sqlx::{PgConnection, PgPool};
use test_support::{Database, Issuer};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub const SERVICE: &str = "ledger";

/// Writes `student_id` of every `learning.started` down. A version of 666 is poison, 667 panics, 668 fails twice.
#[derive(Clone, Default)]
pub struct Ledger {
    pub tries: Arc<AtomicUsize>,
    /// Poison is bread again: what a fixed release would do.
    pub mended: bool,
}

impl Handler for Ledger {
    const TOPICS: &'static [Topic] = &[Topic::LearningActivity];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        if event.event_type != LearningStarted::TYPE {
            return Ok(());
        }
        let started: LearningStarted = event.payload()?;
        sqlx::query("INSERT INTO ledger (student_id) VALUES ($1)").bind(started.student_id).execute(tx).await?;
        match started.version {
            666 if !self.mended => Err(HandleError::retry(std::io::Error::other("this one never works"))),
            667 if !self.mended => panic!("this one panics"),
            668 if self.tries.fetch_add(1, Ordering::SeqCst) < 2 => {
                Err(HandleError::retry(std::io::Error::other("not yet")))
            }
            _ => Ok(()),
        }
    }
}

pub struct Bench {
    pub db: Database,
    pub config: PlatformConfig,
    pub kafka: Kafka,
    pub outbox: Outbox,
}

impl Bench {
    /// A database with a ledger, and topics whose names no other bench has.
    pub async fn new() -> Self {
        let db = Database::create(&sqlx::migrate::Migrator::DEFAULT).await;
        sqlx::query("CREATE TABLE ledger (line bigint GENERATED ALWAYS AS IDENTITY, student_id uuid NOT NULL)")
            .execute(&db.pool)
            .await
            .unwrap();
        let mut config = test_support::config(&Issuer::start().await);
        config.kafka_topic_prefix = test_support::fresh_topics().await;
        Self { db, kafka: Kafka::new(&config), config, outbox: Outbox::new(SERVICE) }
    }

    pub async fn enqueue(&self, version: u32) -> Uuid {
        let event = started(version);
        let mut tx = self.db.pool.begin().await.unwrap();
        self.outbox.enqueue(&mut tx, &event).await.unwrap();
        self.outbox.commit(tx).await.unwrap();
        event.student_id
    }

    pub fn relay(&self) -> Relay {
        Relay::new(self.db.pool.clone(), self.kafka.clone()).unwrap()
    }

    /// Relay and bell, running until the token is cancelled.
    pub fn start_relay(&self) -> CancellationToken {
        let stop = CancellationToken::new();
        tokio::spawn(self.relay().run(stop.clone()));
        tokio::spawn(self.outbox.clone().ring(self.db.pool.clone(), stop.clone()));
        stop
    }

    pub fn consumer(&self, handler: Ledger) -> Consumer<Ledger> {
        Consumer::new(SERVICE, self.db.pool.clone(), self.kafka.clone(), self.outbox.clone(), handler).unwrap()
    }

    pub fn start_consumer(&self, handler: Ledger) -> (CancellationToken, tokio::task::JoinHandle<()>) {
        let stop = CancellationToken::new();
        let (consumer, token) = (self.consumer(handler), stop.clone());
        (stop, tokio::spawn(async move { consumer.run(token).await.unwrap() }))
    }

    pub async fn lines(&self) -> Vec<Uuid> {
        lines(&self.db.pool).await
    }

    /// Waits until the ledger holds `count` lines, or panics with what it holds.
    pub async fn wait_for_lines(&self, count: usize, patience: Duration) -> Vec<Uuid> {
        let start = Instant::now();
        loop {
            let lines = self.lines().await;
            if lines.len() >= count {
                return lines;
            }
            assert!(start.elapsed() < patience, "{} of {count} lines within {patience:?}", lines.len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn unsent(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM outbox WHERE published_at IS NULL")
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }
}

async fn lines(pool: &PgPool) -> Vec<Uuid> {
    sqlx::query_scalar("SELECT student_id FROM ledger ORDER BY line").fetch_all(pool).await.unwrap()
}

pub fn started(version: u32) -> LearningStarted {
    LearningStarted { student_id: Uuid::now_v7(), client_id: Uuid::now_v7(), course_id: Uuid::now_v7(), version }
}
