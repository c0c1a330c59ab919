//! SOPs and courses as types that all services share: no I/O.
//!
//! * [`sop`]: a Standard Operating Procedure after reading, down to clauses and steps.
//! * [`course`]: a course version, with its answer keys as a separate part.
//! * [`grading`]: what an answer is worth, and what the learner is told about it.
//! * [`validate`]: what must hold of both, with the path of every place where it does not.
//! * [`schema`]: both as JSON Schema.
//! * [`package_bytes`] and [`sha256_hex`]: the name of a course version is the hash of its bytes.

mod content_hash;
pub mod course;
pub mod grading;
mod level;
pub mod schema;
pub mod sop;
pub mod validate;

pub use content_hash::{package_bytes, package_hash, sha256_hex};
pub use level::{Level, UnknownLevel};
