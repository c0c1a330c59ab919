//! `course-gen-service impact`: what a new version of a SOP means for a course, on files.

use std::fs;
use std::path::{Path, PathBuf};

use course_format::course::{CourseImpact, CoursePackage, TouchedElement};
use course_format::sop::{ClauseId, SopDiff};
use serde::de::DeserializeOwned;
use serde_json::Value;

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
    if args.json {
        Ok(serde_json::to_string_pretty(&impact)?)
    } else {
        Ok(lines(&impact, &serde_json::to_value(&package)?))
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let fail = |reason: String| anyhow::anyhow!("{}: {reason}", path.display());
    let bytes = fs::read(path).map_err(|e| fail(e.to_string()))?;
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|e| fail(e.to_string()))
}

fn lines(impact: &CourseImpact, package: &Value) -> String {
    let element = |e: &TouchedElement| {
        format!("  {}: {}\n    {} because of {}", e.part, said(package, &e.path), e.element_id, names(&e.clauses))
    };
    let mut out = vec![format!(
        "{} elements in {} lessons and {} of the final test are touched; {} new clauses are not taught yet",
        impact.lessons.iter().map(|l| l.elements.len()).sum::<usize>(),
        impact.lessons.len(),
        impact.assessment.len(),
        impact.untaught.len()
    )];
    for lesson in &impact.lessons {
        out.push(format!("\nLesson {}: {}", lesson.number, lesson.title));
        out.extend(lesson.elements.iter().map(element));
    }
    if !impact.assessment.is_empty() {
        out.push("\nFinal test".to_owned());
        out.extend(impact.assessment.iter().map(element));
    }
    if !impact.clauses.is_empty() {
        out.push("\nWhy".to_owned());
    }
    for clause in &impact.clauses {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "(nothing)".to_owned());
        let mark = if clause.critical { " (a limit, an amount, a ban or a duty)" } else { "" };
        let change = format!("{:?}", clause.change).to_lowercase();
        out.push(format!(
            "  {} {change}{mark}\n    was: {}\n    is:  {}",
            clause.clause_id,
            text(&clause.was),
            text(&clause.becomes)
        ));
    }
    if !impact.untaught.is_empty() {
        out.push(format!("\nNew, and not taught yet\n  {}", names(&impact.untaught)));
    }
    out.join("\n")
}

/// The words of the element, as far as they fit on a line.
fn said(package: &Value, path: &str) -> String {
    const LONGEST: usize = 90;
    let found = package.pointer(path).unwrap_or(&Value::Null);
    let words = ["text", "stem", "term", "title"].iter().find_map(|name| match found.get(name) {
        Some(Value::Object(inner)) => inner.get("text").and_then(Value::as_str),
        other => other.and_then(Value::as_str),
    });
    let words = words.unwrap_or_default();
    let short: String = words.chars().take(LONGEST).collect();
    if short.len() < words.len() { format!("“{short}…”") } else { format!("“{short}”") }
}

fn names(clauses: &[ClauseId]) -> String {
    clauses.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(", ")
}
