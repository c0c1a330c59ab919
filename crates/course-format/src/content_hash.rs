//! A course version is named by its content: the same package gives the same bytes, and so the same name, anywhere.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::course::CoursePackage;

/// `course.json`: compact JSON, fields in the order of the types, maps ordered by key.
///
/// # Errors
/// None for a package that was read or validated; serialising is fallible by its type only.
pub fn package_bytes(package: &CoursePackage) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(package)
}

/// SHA-256 of the bytes, in lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The name of a course version.
///
/// # Errors
/// As [`package_bytes`].
pub fn package_hash(package: &CoursePackage) -> serde_json::Result<String> {
    package_bytes(package).map(|bytes| sha256_hex(&bytes))
}
