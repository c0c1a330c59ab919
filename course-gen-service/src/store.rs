//! S3 and MongoDB: parsed SOPs in, drafts and packages out.

mod drafts;

use aws_config::SdkConfig;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use course_format::sop::{ParsedSops, SopDocument};
use events::payloads::ParsedSop;

pub use drafts::Drafts;

/// A store did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Trying again may help.
    #[error("{store} is out of reach: {reason}")]
    Unreachable { store: &'static str, reason: String },
    /// It will not.
    #[error("the parsed SOP {key} is not there")]
    Missing { key: String },
    #[error("the parsed SOP {key} is not one document of the version that was announced: {reason}")]
    Damaged { key: String, reason: String },
}

/// The S3 side.
#[derive(Clone)]
pub struct Objects {
    client: aws_sdk_s3::Client,
    bucket: String,
}

impl Objects {
    /// `bucket` takes the packages.
    pub fn new(aws: &SdkConfig, bucket: String) -> Self {
        let config = aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build();
        Self { client: aws_sdk_s3::Client::from_conf(config), bucket }
    }

    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The parsed SOP that an event announced.
    pub async fn sop(&self, sop: &ParsedSop) -> Result<SopDocument, StoreError> {
        let damaged = |reason: String| StoreError::Damaged { key: sop.key.clone(), reason };
        let parsed: ParsedSops = self.json(&sop.bucket, &sop.key).await?;
        parsed
            .documents
            .into_iter()
            .find(|d| d.document_id == sop.document_id)
            .ok_or_else(|| damaged("the document has another id".to_owned()))
    }

    /// Anything that is kept as JSON.
    pub async fn json<T: serde::de::DeserializeOwned>(&self, bucket: &str, key: &str) -> Result<T, StoreError> {
        let bytes = self.bytes(bucket, key).await?;
        serde_json::from_slice(&bytes).map_err(|e| StoreError::Damaged { key: key.to_owned(), reason: e.to_string() })
    }

    async fn bytes(&self, bucket: &str, key: &str) -> Result<Vec<u8>, StoreError> {
        let found = self.client.get_object().bucket(bucket).key(key).send().await.map_err(|error| {
            if matches!(error.as_service_error(), Some(GetObjectError::NoSuchKey(_))) {
                StoreError::Missing { key: key.to_owned() }
            } else {
                StoreError::Unreachable { store: "S3", reason: DisplayErrorContext(&error).to_string() }
            }
        })?;
        let body = found.body.collect().await;
        let body = body.map_err(|e| StoreError::Unreachable { store: "S3", reason: e.to_string() })?;
        Ok(body.into_bytes().to_vec())
    }

    /// Writes an object under a key that names its content: writing it again changes nothing.
    pub async fn put(&self, key: &str, content_type: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(content_type)
            .body(ByteStream::from(bytes))
            .send()
            .await
            .map_err(|e| StoreError::Unreachable { store: "S3", reason: DisplayErrorContext(&e).to_string() })?;
        Ok(())
    }

    /// Takes away what lies under `folder` and in none of its subfolders `kept`; says how many objects that were.
    pub async fn sweep(&self, folder: &str, kept: &[String]) -> Result<usize, StoreError> {
        let unreachable = |reason: String| StoreError::Unreachable { store: "S3", reason };
        let mut swept = 0;
        let mut pages = self.client.list_objects_v2().bucket(&self.bucket).prefix(folder).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| unreachable(DisplayErrorContext(&e).to_string()))?;
            let keys = page.contents().iter().filter_map(|object| object.key());
            let gone = keys.filter(|key| !kept.iter().any(|k| key.starts_with(&format!("{k}/"))));
            let objects: Result<Vec<ObjectIdentifier>, _> =
                gone.map(|key| ObjectIdentifier::builder().key(key).build()).collect();
            let objects = objects.map_err(|e| unreachable(e.to_string()))?;
            if objects.is_empty() {
                continue;
            }
            swept += objects.len();
            let delete = Delete::builder().set_objects(Some(objects)).quiet(true).build();
            let delete = delete.map_err(|e| unreachable(e.to_string()))?;
            let done = self.client.delete_objects().bucket(&self.bucket).delete(delete).send().await;
            let done = done.map_err(|e| unreachable(DisplayErrorContext(&e).to_string()))?;
            if let Some(error) = done.errors().first() {
                return Err(unreachable(error.message().unwrap_or("an object was not deleted").to_owned()));
            }
        }
        Ok(swept)
    }
}
