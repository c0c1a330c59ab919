//! Tells people what concerns them: by e-mail, by text message and in the portals' inbox.
//!
//! `event -> announcement -> deliveries -> channels`, one module each: [`events_in`] says whom an event concerns,
//! [`addressing`] makes of it one delivery for each channel that the person wants, in their language, and [`sending`] brings
//! those to SES and SNS. A person never gets the same message twice: see [`sending`] for what that costs.

pub mod addressing;
pub mod channels;
mod config;
mod deliveries;
pub mod events_in;
mod inbox;
mod kind;
mod news;
mod preferences;
pub mod router;
pub mod sending;
mod state;
mod templates;
mod worker;

use std::sync::Arc;

use platform::{App, Outbox, auth::Auth, jwt::Verifier, sse::Bell};
use sqlx::migrate::Migrator;
use tokio::sync::Notify;

pub use config::Config;
pub use state::AppState;
pub use worker::Worker;

pub const SERVICE: &str = "notification-service";
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Runs until told to stop.
///
/// # Errors
/// A setting that cannot be used.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let pool = platform::db::pool(&config.notification_database_url)?;
    let outbox = Outbox::new(SERVICE);
    let app = App::new(SERVICE, &config.platform, pool.clone(), outbox.clone());
    app.relay()?;
    let news = Arc::new(Notify::new());
    app.consume(events_in::Events { news: Arc::clone(&news) })?;
    let bell = Bell::default();
    let channels = channels::Aws::new(&channels::aws_config().await, config.email_from, config.sms_sender);
    let worker = Worker {
        pool: pool.clone(),
        outbox,
        bell: bell.clone(),
        channels: Arc::new(channels),
        public_origin: config.public_origin.trim_end_matches('/').to_owned(),
    };
    app.spawn(worker.run(news, app.shutdown()));
    let state = AppState { auth: Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() }, pool, bell };
    let (routes, openapi) = router::routes(state);
    app.run(config.notification_http_addr, routes, openapi).await
}
