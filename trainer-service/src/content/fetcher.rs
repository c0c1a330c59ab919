use std::{sync::Arc, time::Duration};

use course_format::{course::CoursePackage, sha256_hex, validate::validate_course};
use platform::crash_point;
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{
    ContentStore, PackageError, Packages,
    queries::{self, Fetch},
};

/// Looks for due fetches this often when nobody wakes it.
const POLL: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_mins(1);
/// A package is in S3 before its event; one that is still not there after these attempts (some minutes) is lost.
const MISSING_ATTEMPTS: i32 = 10;

/// Works off the fetches that events wrote down.
#[derive(Clone)]
pub struct Fetcher {
    pub pool: PgPool,
    pub packages: Packages,
    pub contents: ContentStore,
}

/// Whether trying again can help.
enum Failure {
    Later(anyhow::Error),
    Broken(String),
}

impl Fetcher {
    /// Runs until `shutdown`; `wake` is rung when there may be something to do.
    pub async fn run(self, wake: Arc<Notify>, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            let ran = tokio::select! {
                () = shutdown.cancelled() => return,
                ran = self.run_once() => ran,
            };
            match ran {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(error.chain = format!("{error:#}"), "fetching is waiting");
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = wake.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
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
                crash_point("materials.stored");
                queries::ready(&mut tx, &fetch, &package.course).await?;
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

    async fn fetch(&self, fetch: &Fetch) -> Result<CoursePackage, Failure> {
        let bytes = self.packages.course_json(&fetch.bucket, &fetch.prefix).await.map_err(|error| match error {
            PackageError::Missing if fetch.attempts + 1 >= MISSING_ATTEMPTS => Failure::Broken(error.to_string()),
            PackageError::TooLarge => Failure::Broken(error.to_string()),
            PackageError::Missing | PackageError::Unavailable(_) => Failure::Later(error.into()),
        })?;
        let package = read(&bytes, fetch)?;
        self.contents.put(&fetch.sha256, &package).await.map_err(|error| Failure::Later(error.into()))?;
        Ok(package)
    }
}

/// The package, if it is the one that the event promised and keeps the format's rules.
fn read(bytes: &[u8], fetch: &Fetch) -> Result<CoursePackage, Failure> {
    if sha256_hex(bytes) != fetch.sha256 {
        return Err(Failure::Broken("the content is not the one that was announced (SHA-256)".to_owned()));
    }
    let package: CoursePackage = serde_json::from_slice(bytes)
        .map_err(|error| Failure::Broken(format!("the content is not a course package: {error}")))?;
    if package.course.course_id != fetch.course_id || package.course.client_id != fetch.client_id {
        return Err(Failure::Broken("the package holds another course".to_owned()));
    }
    match validate_course(&package).as_slice() {
        [] => Ok(package),
        [first, rest @ ..] => Err(Failure::Broken(format!("{first}, and {} more", rest.len()))),
    }
}

/// 1 s, 2 s, 4 s, ... one minute.
fn delay(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or_default().min(6);
    Duration::from_secs(1 << doublings).min(LONGEST_DELAY)
}
