use course_format::course::CoursePackage;
use mongodb::{
    Client, Collection,
    bson::doc,
    error::{ErrorKind, WriteFailure},
};
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// The server's code for a document that is there already.
const DUPLICATE_KEY: i32 = 11000;

/// Packages by the SHA-256 of their `course.json`.
#[derive(Clone)]
pub(crate) struct Contents(Collection<Stored>);

#[derive(Deserialize, Serialize)]
struct Stored {
    #[serde(rename = "_id")]
    sha256: String,
    /// As JSON, not through BSON's own idea of the types: ids stay the strings that they are in the package.
    package: serde_json::Value,
}

impl Contents {
    pub async fn connect(url: &str, database: &str) -> Result<Self, StoreError> {
        let client = Client::with_uri_str(url).await.map_err(away)?;
        Ok(Self(client.database(database).collection("course_contents")))
    }

    pub async fn get(&self, sha256: &str) -> Result<Option<CoursePackage>, StoreError> {
        let stored = self.0.find_one(doc! { "_id": sha256 }).await.map_err(away)?;
        stored
            .map(|s| serde_json::from_value(s.package))
            .transpose()
            .map_err(|error| StoreError::Broken(format!("the stored content is not a course package: {error}")))
    }

    /// It may be there already.
    pub async fn put(&self, sha256: &str, package: &CoursePackage) -> Result<(), StoreError> {
        let package = serde_json::to_value(package).map_err(|error| StoreError::Broken(error.to_string()))?;
        match self.0.insert_one(Stored { sha256: sha256.to_owned(), package }).await {
            Err(error) if !is_duplicate(&error) => Err(away(error)),
            _ => Ok(()),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn away(error: mongodb::error::Error) -> StoreError {
    StoreError::Unavailable(format!("MongoDB: {error}"))
}

fn is_duplicate(error: &mongodb::error::Error) -> bool {
    matches!(&*error.kind, ErrorKind::Write(WriteFailure::WriteError(e)) if e.code == DUPLICATE_KEY)
}
