//! S3: files as the rep uploaded them, and parsed SOPs.

use std::path::Path;

use aws_sdk_s3::{Client, operation::get_object::GetObjectError, primitives::ByteStream};
use axum::body::Bytes;
use course_format::sop::{ParsedSops, SopDiff, SopDocument};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::pipeline::{Refusal, contain::MAX_FILE, pictures};

#[derive(Clone)]
pub struct Store {
    client: Client,
    pub uploads_bucket: String,
    pub sops_bucket: String,
}

/// Where everything of one version of a SOP lies.
#[derive(Clone, Debug)]
pub struct Folder(String);

impl Folder {
    pub fn of(lineage_id: Uuid, version: i32) -> Self {
        Self(format!("sops/{lineage_id}/v{version}/"))
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.0)
    }

    fn picture(&self, page: u32) -> String {
        self.key(&format!("pages/{page}.jpg"))
    }
}

/// What an upload was announced to be.
#[derive(Clone, Copy, Debug)]
pub struct Announced<'a> {
    pub key: &'a str,
    pub size_bytes: u64,
    pub sha256: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("S3 does not answer as it should")]
    S3(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the local disk does not take the file")]
    Disk(#[from] std::io::Error),
    #[error("the parsed SOP is not what was written")]
    Content(#[from] serde_json::Error),
    #[error("there is no document in the parsed SOP")]
    Empty,
    #[error(transparent)]
    Refused(#[from] Refusal),
}

fn s3<E: std::error::Error + Send + Sync + 'static>(error: E) -> StoreError {
    StoreError::S3(Box::new(error))
}

impl Store {
    pub fn new(aws: &aws_config::SdkConfig, uploads_bucket: String, sops_bucket: String) -> Self {
        // One machine's S3 knows no bucket in a host name.
        let config = aws_sdk_s3::config::Builder::from(aws).force_path_style(true).build();
        Self { client: Client::from_conf(config), uploads_bucket, sops_bucket }
    }

    /// Copies an upload to `path`, checking that it is the file that was announced.
    pub async fn fetch(&self, announced: Announced<'_>, path: &Path) -> Result<(), StoreError> {
        if announced.size_bytes > MAX_FILE {
            return Err(Refusal::TooLarge.into());
        }
        let got = self.client.get_object().bucket(&self.uploads_bucket).key(announced.key).send().await;
        let mut body = match got {
            Ok(got) => got.body,
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => {
                return Err(Refusal::NotUploaded.into());
            }
            Err(error) => return Err(s3(error)),
        };
        let mut file = tokio::fs::File::create(path).await?;
        let (mut size, mut digest) = (0_u64, Sha256::new());
        while let Some(bytes) = body.try_next().await.map_err(s3)? {
            size += bytes.len() as u64;
            if size > announced.size_bytes {
                return Err(Refusal::ChecksumMismatch.into());
            }
            digest.update(&bytes);
            file.write_all(&bytes).await?;
        }
        file.flush().await?;
        let same = size == announced.size_bytes && hex::encode(digest.finalize()) == announced.sha256.to_lowercase();
        if same { Ok(()) } else { Err(Refusal::ChecksumMismatch.into()) }
    }

    /// Writes a parsed SOP and returns its key.
    pub async fn put_parsed(&self, folder: &Folder, document: SopDocument) -> Result<String, StoreError> {
        let json = serde_json::to_vec(&ParsedSops { documents: vec![document] })?;
        self.put(folder.key("sop.json"), "application/json", ByteStream::from(json)).await
    }

    /// Writes what a version changed and returns its key.
    pub async fn put_diff(&self, folder: &Folder, diff: &SopDiff) -> Result<String, StoreError> {
        self.put(folder.key("diff.json"), "application/json", ByteStream::from(serde_json::to_vec(diff)?)).await
    }

    /// Writes the picture of a page.
    pub async fn put_picture(&self, folder: &Folder, page: u32, path: &Path) -> Result<String, StoreError> {
        let bytes = tokio::fs::read(path).await?;
        self.put(folder.picture(page), pictures::CONTENT_TYPE, ByteStream::from(bytes)).await
    }

    async fn put(&self, key: String, content_type: &str, body: ByteStream) -> Result<String, StoreError> {
        let put = self.client.put_object().bucket(&self.sops_bucket).key(&key).content_type(content_type);
        put.body(body).send().await.map_err(s3)?;
        Ok(key)
    }

    /// The picture of a page, if there is one.
    pub async fn get_picture(&self, folder: &Folder, page: u32) -> Result<Option<Bytes>, StoreError> {
        let got = self.client.get_object().bucket(&self.sops_bucket).key(folder.picture(page)).send().await;
        match got {
            Ok(got) => Ok(Some(got.body.collect().await.map_err(s3)?.into_bytes())),
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => Ok(None),
            Err(error) => Err(s3(error)),
        }
    }

    /// Leaves nothing in the folder.
    pub async fn remove(&self, folder: &Folder) -> Result<(), StoreError> {
        let list = || self.client.list_objects_v2().bucket(&self.sops_bucket).prefix(folder.key(""));
        loop {
            let found = list().send().await.map_err(s3)?;
            if found.contents().is_empty() {
                return Ok(());
            }
            for key in found.contents().iter().filter_map(|object| object.key()) {
                self.client.delete_object().bucket(&self.sops_bucket).key(key).send().await.map_err(s3)?;
            }
        }
    }

    pub async fn get_parsed(&self, key: &str) -> Result<SopDocument, StoreError> {
        let got = self.client.get_object().bucket(&self.sops_bucket).key(key).send().await.map_err(s3)?;
        let bytes = got.body.collect().await.map_err(s3)?.into_bytes();
        let parsed: ParsedSops = serde_json::from_slice(&bytes)?;
        parsed.documents.into_iter().next().ok_or(StoreError::Empty)
    }
}
