//! Learning: a student's courses, lessons without keys, attempts graded on the server, progress, the assessment, and
//! evidence for each clause that the student has shown to understand.
//!
//! Content comes as immutable packages ([`course_store`]); what students do lives in Postgres and goes out as events.

mod assessments;
mod attempts;
mod config;
mod content;
mod courses;
mod enrolments;
mod events_in;
mod evidence;
mod feedback;
mod lessons;
mod limits;
mod router;
mod state;

use course_store::CourseStore;
use platform::{App, Outbox, jwt::Verifier};
use sqlx::migrate::Migrator;

pub use config::Config;
pub use events_in::LearningEvents;
pub use limits::Limits;
pub use router::{openapi, routes};
pub use state::AppState;

pub const SERVICE: &str = "learning-service";
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Runs the service until it is told to stop.
///
/// # Errors
/// The configuration is wrong or the address is taken.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let _telemetry = platform::telemetry::init(SERVICE)?;
    let pool = platform::db::pool(&config.database_url)?;
    let outbox = Outbox::new(SERVICE);
    let aws = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let state = AppState {
        auth: platform::auth::Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() },
        pool: pool.clone(),
        outbox: outbox.clone(),
        store: CourseStore::new(&aws, &config.mongodb_url, &config.mongodb_database).await?,
        limits: Limits::new(&config.redis_url, config.attempts_per_minute)?,
        retake_after: config.retake_after(),
    };
    let app = App::new(SERVICE, &config.platform, pool, outbox);
    app.relay()?;
    app.consume(LearningEvents)?;
    app.run(config.http_addr, routes(state), openapi()).await
}
