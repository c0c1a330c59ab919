//! Course management: versions under review, the library of published courses, who is assigned to what, and what became
//! of it.
//!
//! A generated version comes as an event that names its package. [`events_in`] records the version and writes down a
//! fetch; [`content`] gets the package from S3, checks it and keeps it in MongoDB under its hash. Review moves a version
//! through [`review`]'s states; a published one can be assigned, and learners' events become [`reports`].

mod assignments;
mod comments;
mod config;
mod content;
mod courses;
mod events_in;
mod impacts;
mod library;
mod outlines;
mod reports;
mod review;
mod router;
mod state;

use std::sync::Arc;

use course_store::CourseStore;
use platform::{App, Outbox, jwt::Verifier};
use sqlx::migrate::Migrator;
use tokio::sync::Notify;

pub use config::Config;
pub use content::Fetcher;
pub use events_in::CourseMgmtEvents;
pub use router::{openapi, routes};
pub use state::AppState;

pub const SERVICE: &str = "course-mgmt-service";
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
    let store = CourseStore::new(&aws, &config.mongodb_url, &config.mongodb_database).await?;
    let state = AppState {
        auth: platform::auth::Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() },
        pool: pool.clone(),
        outbox: outbox.clone(),
        store: store.clone(),
    };
    let wake = Arc::new(Notify::new());
    let fetcher = Fetcher { pool: pool.clone(), store };
    let app = App::new(SERVICE, &config.platform, pool, outbox);
    app.relay()?;
    app.consume(CourseMgmtEvents { wake: Arc::clone(&wake) })?;
    app.spawn(fetcher.run(wake, app.shutdown()));
    app.run(config.http_addr, routes(state), openapi()).await
}
