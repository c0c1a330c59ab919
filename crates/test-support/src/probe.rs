use std::time::{Duration, Instant};

use events::{Envelope, Event};
use sqlx::{PgPool, types::Json};

/// Looks at the events that a service has put into its outbox.
#[derive(Clone)]
pub struct Probe(pub PgPool);

impl Probe {
    /// Every `E` so far, oldest first.
    ///
    /// # Panics
    /// When the database is away or a payload is not what its type says.
    pub async fn events<E: Event>(&self) -> Vec<E> {
        self.envelopes(E::TYPE).await.iter().map(|e| e.payload().unwrap()).collect()
    }

    /// # Panics
    /// When the database is away.
    pub async fn envelopes(&self, event_type: &str) -> Vec<Envelope> {
        let rows: Vec<(Json<Envelope>,)> =
            sqlx::query_as("SELECT envelope FROM outbox WHERE envelope->>'type' = $1 ORDER BY seq")
                .bind(event_type)
                .fetch_all(&self.0)
                .await
                .unwrap();
        rows.into_iter().map(|(Json(envelope),)| envelope).collect()
    }

    /// The first `E` for which `wanted` holds, waiting up to ten seconds.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn wait_for<E: Event>(&self, wanted: impl Fn(&E) -> bool) -> E {
        let start = Instant::now();
        loop {
            if let Some(found) = self.events::<E>().await.into_iter().find(|e| wanted(e)) {
                return found;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "no {} within 10 s", E::TYPE);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
