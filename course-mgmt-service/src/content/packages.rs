//! S3, as far as packages need it.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_s3::{Client, error::DisplayErrorContext, operation::get_object::GetObjectError};

/// Longest `course.json` that is taken: it must fit in a MongoDB document of 16 MiB.
const MAX_BYTES: usize = 12 * 1024 * 1024;

/// Where course-gen leaves its packages.
#[derive(Clone)]
pub struct Packages(Client);

/// The package could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error("there is no object under this key")]
    Missing,
    #[error("the object is larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("S3: {0}")]
    Unavailable(String),
}

impl Packages {
    pub fn new(shared: &SdkConfig) -> Self {
        Self(Client::from_conf(aws_sdk_s3::config::Builder::from(shared).force_path_style(true).build()))
    }

    /// Region, credentials and endpoint come from the environment, as the AWS SDK reads it.
    pub async fn connect() -> Self {
        Self::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)
    }

    /// The bytes of `course.json` under `prefix`.
    ///
    /// # Errors
    /// See [`PackageError`].
    pub async fn course_json(&self, bucket: &str, prefix: &str) -> Result<Vec<u8>, PackageError> {
        let key = format!("{prefix}/course.json");
        let object = self.0.get_object().bucket(bucket).key(key).send().await.map_err(|error| {
            if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) {
                PackageError::Missing
            } else {
                PackageError::Unavailable(DisplayErrorContext(error).to_string())
            }
        })?;
        let mut body = object.body;
        let mut bytes = Vec::new();
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(|error| PackageError::Unavailable(error.to_string()))?;
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Err(PackageError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}
