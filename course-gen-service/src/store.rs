//! S3 and MongoDB: parsed SOPs in, drafts and packages out.

use aws_config::SdkConfig;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use course_format::sha256_hex;
use course_format::sop::{ParsedSops, SopDocument};
use events::payloads::ParsedSop;
use mongodb::bson::{Binary, doc, spec::BinarySubtype};
use mongodb::error::{ErrorKind, WriteFailure};
use mongodb::{Client, Collection};
use serde::{Deserialize, Serialize};

/// The server's code for a document that is there already.
const DUPLICATE_KEY: i32 = 11000;

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

impl From<mongodb::error::Error> for StoreError {
    fn from(error: mongodb::error::Error) -> Self {
        Self::Unreachable { store: "MongoDB", reason: error.to_string() }
    }
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
}

/// The MongoDB side: results of steps and packages, each under the SHA-256 of its bytes.
#[derive(Clone)]
pub struct Drafts {
    drafts: Collection<Stored>,
    packages: Collection<Stored>,
}

#[derive(Deserialize, Serialize)]
struct Stored {
    #[serde(rename = "_id")]
    sha256: String,
    json: Binary,
}

impl Drafts {
    /// Connects on first use, so that the service starts while MongoDB is still coming up.
    pub async fn connect(url: &str, database: &str) -> Result<Self, StoreError> {
        let database = Client::with_uri_str(url).await?.database(database);
        Ok(Self { drafts: database.collection("drafts"), packages: database.collection("packages") })
    }

    /// Keeps a step's result and returns its hash.
    pub async fn put<T: Serialize + Sync>(&self, draft: &T) -> Result<String, StoreError> {
        let bytes = serde_json::to_vec(draft)
            .map_err(|e| StoreError::Unreachable { store: "MongoDB", reason: e.to_string() })?;
        insert(&self.drafts, bytes).await
    }

    /// Keeps the bytes of a `course.json`.
    pub async fn put_package(&self, bytes: Vec<u8>) -> Result<String, StoreError> {
        insert(&self.packages, bytes).await
    }

    pub async fn get<T: serde::de::DeserializeOwned>(&self, sha256: &str) -> Result<T, StoreError> {
        let lost = |reason: String| StoreError::Unreachable { store: "MongoDB", reason };
        let stored = self
            .drafts
            .find_one(doc! { "_id": sha256 })
            .await?
            .ok_or_else(|| lost(format!("the draft {sha256} is not there")))?;
        serde_json::from_slice(&stored.json.bytes).map_err(|e| lost(e.to_string()))
    }
}

async fn insert(collection: &Collection<Stored>, bytes: Vec<u8>) -> Result<String, StoreError> {
    let sha256 = sha256_hex(&bytes);
    let json = Binary { subtype: BinarySubtype::Generic, bytes };
    match collection.insert_one(Stored { sha256: sha256.clone(), json }).await {
        Ok(_) => Ok(sha256),
        Err(error) if matches!(&*error.kind, ErrorKind::Write(WriteFailure::WriteError(e)) if e.code == DUPLICATE_KEY) => {
            Ok(sha256)
        }
        Err(error) => Err(error.into()),
    }
}
