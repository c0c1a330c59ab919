//! The loop around [`Worker::run_once`].

use std::sync::Arc;

use platform::{Outbox, sse::Bell, worker};
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::channels::Channels;

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
        worker::run("notifications", &news, &shutdown, || self.run_once()).await;
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
