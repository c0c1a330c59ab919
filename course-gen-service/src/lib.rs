//! course-gen-service: from the parsed SOPs of a request to a complete English course.
//!
//! [`engine`] makes the course and knows nothing of servers; [`draft`] runs it on files; the rest of this crate runs it
//! as jobs that survive the process.

mod approvals;
pub mod audit;
mod config;
pub mod draft;
pub mod engine;
mod events_in;
mod events_out;
pub mod impact;
mod impacts;
mod jobs;
mod llm;
mod print;
mod retrieval;
mod router;
mod state;
mod store;
mod worker;

use std::sync::Arc;

use platform::{App, Outbox, jwt::Verifier};
use sqlx::migrate::Migrator;
use tokio::sync::Notify;

pub use config::Config;
pub use events_in::GenerationEvents;
pub use llm::{Llm, LlmSettings};
pub use retrieval::Retrieval;
pub use router::{openapi, routes};
pub use state::AppState;
pub use store::{Drafts, Objects};
pub use worker::Worker;

pub const SERVICE: &str = "course-gen-service";
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Runs the service until it is told to stop.
///
/// # Errors
/// The configuration is wrong or the address is taken.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let _telemetry = platform::telemetry::init(SERVICE)?;
    let pool = platform::db::pool(&config.database_url)?;
    let outbox = Outbox::new(SERVICE);
    // Region, credentials and endpoint come from the environment, as the AWS SDK reads it.
    let aws = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let wake = Arc::new(Notify::new());
    let mut worker = Worker {
        pool: pool.clone(),
        outbox: outbox.clone(),
        objects: Objects::new(&aws, config.packages_bucket),
        drafts: Drafts::connect(&config.mongodb_url, &config.mongodb_database).await?,
        retrieval: Retrieval::new(&config.qdrant_url, config.qdrant_api_key.as_deref(), config.qdrant_collection)?,
        author: Arc::new(engine::author::RulesAuthor),
        llm: None,
        wake: Arc::clone(&wake),
        chromium: config.chromium,
    };
    let auth = platform::auth::Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() };
    let state = AppState { auth, pool: pool.clone() };
    let app = App::new(SERVICE, &config.platform, pool.clone(), outbox);
    worker.llm = Llm::new(&config.llm, pool, app.shutdown())?.map(Arc::new);
    if let Some(llm) = &worker.llm {
        tracing::info!(llm.providers = llm.label(), "lessons are written with language models");
    }
    app.relay()?;
    app.consume(GenerationEvents { wake })?;
    for _ in 0..config.workers.max(1) {
        app.spawn(worker.clone().run(app.shutdown()));
    }
    app.run(config.http_addr, routes(state), openapi()).await
}
