//! Immutable course packages, for the services that review, teach and learn them.
//!
//! An event names a package by bucket, prefix and SHA-256. [`CourseStore::load`] takes it from the service's own MongoDB
//! database; the first time it fetches it from S3, checks it and keeps it. Content never changes under its hash, so
//! there is nothing to invalidate and no transaction with Postgres to wish for. Here rather than in three services
//! because a difference between their checks would be a hole.

mod announced;
mod mongo;
mod s3;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use aws_config::SdkConfig;
use course_format::{course::CoursePackage, sha256_hex, validate::validate_course};
use events::payloads::Package;
use platform::Problem;

pub use announced::{Announced, NotFetched};

/// Packages that a process keeps at hand; a large one has about 2 MB.
const RECENT: usize = 8;

/// Reads packages through memory and MongoDB from S3.
#[derive(Clone)]
pub struct CourseStore {
    packages: s3::Packages,
    contents: mongo::Contents,
    recent: Recent,
}

type Recent = Arc<Mutex<VecDeque<(String, Arc<CoursePackage>)>>>;

/// The package is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing lies under the key (yet).
    #[error("S3 has no {0}")]
    Missing(String),
    /// Try again: S3 or MongoDB is away.
    #[error("{0}")]
    Unavailable(String),
    /// What lies under the key is not what the event promised.
    #[error("{0}")]
    Broken(String),
}

impl StoreError {
    /// Whether trying again can help.
    pub fn is_passing(&self) -> bool {
        !matches!(self, Self::Broken(_))
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.is_passing() { Self::unavailable(error) } else { Self::internal(error) }
    }
}

impl CourseStore {
    /// Connects to MongoDB on first use, so that a service starts while MongoDB is still coming up.
    ///
    /// # Errors
    /// The URL is not one of MongoDB.
    pub async fn new(aws: &SdkConfig, mongodb_url: &str, database: &str) -> Result<Self, StoreError> {
        let contents = mongo::Contents::connect(mongodb_url, database).await?;
        Ok(Self { packages: s3::Packages::new(aws), contents, recent: Recent::default() })
    }

    /// The package that `reference` names.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn load(&self, reference: &Package) -> Result<Arc<CoursePackage>, StoreError> {
        match self.stored(&reference.sha256).await? {
            Some(package) => Ok(package),
            None => Ok(self.keep(&reference.sha256, self.fetch(reference).await?)),
        }
    }

    /// A package that was loaded before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn stored(&self, sha256: &str) -> Result<Option<Arc<CoursePackage>>, StoreError> {
        if let Some(package) = self.at_hand(sha256) {
            return Ok(Some(package));
        }
        Ok(self.contents.get(sha256).await?.map(|package| self.keep(sha256, package)))
    }

    async fn fetch(&self, reference: &Package) -> Result<CoursePackage, StoreError> {
        let bytes = self.packages.course_json(&reference.bucket, &reference.prefix).await?;
        let package = checked(&bytes, &reference.sha256)?;
        self.contents.put(&reference.sha256, &package).await?;
        Ok(package)
    }

    fn at_hand(&self, sha256: &str) -> Option<Arc<CoursePackage>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.iter().find(|(hash, _)| hash == sha256).map(|(_, package)| Arc::clone(package))
    }

    fn keep(&self, sha256: &str, package: CoursePackage) -> Arc<CoursePackage> {
        let package = Arc::new(package);
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= RECENT {
            recent.pop_front();
        }
        recent.push_back((sha256.to_owned(), Arc::clone(&package)));
        package
    }
}

/// The package, if it is the one that was announced and keeps the format's rules.
fn checked(bytes: &[u8], sha256: &str) -> Result<CoursePackage, StoreError> {
    if sha256_hex(bytes) != sha256 {
        return Err(StoreError::Broken("the content is not the one that was announced (SHA-256)".to_owned()));
    }
    let package: CoursePackage = serde_json::from_slice(bytes)
        .map_err(|error| StoreError::Broken(format!("the content is not a course package: {error}")))?;
    match validate_course(&package).as_slice() {
        [] => Ok(package),
        [first, rest @ ..] => Err(StoreError::Broken(format!("{first}, and {} more", rest.len()))),
    }
}
