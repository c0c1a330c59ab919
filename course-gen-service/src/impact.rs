//! `course-gen-service impact`: what a new version of a SOP means for a course, on files.

use std::fs;
use std::path::{Path, PathBuf};

use course_format::course::{CourseImpact, CoursePackage};
use course_format::sop::SopDiff;
use serde::de::DeserializeOwned;

use crate::engine::impact::impact;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub struct ImpactArgs {
    /// The course, as `draft` writes it.
    #[arg(long, value_name = "FILE")]
    pub course: PathBuf,
    /// What changed, as `sop-ingest-service diff --json` prints it.
    #[arg(long, value_name = "FILE")]
    pub diff: PathBuf,
    /// Print JSON instead of lines to read.
    #[arg(long)]
    pub json: bool,
}

/// What the command prints.
///
/// # Errors
/// A file cannot be read, or the course was not made from this SOP.
pub fn run(args: &ImpactArgs) -> anyhow::Result<String> {
    let package: CoursePackage = read(&args.course)?;
    let diff: SopDiff = read(&args.diff)?;
    if !package.course.sops.iter().any(|sop| sop.document_id == diff.document_id) {
        anyhow::bail!("the course was not made from the SOP \"{}\" ({})", diff.title, diff.document_id);
    }
    let impact = impact(&package, &diff);
    if args.json { Ok(serde_json::to_string_pretty(&impact)?) } else { Ok(lines(&impact)) }
}

fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let fail = |reason: String| anyhow::anyhow!("{}: {reason}", path.display());
    let bytes = fs::read(path).map_err(|e| fail(e.to_string()))?;
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|e| fail(e.to_string()))
}

fn lines(impact: &CourseImpact) -> String {
    let mut out = vec![format!(
        "{} elements in {} lessons and {} of the final test are touched; {} new clauses are not taught yet",
        impact.lessons.iter().map(|l| l.elements.len()).sum::<usize>(),
        impact.lessons.len(),
        impact.assessment.len(),
        impact.untaught.len()
    )];
    for lesson in &impact.lessons {
        out.push(format!("\nLesson {}: {}", lesson.number, lesson.title));
        out.extend(lesson.elements.iter().map(|e| format!("  {} {} ({})", e.part, e.element_id, names(&e.clauses))));
    }
    if !impact.assessment.is_empty() {
        out.push("\nFinal test".to_owned());
        out.extend(impact.assessment.iter().map(|e| format!("  item {} ({})", e.element_id, names(&e.clauses))));
    }
    for clause in &impact.clauses {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "(nothing)".to_owned());
        let mark = if clause.critical { " !" } else { "" };
        out.push(format!(
            "\n{}{mark}\n  was: {}\n  is:  {}",
            clause.clause_id,
            text(&clause.was),
            text(&clause.becomes)
        ));
    }
    out.join("\n")
}

fn names(clauses: &[course_format::sop::ClauseId]) -> String {
    clauses.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(", ")
}
