//! Postgres: the pool, and the tables that all services have.

use std::time::Duration;

use sqlx::{
    PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};

/// Connections a service holds at most. Eight services of two replicas stay below RDS's default of a few hundred.
const MAX_CONNECTIONS: u32 = 12;

/// A pool that connects on first use, so that a service starts while Postgres is still coming up.
///
/// # Errors
/// The URL is not a Postgres URL.
pub fn pool(url: &str) -> Result<PgPool, sqlx::Error> {
    let options: PgConnectOptions = url.parse()?;
    Ok(PgPoolOptions::new()
        .max_connections(MAX_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(5))
        .idle_timeout(Duration::from_mins(5))
        .connect_lazy_with(options))
}

/// Brings the platform's tables and then the service's own up to date. Safe to run from several replicas at once.
///
/// # Errors
/// The database is out of reach, or holds a migration that this build does not know.
pub async fn migrate(pool: &PgPool, service: &Migrator) -> Result<(), MigrateError> {
    let mut platform = sqlx::migrate!();
    platform.table_name = "_platform_migrations".into();
    platform.run(pool).await?;
    service.run(pool).await
}

/// Whether the database itself was out of reach or restarting: trying again is right, however often.
pub fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_)
        | sqlx::Error::Tls(_) => true,
        // Class 08 connection exception, 53 insufficient resources, 57 operator intervention (restart); 42P01 is a
        // table that the migration, still under way, has not made yet.
        sqlx::Error::Database(e) => {
            e.code().is_some_and(|c| ["08", "53", "57", "42P01"].iter().any(|class| c.starts_with(class)))
        }
        _ => false,
    }
}
