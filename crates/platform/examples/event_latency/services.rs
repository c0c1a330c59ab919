//! The two services. `sent` and `ledger` hold an event id each, written once, in the transaction that is timed.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use chrono::{DateTime, Utc};
use events::{Envelope, Topic, payloads::LearningStarted};
use platform::{
    Outbox,
    config::PlatformConfig,
    consumer::{Consumer, HandleError, Handler},
    kafka::Kafka,
    relay::Relay,
};
use rdkafka::{
    ClientConfig,
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    client::DefaultClientContext,
};
use sqlx::{PgConnection, PgPool, migrate::Migrator, postgres::PgPoolOptions};
use test_support::Database;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Event id to time.
pub type Moments = HashMap<Uuid, DateTime<Utc>>;

const PRODUCER: &str = "bench-producer";
const CONSUMER: &str = "bench-consumer";
/// No event takes that long; something is broken.
const PATIENCE: Duration = Duration::from_mins(2);

/// The topics of the stack under names of this run's own, with as many partitions; returns what is before their names.
pub async fn topics(brokers: &str) -> anyhow::Result<String> {
    let prefix = format!("bench-{}.", Uuid::new_v4().simple());
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new().set("bootstrap.servers", brokers).create()?;
    let named: Vec<(String, i32)> = events::topic_table()?
        .into_iter()
        .filter(|t| [Topic::LearningActivity.name(), Topic::UserAccounts.name()].contains(&t.name.as_str()))
        .flat_map(|t| [(format!("{prefix}{}", t.name), t.partitions), (format!("{prefix}{}.dlq", t.name), 1)])
        .collect();
    let new: Vec<_> = named.iter().map(|(name, n)| NewTopic::new(name, *n, TopicReplication::Fixed(1))).collect();
    for result in admin.create_topics(&new, &AdminOptions::new()).await? {
        result.map_err(|(topic, error)| anyhow::anyhow!("{topic}: {error}"))?;
    }
    Ok(prefix)
}

fn kafka(brokers: &str, prefix: &str) -> Kafka {
    Kafka::new(&PlatformConfig {
        kafka_brokers: brokers.to_owned(),
        kafka_topic_prefix: prefix.to_owned(),
        jwt_issuer: String::new(),
        jwks_url: String::new(),
        cognito_client_id: String::new(),
    })
}

/// Changes something, tells of it.
pub struct Producing {
    pub pool: PgPool,
    pub outbox: Outbox,
    kafka: Kafka,
    relay: Mutex<Option<(CancellationToken, JoinHandle<()>)>>,
    /// Dropped with this.
    _db: Database,
}

impl Producing {
    pub async fn start(brokers: &str, prefix: &str) -> anyhow::Result<Self> {
        let db = Database::create(&Migrator::DEFAULT).await;
        // As large as a service's pool, but at a rate that is too high its writers wait instead of giving up.
        let pool = PgPoolOptions::new()
            .max_connections(db.pool.options().get_max_connections())
            .acquire_timeout(PATIENCE)
            .connect(&db.url)
            .await?;
        sqlx::query("CREATE TABLE sent (event_id uuid PRIMARY KEY)").execute(&pool).await?;
        let outbox = Outbox::new(PRODUCER);
        tokio::spawn(outbox.clone().ring(pool.clone(), CancellationToken::new()));
        let this = Self { pool, outbox, kafka: kafka(brokers, prefix), relay: Mutex::new(None), _db: db };
        this.start_relay()?;
        Ok(this)
    }

    pub fn start_relay(&self) -> anyhow::Result<()> {
        let stop = CancellationToken::new();
        let relay = Relay::new(self.pool.clone(), self.kafka.clone())?;
        let task = tokio::spawn(relay.run(stop.clone()));
        *self.relay.lock().map_err(|_| anyhow::anyhow!("the relay's lock is broken"))? = Some((stop, task));
        Ok(())
    }

    pub async fn stop_relay(&self) {
        let running = self.relay.lock().ok().and_then(|mut relay| relay.take());
        if let Some((stop, task)) = running {
            stop.cancel();
            let _ = task.await;
        }
    }

    /// One event by one transaction, `rate` times a second, whether or not the ones before are done.
    pub async fn emit(&self, rate: u32, seconds: u32) -> anyhow::Result<()> {
        let mut ticks = tokio::time::interval(Duration::from_secs(1) / rate);
        let mut running = JoinSet::new();
        for _ in 0..rate * seconds {
            ticks.tick().await;
            running.spawn(write(self.pool.clone(), self.outbox.clone(), 1));
        }
        while let Some(done) = running.join_next().await {
            done??;
        }
        Ok(())
    }

    /// Events that nobody sends yet, a hundred by each transaction.
    pub async fn fill(&self, count: u32) -> anyhow::Result<()> {
        for _ in 0..count / 100 {
            write(self.pool.clone(), self.outbox.clone(), 100).await?;
        }
        Ok(())
    }

    pub async fn committed(&self) -> anyhow::Result<i64> {
        Ok(sqlx::query_scalar("SELECT count(*) FROM sent").fetch_one(&self.pool).await?)
    }

    /// When the events since `since` were committed, and when they were marked as sent.
    pub async fn times(&self, since: DateTime<Utc>) -> anyhow::Result<(Moments, Moments)> {
        let committed = sqlx::query_as(
            "SELECT event_id, pg_xact_commit_timestamp(xmin) FROM sent WHERE pg_xact_commit_timestamp(xmin) > $1",
        )
        .bind(since)
        .fetch_all(&self.pool)
        .await?;
        let sent = sqlx::query_as("SELECT id, pg_xact_commit_timestamp(xmin) FROM outbox WHERE published_at > $1")
            .bind(since)
            .fetch_all(&self.pool)
            .await?;
        Ok((committed.into_iter().collect(), sent.into_iter().collect()))
    }

    /// The clock that commits are stamped with.
    pub async fn now(&self) -> anyhow::Result<DateTime<Utc>> {
        Ok(sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(&self.pool).await?)
    }
}

/// A transaction with `count` changes and the events that tell of them.
pub async fn write(pool: PgPool, outbox: Outbox, count: u32) -> anyhow::Result<()> {
    let mut tx = pool.begin().await?;
    for _ in 0..count {
        let event = LearningStarted {
            student_id: Uuid::now_v7(),
            client_id: Uuid::now_v7(),
            course_id: Uuid::now_v7(),
            version: 1,
        };
        let envelope = outbox.enqueue(&mut tx, &event).await?;
        sqlx::query("INSERT INTO sent (event_id) VALUES ($1)").bind(envelope.id).execute(&mut *tx).await?;
    }
    outbox.commit(tx).await?;
    Ok(())
}

/// Writes every event down.
pub struct Consuming {
    db: Database,
}

struct Ledger;

impl Handler for Ledger {
    const TOPICS: &'static [Topic] = &[Topic::LearningActivity];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        event.payload::<LearningStarted>()?;
        sqlx::query("INSERT INTO ledger (event_id) VALUES ($1)").bind(event.id).execute(tx).await?;
        Ok(())
    }
}

impl Consuming {
    pub async fn start(brokers: &str, prefix: &str) -> anyhow::Result<Self> {
        let db = Database::create(&Migrator::DEFAULT).await;
        sqlx::query("CREATE TABLE ledger (event_id uuid PRIMARY KEY)").execute(&db.pool).await?;
        let outbox = Outbox::new(CONSUMER);
        let consumer = Consumer::new(CONSUMER, db.pool.clone(), kafka(brokers, prefix), outbox, Ledger)?;
        tokio::spawn(consumer.run(CancellationToken::new()));
        Ok(Self { db })
    }

    /// Returns when `count` events have had their effect.
    pub async fn wait_for(&self, count: i64) -> anyhow::Result<()> {
        let start = tokio::time::Instant::now();
        loop {
            let (done,): (i64,) = sqlx::query_as("SELECT count(*) FROM ledger").fetch_one(&self.db.pool).await?;
            if done >= count {
                return Ok(());
            }
            anyhow::ensure!(
                start.elapsed() < PATIENCE,
                "{done} of {count} events had their effect within {PATIENCE:?}"
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// When each effect was committed.
    pub async fn times(&self) -> anyhow::Result<Moments> {
        let rows = sqlx::query_as("SELECT event_id, pg_xact_commit_timestamp(xmin) FROM ledger")
            .fetch_all(&self.db.pool)
            .await?;
        Ok(rows.into_iter().collect())
    }
}
