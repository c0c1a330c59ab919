//! Content of course versions: fetched once from S3, checked, kept in MongoDB under its hash.
//!
//! Content never changes, so the order is simple: first MongoDB, then the Postgres row that refers to it. A crash between the
//! two leaves a document that the next attempt finds in place.

mod fetcher;
mod outline;
mod queries;

pub use fetcher::Fetcher;
