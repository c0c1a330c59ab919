//! The MongoDB side: results of steps and packages, each under the SHA-256 of its bytes.
//!
//! The same bytes may belong to several jobs, so each document names its jobs, and goes when the last of them has no more need
//! of it. What is longer than a document of MongoDB may be lies in several.

use course_format::sha256_hex;
use mongodb::bson::{Binary, doc, spec::BinarySubtype};
use mongodb::error::{ErrorKind, WriteFailure};
use mongodb::{Client, Collection, IndexModel};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;

/// The server's code for a document that is there already.
const DUPLICATE_KEY: i32 = 11000;

/// Bytes in one document; MongoDB takes 16 MiB.
const PART: usize = 8 * 1024 * 1024;

#[derive(Clone)]
pub struct Drafts {
    drafts: Collection<Stored>,
    packages: Collection<Stored>,
}

#[derive(Deserialize, Serialize)]
struct Stored {
    /// The hash; further parts have their number behind it.
    #[serde(rename = "_id")]
    id: String,
    json: Binary,
    /// How many parts there are.
    #[serde(default = "one")]
    parts: u32,
    /// The jobs that need it.
    #[serde(default)]
    jobs: Vec<String>,
}

fn one() -> u32 {
    1
}

impl From<mongodb::error::Error> for StoreError {
    fn from(error: mongodb::error::Error) -> Self {
        lost(error.to_string())
    }
}

fn lost(reason: String) -> StoreError {
    StoreError::Unreachable { store: "MongoDB", reason }
}

impl Drafts {
    /// Connects on first use, so that the service starts while MongoDB is still coming up.
    pub async fn connect(url: &str, database: &str) -> Result<Self, StoreError> {
        let database = Client::with_uri_str(url).await?.database(database);
        Ok(Self { drafts: database.collection("drafts"), packages: database.collection("packages") })
    }

    /// Keeps a step's result for the job and returns its hash.
    pub async fn put<T: Serialize + Sync>(&self, job: Uuid, draft: &T) -> Result<String, StoreError> {
        let bytes = serde_json::to_vec(draft).map_err(|e| lost(e.to_string()))?;
        insert(&self.drafts, job, &bytes).await
    }

    /// Keeps the bytes of a `course.json`.
    pub async fn put_package(&self, job: Uuid, bytes: &[u8]) -> Result<String, StoreError> {
        insert(&self.packages, job, bytes).await
    }

    pub async fn get<T: serde::de::DeserializeOwned>(&self, sha256: &str) -> Result<T, StoreError> {
        let gone = || lost(format!("the draft {sha256} is not there"));
        let first = self.drafts.find_one(doc! { "_id": sha256 }).await?.ok_or_else(gone)?;
        let mut bytes = first.json.bytes;
        for number in 1..first.parts {
            let part = self.drafts.find_one(doc! { "_id": name(sha256, number) }).await?.ok_or_else(gone)?;
            bytes.extend(part.json.bytes);
        }
        serde_json::from_slice(&bytes).map_err(|e| lost(e.to_string()))
    }

    /// Takes away what only this job needs; doing it again changes nothing, and after a crash it goes on.
    pub async fn sweep(&self, job: Uuid) -> Result<(), StoreError> {
        let job = job.to_string();
        for collection in [&self.drafts, &self.packages] {
            collection.create_index(IndexModel::builder().keys(doc! { "jobs": 1 }).build()).await?;
            // A job that puts the same bytes meanwhile adds its name before, or puts the bytes there again.
            collection.delete_many(doc! { "jobs": [&job] }).await?;
            collection.update_many(doc! { "jobs": &job }, doc! { "$pull": { "jobs": &job } }).await?;
        }
        Ok(())
    }
}

fn name(sha256: &str, part: u32) -> String {
    if part == 0 { sha256.to_owned() } else { format!("{sha256}/{part}") }
}

async fn insert(collection: &Collection<Stored>, job: Uuid, bytes: &[u8]) -> Result<String, StoreError> {
    let sha256 = sha256_hex(bytes);
    let chunks: Vec<&[u8]> = bytes.chunks(PART).collect();
    let parts = u32::try_from(chunks.len()).map_err(|e| lost(e.to_string()))?;
    // The first part last: where it is, the others are.
    for (number, chunk) in (0..parts).zip(chunks).rev() {
        let id = name(&sha256, number);
        let json = Binary { subtype: BinarySubtype::Generic, bytes: chunk.to_vec() };
        let kept = doc! { "$setOnInsert": { "json": json, "parts": parts }, "$addToSet": { "jobs": job.to_string() } };
        let put = || collection.update_one(doc! { "_id": &id }, kept.clone()).upsert(true);
        match put().await {
            Ok(_) => {}
            // Somebody else was there between looking and writing.
            Err(error) if is_duplicate(&error) => {
                put().await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sha256)
}

fn is_duplicate(error: &mongodb::error::Error) -> bool {
    matches!(&*error.kind, ErrorKind::Write(WriteFailure::WriteError(e)) if e.code == DUPLICATE_KEY)
}
