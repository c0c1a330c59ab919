//! `course-gen-service audit`: a finished course against its SOPs, counted.

use std::fs;
use std::path::PathBuf;

use course_format::course::CoursePackage;

use crate::draft::{self, DraftError};
use crate::engine::audit::{Audit, audit};
use crate::engine::{self, EngineError};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub struct AuditArgs {
    /// Parsed SOPs, as `sop-ingest-service parse` prints them.
    #[arg(long, value_name = "FILE")]
    pub sop: PathBuf,
    /// `course.json` of the course that was made from them.
    #[arg(long, value_name = "FILE")]
    pub course: PathBuf,
}

/// Reads both and counts.
///
/// # Errors
/// A file cannot be read or is not what it should be.
pub fn run(args: &AuditArgs) -> Result<Audit, DraftError> {
    let sops = draft::read(&args.sop)?;
    let path = &args.course;
    let bytes = fs::read(path).map_err(|source| DraftError::Read { path: path.clone(), source })?;
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    let package: CoursePackage = serde_path_to_error::deserialize(&mut reader).map_err(|e| DraftError::Format {
        path: path.clone(),
        place: e.path().to_string(),
        reason: e.inner().to_string(),
    })?;
    let library = engine::open(sops).map_err(EngineError::from)?;
    Ok(audit(&library, &package))
}
