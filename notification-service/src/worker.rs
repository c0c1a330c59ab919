//! The loop around [`Worker::run_once`].

use std::{sync::Arc, time::Duration};

use platform::{Outbox, sse::Bell};
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::channels::Channels;

/// Longest wait for work whose wake-up went to another replica, or whose time has come.
const POLL: Duration = Duration::from_secs(1);

/// Addresses announcements and sends deliveries. Any number may run at once.
#[derive(Clone)]
pub struct Worker {
    pub pool: PgPool,
    pub outbox: Outbox,
    pub bell: Bell,
    pub channels: Arc<dyn Channels>,
    /// Where the portals are, without a slash at its end.
    pub public_origin: String,
}

impl Worker {
    /// Runs until `shutdown`; what is being sent at that moment is finished first.
    pub async fn run(self, news: Arc<Notify>, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            let wait = match self.run_once().await {
                Ok(true) => continue,
                Ok(false) => POLL,
                Err(error) => {
                    tracing::warn!(error.chain = format!("{error:#}"), "the notification worker is waiting");
                    POLL
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = news.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Everything that can be done now, once. False when there was nothing.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn run_once(&self) -> anyhow::Result<bool> {
        let mut worked = false;
        while self.address_one().await? {
            worked = true;
        }
        self.report_interrupted().await?;
        Ok(self.send_batch().await? > 0 || worked)
    }
}
