use std::{sync::Arc, time::Duration};

use course_format::course::CoursePackage;
use course_store::{CourseStore, StoreError};
use events::payloads::Package;
use platform::{crash_point, worker};
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::queries::{self, Fetch};

const LONGEST_DELAY: Duration = Duration::from_mins(1);
/// A package is in S3 before its event; one that is still not there after these attempts (some minutes) is lost.
const MISSING_ATTEMPTS: i32 = 10;

/// Works off the fetches that events wrote down.
#[derive(Clone)]
pub struct Fetcher {
    pub pool: PgPool,
    pub store: CourseStore,
}

/// Whether trying again can help.
enum Failure {
    Later(anyhow::Error),
    Broken(String),
}

impl Fetcher {
    /// Runs until `shutdown`; `wake` is rung when there may be something to do.
    pub async fn run(self, wake: Arc<Notify>, shutdown: CancellationToken) {
        worker::run("fetcher", &wake, &shutdown, || self.run_once()).await;
    }

    /// Works on one fetch; `false` when none is due.
    ///
    /// # Errors
    /// Postgres is away.
    pub async fn run_once(&self) -> anyhow::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let Some(fetch) = queries::next(&mut tx).await? else {
            return Ok(false);
        };
        match self.fetch(&fetch).await {
            Ok(package) => {
                crash_point("content.stored");
                queries::ready(&mut tx, &fetch, &package).await?;
            }
            Err(Failure::Broken(fault)) => {
                tracing::error!(course.id = %fetch.course_id, course.version = fetch.version, fault, "unusable package");
                queries::broken(&mut tx, &fetch, &fault).await?;
            }
            Err(Failure::Later(error)) => {
                tracing::warn!(course.id = %fetch.course_id, error.chain = format!("{error:#}"), "package not fetched yet");
                queries::later(&mut tx, &fetch, delay(fetch.attempts)).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn fetch(&self, fetch: &Fetch) -> Result<Arc<CoursePackage>, Failure> {
        let reference =
            Package { bucket: fetch.bucket.clone(), prefix: fetch.prefix.clone(), sha256: fetch.sha256.clone() };
        let package = self.store.load(&reference).await.map_err(|error| match error {
            StoreError::Missing(_) if fetch.attempts + 1 >= MISSING_ATTEMPTS => Failure::Broken(error.to_string()),
            StoreError::Broken(fault) => Failure::Broken(fault),
            StoreError::Missing(_) | StoreError::Unavailable(_) => Failure::Later(error.into()),
        })?;
        if package.course.course_id != fetch.course_id || package.course.client_id != fetch.client_id {
            return Err(Failure::Broken("the package holds another course".to_owned()));
        }
        Ok(package)
    }
}

/// 1 s, 2 s, 4 s, ... one minute.
fn delay(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or_default().min(6);
    Duration::from_secs(1 << doublings).min(LONGEST_DELAY)
}
