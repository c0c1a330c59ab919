use aws_config::SdkConfig;
use aws_sdk_s3::{Client, error::DisplayErrorContext, operation::get_object::GetObjectError};

use crate::StoreError;

/// Longest `course.json` that is taken: it must fit in a MongoDB document of 16 MiB.
const MAX_BYTES: usize = 12 * 1024 * 1024;

/// Where course-gen leaves its packages.
#[derive(Clone)]
pub(crate) struct Packages(Client);

impl Packages {
    pub fn new(aws: &SdkConfig) -> Self {
        Self(Client::from_conf(aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build()))
    }

    /// The bytes of `course.json` under `prefix`. It is in S3 before its event is sent: one that is not there may still come.
    pub async fn course_json(&self, bucket: &str, prefix: &str) -> Result<Vec<u8>, StoreError> {
        let key = format!("{prefix}/course.json");
        let object = self.0.get_object().bucket(bucket).key(&key).send().await.map_err(|error| {
            if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) {
                StoreError::Missing(key.clone())
            } else {
                StoreError::Unavailable(format!("S3: {}", DisplayErrorContext(error)))
            }
        })?;
        let (mut body, mut bytes) = (object.body, Vec::new());
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(|error| StoreError::Unavailable(format!("S3: {error}")))?;
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Err(StoreError::Broken(format!("{key} is larger than {MAX_BYTES} bytes")));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}
