//! Sales: client companies, course requests, SOP uploads, and a timeline of what became of each request.
//!
//! A rep opens a request, uploads SOPs straight to S3 and submits: `course_creation.ordered` sets the rest in motion. From
//! then on the request follows the events of the other services.

mod clients;
mod config;
mod documents;
mod events_in;
mod requests;
mod router;
mod state;
mod timeline;
mod uploads;

use platform::{App, Outbox, jwt::Verifier, sse::Bell};
use sqlx::migrate::Migrator;

pub use config::Config;
pub use events_in::SalesEvents;
pub use router::{openapi, routes};
pub use state::AppState;
pub use uploads::{Found, S3Uploads, Uploads};

pub const SERVICE: &str = "sales-service";
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
    let state = AppState {
        auth: platform::auth::Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() },
        pool: pool.clone(),
        outbox: outbox.clone(),
        uploads: std::sync::Arc::new(S3Uploads::new(&aws, config.uploads_bucket)),
        bell: Bell::default(),
    };
    let app = App::new(SERVICE, &config.platform, pool, outbox);
    app.relay()?;
    app.consume(SalesEvents { bell: state.bell.clone() })?;
    app.run(config.http_addr, routes(state), openapi()).await
}
