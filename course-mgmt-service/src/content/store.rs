//! MongoDB: content by hash.

use std::time::Duration;

use course_format::course::CoursePackage;
use mongodb::{
    Client, Collection,
    bson::doc,
    error::{ErrorKind, WriteFailure},
    options::ClientOptions,
};
use serde::{Deserialize, Serialize};

/// The server's code for a document that is there already.
const DUPLICATE_KEY: i32 = 11000;
/// How long a server is looked for: shorter than a request's time limit, so that an outage is told as one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Immutable course content, each under the SHA-256 of its `course.json`.
#[derive(Clone)]
pub struct ContentStore(Collection<Stored>);

#[derive(Deserialize, Serialize)]
struct Stored {
    #[serde(rename = "_id")]
    sha256: String,
    /// As JSON, not through BSON's own idea of the types: ids stay the strings that they are in the package.
    package: serde_json::Value,
}

/// The store did not take or give what it should.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("MongoDB failed")]
    Mongo(#[from] mongodb::error::Error),
    #[error("the stored content is not a course package")]
    Format(#[from] serde_json::Error),
}

impl ContentStore {
    /// Connects on first use, so that the service starts while MongoDB is still coming up.
    ///
    /// # Errors
    /// The URL is not one of MongoDB.
    pub async fn connect(url: &str, database: &str) -> Result<Self, StoreError> {
        let mut options = ClientOptions::parse(url).await?;
        options.server_selection_timeout = Some(PATIENCE);
        let client = Client::with_options(options)?;
        Ok(Self(client.database(database).collection("course_contents")))
    }

    /// Keeps the content. It may be there already.
    ///
    /// # Errors
    /// MongoDB is away.
    pub async fn put(&self, sha256: &str, package: &CoursePackage) -> Result<(), StoreError> {
        let stored = Stored { sha256: sha256.to_owned(), package: serde_json::to_value(package)? };
        match self.0.insert_one(stored).await {
            Ok(_) => Ok(()),
            Err(error) if is_duplicate(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// # Errors
    /// MongoDB is away.
    pub async fn get(&self, sha256: &str) -> Result<Option<CoursePackage>, StoreError> {
        let stored = self.0.find_one(doc! { "_id": sha256 }).await?;
        stored.map(|s| serde_json::from_value(s.package)).transpose().map_err(StoreError::from)
    }
}

fn is_duplicate(error: &mongodb::error::Error) -> bool {
    matches!(&*error.kind, ErrorKind::Write(WriteFailure::WriteError(e)) if e.code == DUPLICATE_KEY)
}
