//! Accounts, roles, clients and sessions, in front of Amazon Cognito.
//!
//! Cognito knows passwords, second factors and tokens; this service knows who a person is to us and tells every other
//! service with `user.account.v1`. Of the two, the profile decides: what Cognito's groups say is a copy.

mod audit;
mod auth;
mod config;
mod error;
mod events_out;
pub mod identity;
mod me;
mod provision;
pub mod router;
mod rules;
mod state;
mod users;

use std::sync::Arc;

use anyhow::ensure;
use platform::{App, Outbox, auth::Auth, jwt::Verifier};
use sqlx::migrate::Migrator;

pub use config::Config;
pub use state::AppState;

pub const SERVICE: &str = "user-service";
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Runs until told to stop.
///
/// # Errors
/// A setting that cannot be used.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let local = config.app_env == "local";
    ensure!(
        local || config.local_temporary_password.is_none(),
        "LOCAL_TEMPORARY_PASSWORD is for APP_ENV=local only: elsewhere Cognito makes every first password"
    );
    let pool = platform::db::pool(&config.user_database_url)?;
    let outbox = Outbox::new(SERVICE);
    let app = App::new(SERVICE, &config.platform, pool.clone(), outbox.clone());
    app.relay()?;
    let state = AppState {
        auth: Auth { verifier: Verifier::new(&config.platform), pool: pool.clone() },
        pool,
        outbox,
        identity: Arc::new(identity::Cognito::new(
            &identity::aws_config().await,
            config.cognito_user_pool_id,
            config.platform.cognito_client_id,
            config.local_temporary_password,
        )),
    };
    let (routes, openapi) = router::routes(state);
    app.run(config.user_http_addr, routes, openapi).await
}
