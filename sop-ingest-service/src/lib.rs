//! SOP ingestion: reads the SOPs of a course request into clauses and procedures, and makes them searchable.
//!
//! * [`pipeline`]: from a file's bytes to a parsed SOP, pure and usable without any service, then to the search index.
//! * [`versions`]: what a new version of a SOP changed.
//! * [`jobs`]: one document after the other through the pipeline; survives its own death.

pub mod commands;
mod config;
mod events_in;
pub mod jobs;
pub mod pipeline;
mod router;
mod sops;
mod state;
mod store;
pub mod versions;

use std::sync::Arc;

use anyhow::Context;
use platform::{App, Outbox, auth::Auth, jwt::Verifier};
use sqlx::migrate::Migrator;
use tokio::sync::Notify;

pub use config::Config;
pub use events_in::IngestEvents;
pub use jobs::Worker;
use pipeline::{embed::Embedder, index::Index};
pub use router::{openapi, routes};
pub use state::AppState;
pub use store::Store;

pub const SERVICE: &str = "sop-ingest-service";
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Runs the service until it is told to stop.
///
/// # Errors
/// The configuration is wrong, the model is not there, or the address is taken.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let _telemetry = platform::telemetry::init(SERVICE)?;
    let pool = platform::db::pool(&config.database_url)?;
    let outbox = Outbox::new(SERVICE);
    // Region, credentials and endpoint come from the environment, as the AWS SDK reads it.
    let aws = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let state = AppState {
        auth: Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() },
        pool: pool.clone(),
        store: Store::new(&aws, config.uploads_bucket, config.sops_bucket),
        embedder: Embedder::load(&config.model_dir)?,
        index: Index::new(&config.qdrant_url, config.qdrant_collection)?,
    };
    state.index.prepare().await.context("Qdrant does not answer")?;
    let work = Arc::new(Notify::new());
    let worker = Worker {
        pool: pool.clone(),
        outbox: outbox.clone(),
        store: state.store.clone(),
        embedder: state.embedder.clone(),
        index: state.index.clone(),
        reader: std::env::current_exe()?,
        scanner: config.clamd_socket,
        work: Arc::clone(&work),
    };
    let events = IngestEvents {
        outbox: outbox.clone(),
        uploads_bucket: state.store.uploads_bucket.clone(),
        sops_bucket: state.store.sops_bucket.clone(),
        work,
    };
    let app = App::new(SERVICE, &config.platform, pool, outbox);
    app.relay()?;
    app.consume(events)?;
    for _ in 0..config.workers {
        app.spawn(worker.clone().run(app.shutdown()));
    }
    app.run(config.http_addr, routes(state), openapi()).await
}
