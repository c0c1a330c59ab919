//! S3, as far as uploads need it.

use std::{collections::BTreeMap, future::Future, pin::Pin, time::Duration};

use aws_config::SdkConfig;
use aws_sdk_s3::{
    Client, config::RequestChecksumCalculation, operation::head_object::HeadObjectError, presigning::PresigningConfig,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// A file as its sender described it.
pub struct Announced<'a> {
    pub key: &'a str,
    pub size_bytes: i64,
    pub content_type: &'a str,
    /// 32 bytes.
    pub sha256: Vec<u8>,
}

/// A URL that takes exactly the announced bytes.
pub struct SignedUpload {
    pub url: String,
    pub headers: BTreeMap<String, String>,
}

/// What lies under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    Object { size_bytes: i64 },
}

/// S3 did not answer as it should.
#[derive(Debug, thiserror::Error)]
#[error("S3: {0}")]
pub struct UploadError(String);

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, UploadError>> + Send + 'a>>;

/// Where uploads go.
pub trait Uploads: Send + Sync {
    fn bucket(&self) -> &str;
    fn sign<'a>(&'a self, file: Announced<'a>, valid_for: Duration) -> Answer<'a, SignedUpload>;
    fn find<'a>(&'a self, key: &'a str) -> Answer<'a, Found>;
    /// Leaves nothing under the key, whether or not there was something.
    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, ()>;
}

/// The real one.
pub struct S3Uploads {
    client: Client,
    bucket: String,
}

impl S3Uploads {
    pub fn new(aws: &SdkConfig, bucket: String) -> Self {
        let config = aws_sdk_s3::config::Builder::from(aws)
            .force_path_style(true)
            // The signature carries our SHA-256; a CRC that the SDK adds would have to be sent along.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .build();
        Self { client: Client::from_conf(config), bucket }
    }

    async fn sign_put(&self, file: Announced<'_>, valid_for: Duration) -> Result<SignedUpload, UploadError> {
        let config = PresigningConfig::expires_in(valid_for).map_err(failed)?;
        let signed = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(file.key)
            .content_length(file.size_bytes)
            .content_type(file.content_type)
            .checksum_sha256(STANDARD.encode(&file.sha256))
            .presigned(config)
            .await
            .map_err(failed)?;
        let headers = signed.headers().map(|(k, v)| (k.to_ascii_lowercase(), v.to_owned())).collect();
        Ok(SignedUpload { url: signed.uri().to_owned(), headers })
    }

    async fn head(&self, key: &str) -> Result<Found, UploadError> {
        match self.client.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(object) => Ok(Found::Object { size_bytes: object.content_length().unwrap_or_default() }),
            Err(error) if error.as_service_error().is_some_and(HeadObjectError::is_not_found) => Ok(Found::Nothing),
            Err(error) => Err(failed(error)),
        }
    }
}

fn failed<E: std::error::Error>(error: E) -> UploadError {
    UploadError(aws_sdk_s3::error::DisplayErrorContext(error).to_string())
}

impl Uploads for S3Uploads {
    fn bucket(&self) -> &str {
        &self.bucket
    }

    fn sign<'a>(&'a self, file: Announced<'a>, valid_for: Duration) -> Answer<'a, SignedUpload> {
        Box::pin(self.sign_put(file, valid_for))
    }

    fn find<'a>(&'a self, key: &'a str) -> Answer<'a, Found> {
        Box::pin(self.head(key))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            let delete = self.client.delete_object().bucket(&self.bucket).key(key);
            delete.send().await.map(|_| ()).map_err(failed)
        })
    }
}
