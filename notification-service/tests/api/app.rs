use std::sync::Arc;

use chrono::{DateTime, Utc};
use events::{
    Envelope, Event,
    payloads::{AccountChange, Role, UserAccount},
};
use notification_service::{AppState, MIGRATOR, SERVICE, Worker, channels::Channels, events_in::Events, router};
use platform::{Outbox, auth::Auth, consumer::Consumer, jwt::Verifier, kafka::Kafka, sse::Bell};
use sqlx::FromRow;
use test_support::{Api, Database, Issuer, Person, Probe};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::channels::Recorder;

/// The service on a database of its own, in front of channels that only write down.
pub struct TestApp {
    pub api: Api,
    pub db: Database,
    pub probe: Probe,
    pub sent: Arc<Recorder>,
    pub worker: Worker,
    issuer: Issuer,
    consumer: Consumer<Events>,
}

#[derive(Debug, FromRow)]
pub struct Delivery {
    pub delivery_id: Uuid,
    pub channel: String,
    pub kind: String,
    pub state: String,
    pub attempts: i32,
    pub error_code: Option<String>,
    pub next_attempt_at: DateTime<Utc>,
}

impl TestApp {
    pub async fn spawn() -> Self {
        let issuer = Issuer::start().await;
        let config = test_support::config(&issuer);
        let db = Database::create(&MIGRATOR).await;
        let (pool, bell, outbox) = (db.pool.clone(), Bell::default(), Outbox::new(SERVICE));
        let state = AppState {
            auth: Auth { verifier: Verifier::new(&config), pool: pool.clone() },
            pool: pool.clone(),
            bell: bell.clone(),
        };
        let (routes, openapi) = router::routes(state);
        let api = test_support::serve(SERVICE, pool.clone(), routes, openapi).await;
        let events = Events { news: Arc::new(Notify::new()) };
        let consumer = Consumer::new(SERVICE, pool.clone(), Kafka::new(&config), outbox.clone(), events).unwrap();
        let sent = Arc::new(Recorder::default());
        let public_origin = "https://courses.example.com".to_owned();
        let worker = Worker { pool: pool.clone(), outbox, bell, channels: sent.clone(), public_origin };
        Self { api, probe: Probe(pool), db, sent, worker, issuer, consumer }
    }

    /// A worker of the same database with other channels.
    pub fn worker_with(&self, channels: Arc<dyn Channels>) -> Worker {
        Worker { channels, ..self.worker.clone() }
    }

    pub async fn person(&self, role: Role, clients: &[Uuid]) -> Person {
        test_support::person(&self.db.pool, &self.issuer, role, clients).await
    }

    pub async fn student(&self) -> Person {
        self.person(Role::Student, &[]).await
    }

    /// The account with another revision, as user-service would tell it.
    pub async fn change(&self, person: &Person, change: impl FnOnce(&mut UserAccount)) {
        let mut account = person.account.clone();
        account.revision += 1;
        account.change = AccountChange::ProfileChanged;
        change(&mut account);
        self.deliver(&account).await;
    }

    pub async fn deliver<E: Event>(&self, event: &E) -> Envelope {
        let envelope = Envelope::new("test", event).unwrap();
        self.deliver_envelope(&envelope).await;
        envelope
    }

    pub async fn deliver_envelope(&self, envelope: &Envelope) {
        self.consumer.deliver(envelope).await.unwrap();
    }

    /// Lets the worker do all that it can.
    pub async fn settle(&self) {
        while self.worker.run_once().await.unwrap() {}
    }

    /// Delivers an event and lets the worker do all that it can.
    pub async fn tell<E: Event>(&self, event: &E) -> Envelope {
        let envelope = self.deliver(event).await;
        self.settle().await;
        envelope
    }

    pub async fn deliveries(&self, user: Uuid) -> Vec<Delivery> {
        sqlx::query_as(
            "SELECT delivery_id, channel, kind, state, attempts, error_code, next_attempt_at FROM deliveries
             WHERE user_id = $1 ORDER BY channel, delivery_id",
        )
        .bind(user)
        .fetch_all(&self.db.pool)
        .await
        .unwrap()
    }

    /// Channel and state of each.
    pub async fn states(&self, user: Uuid) -> Vec<(String, String)> {
        self.deliveries(user).await.into_iter().map(|d| (d.channel, d.state)).collect()
    }

    /// As if the next try were due now.
    pub async fn make_due(&self) {
        sqlx::query("UPDATE deliveries SET next_attempt_at = now()").execute(&self.db.pool).await.unwrap();
    }

    /// As if what is being sent had been claimed three minutes ago.
    pub async fn three_minutes_later(&self) {
        sqlx::query("UPDATE deliveries SET claimed_at = claimed_at - interval '3 minutes'")
            .execute(&self.db.pool)
            .await
            .unwrap();
    }
}

/// Pairs as [`TestApp::states`] gives them.
pub fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}
