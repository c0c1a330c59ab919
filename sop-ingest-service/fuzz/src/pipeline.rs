//! The folder beside this file is the service's own `src/pipeline`; here are the stages that read files.

mod active;
pub mod contain;
pub mod extract;
pub mod identify;
mod language;
mod metadata;
mod pattern;
pub mod procedures;
pub mod profile;
mod read;
mod redact;
mod refusal;
pub mod structure;
mod words;

pub use read::{read, read_by_stages, safe_name};
pub use refusal::Refusal;
