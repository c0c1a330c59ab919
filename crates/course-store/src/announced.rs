use std::{sync::Arc, time::Duration};

use course_format::course::CoursePackage;
use events::payloads::Package;
use uuid::Uuid;

use crate::{CourseStore, StoreError};

const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// A package is in S3 before its event; one that is still not there after these attempts (some minutes) is lost.
const MISSING_ATTEMPTS: i32 = 10;

/// A package as an event announced it, and how often it was asked for in vain.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Announced {
    /// The course that the package must hold.
    pub course_id: Uuid,
    /// The client whom that course must belong to.
    pub client_id: Uuid,
    /// The course's version.
    pub version: i64,
    /// Attempts that found S3 or MongoDB away, or nothing under the key.
    pub attempts: i32,
    /// The bucket that the event named.
    pub bucket: String,
    /// The prefix that the event named.
    pub prefix: String,
    /// SHA-256 of `course.json`, as the event named it.
    pub sha256: String,
}

/// Why an announced package was not fetched.
#[derive(Debug)]
pub enum NotFetched {
    /// Trying again after `wait` can help.
    Later {
        /// What was away.
        error: StoreError,
        /// 1 s, 2 s, 4 s, ... one minute.
        wait: Duration,
    },
    /// It never will be what was announced.
    Broken(String),
}

impl CourseStore {
    /// The package that an event announced, if it holds the course and the client that the event named.
    ///
    /// # Errors
    /// See [`NotFetched`].
    pub async fn fetch_announced(&self, announced: &Announced) -> Result<Arc<CoursePackage>, NotFetched> {
        let Announced { course_id, client_id, attempts, bucket, prefix, sha256, .. } = announced;
        let reference = Package { bucket: bucket.clone(), prefix: prefix.clone(), sha256: sha256.clone() };
        let package = self.load(&reference).await.map_err(|error| match error {
            StoreError::Missing(_) if attempts + 1 >= MISSING_ATTEMPTS => NotFetched::Broken(error.to_string()),
            StoreError::Broken(fault) => NotFetched::Broken(fault),
            StoreError::Missing(_) | StoreError::Unavailable(_) => NotFetched::Later { error, wait: wait(*attempts) },
        })?;
        if package.course.course_id != *course_id || package.course.client_id != *client_id {
            return Err(NotFetched::Broken("the package holds another course".to_owned()));
        }
        Ok(package)
    }
}

fn wait(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or_default().min(6);
    Duration::from_secs(1 << doublings).min(LONGEST_WAIT)
}
