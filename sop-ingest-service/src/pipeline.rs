//! From a file's bytes to a parsed SOP, in the order the data flows:
//! `identify -> extract -> structure -> profile -> procedures -> redact`, then `chunk -> embed -> index` for search.
//!
//! Everything up to the parsed SOP is a pure function of the bytes and the name: no network, no database, no clock.

mod active;
pub mod chunk;
pub mod contain;
pub mod embed;
pub mod extract;
pub mod identify;
pub mod index;
mod language;
mod metadata;
#[cfg(test)]
mod mutations;
mod pattern;
pub mod pictures;
pub mod procedures;
pub mod profile;
pub mod quote;
mod read;
mod redact;
mod refusal;
pub mod scan;
pub mod search;
pub mod structure;
#[cfg(test)]
mod tests;
mod words;

pub use read::{read, read_by_stages, safe_name};
pub use refusal::Refusal;
