//! What the binary does on a command line without a stack.

mod evaluate;
mod members;
mod report;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use course_format::sop::{ChangeKind, ClauseChange, ParsedSops, SopDiff, SopDocument};

pub use evaluate::EvaluateSearch;
pub use report::{Defects, Quote};

use crate::{
    pipeline::{
        Refusal, contain,
        scan::{ScanError, Scanner, VARIABLE},
    },
    versions,
};

/// `parse FILE...`: JSON of all documents that could be read on standard output, those of an archive each by itself; one
/// line for each that could not on standard error.
#[derive(Args, Debug)]
pub struct Parse {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON (the default).
    #[arg(long)]
    json: bool,
    /// Print a few lines about each file instead.
    #[arg(long, conflicts_with = "json")]
    summary: bool,
    /// The parsed SOP (or the file) that this one is a new version of: its clauses keep their ids.
    #[arg(long)]
    previous: Option<PathBuf>,
}

impl Parse {
    pub async fn run(self) -> ExitCode {
        let previous = match &self.previous {
            Some(path) => match version(path).await {
                Some(previous) => Some(previous),
                None => return ExitCode::FAILURE,
            },
            None => None,
        };
        let (mut documents, mut failed) = (Vec::new(), false);
        for path in &self.files {
            for (name, read) in members::parse_each(path).await {
                match read {
                    Ok(document) => documents.push(document),
                    Err(unread) => {
                        failed = true;
                        eprintln!("{name}: {unread}");
                    }
                }
            }
        }
        match (previous, documents.as_mut_slice()) {
            (Some(previous), [document]) => versions::adopt(&previous, document),
            (Some(_), [_, _, ..]) => {
                eprintln!("--previous belongs to one document");
                return ExitCode::FAILURE;
            }
            _ => {}
        }
        if self.summary {
            documents.iter().for_each(print_summary);
        } else if !documents.is_empty() {
            match serde_json::to_string_pretty(&ParsedSops { documents }) {
                Ok(json) => println!("{json}"),
                Err(_) => failed = true,
            }
        }
        if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

/// Why there is nothing of a file.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error("{}: {_0}", .0.code())]
    Refused(#[from] Refusal),
    #[error("scanner_unavailable: The virus scanner at {VARIABLE} gives no answer ({0}), so the file was not opened.")]
    NotScanned(#[from] ScanError),
    #[error("scanner_unavailable: {VARIABLE} is {0}.")]
    Address(&'static str),
}

async fn parse(path: &Path) -> Result<SopDocument, Unread> {
    if let Ok(address) = std::env::var(VARIABLE) {
        let scanner: Scanner = address.parse().map_err(Unread::Address)?;
        // A name without a file has its answer below.
        if path.is_file() {
            scanner.scan(path).await??;
        }
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(parse_as(path, &name).await?)
}

/// Reads a file that is called `name`, whatever it is called where it lies.
async fn parse_as(path: &Path, name: &str) -> Result<SopDocument, Refusal> {
    let Ok(reader) = std::env::current_exe() else { return Err(Refusal::Unreadable) };
    let read = contain::parent(&reader, path, name).await.unwrap_or(Err(Refusal::Unreadable));
    read.map(|(document, _)| document)
}

fn print_summary(document: &SopDocument) {
    let profile = &document.profile;
    println!("{} ({:?}, {} pages)", document.title, document.format, document.pages);
    println!(
        "  {} clauses: {} steps, {} rules, {} warnings; {} literals; {} procedures; {} terms; {} weak places",
        profile.clauses,
        profile.steps,
        profile.rules,
        profile.warnings,
        profile.literals,
        document.procedures.len(),
        document.terms.len(),
        document.defects.len()
    );
    document.notes.iter().for_each(|note| println!("  note: {note}"));
}

/// `diff OLD NEW`: what a new version changed. Files of any format that `parse` reads, or its JSON.
#[derive(Args, Debug)]
pub struct Diff {
    old: PathBuf,
    new: PathBuf,
    /// Print JSON instead of lines to read.
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub async fn run(self) -> ExitCode {
        let (Some(old), Some(mut new)) = (version(&self.old).await, version(&self.new).await) else {
            return ExitCode::FAILURE;
        };
        if new.document_id != old.document_id || new.version.number <= old.version.number {
            versions::adopt(&old, &mut new);
        }
        let diff = versions::compare(&old, &new);
        if !self.json {
            print_diff(&diff);
            return ExitCode::SUCCESS;
        }
        match serde_json::to_string_pretty(&diff) {
            Ok(json) => println!("{json}"),
            Err(_) => return ExitCode::FAILURE,
        }
        ExitCode::SUCCESS
    }
}

/// One version of a SOP: parsed before, or to be parsed. Says on standard error why there is none.
async fn version(path: &Path) -> Option<SopDocument> {
    let parsed = std::fs::read(path).ok().filter(|bytes| bytes.trim_ascii_start().starts_with(b"{"));
    let parsed = parsed.and_then(|bytes| {
        let sops = serde_json::from_slice::<ParsedSops>(&bytes).ok().and_then(|sops| sops.documents.into_iter().next());
        sops.or_else(|| serde_json::from_slice(&bytes).ok())
    });
    if parsed.is_some() {
        return parsed;
    }
    match parse(path).await {
        Ok(document) => Some(document),
        Err(unread) => {
            eprintln!("{}: {unread}", path.display());
            None
        }
    }
}

fn print_diff(diff: &SopDiff) {
    let s = &diff.summary;
    println!("{}: version {} to version {}", diff.title, diff.from.number, diff.to.number);
    println!(
        "  {} unchanged, {} edited ({} of them touch a number, a negation or a demand), {} moved, {} added, {} removed",
        s.unchanged, s.edited, s.critical, s.moved, s.added, s.removed
    );
    diff.changes.iter().for_each(print_change);
}

fn print_change(change: &ClauseChange) {
    let Some(state) = change.new.as_ref().or(change.old.as_ref()) else { return };
    let label = state.label.as_ref().map(|l| format!("{l}. ")).unwrap_or_default();
    println!("\n  in \"{}\"", state.section);
    match change.change {
        ChangeKind::Added => println!("  + {label}{}", state.text),
        ChangeKind::Removed => println!("  - {label}{}", state.text),
        ChangeKind::Moved => println!("  > {label}{}", state.text),
        ChangeKind::Edited => {
            println!("  ~ {label}{}{}", state.text, if change.moved { " (moved)" } else { "" });
            change.words.iter().for_each(|w| println!("      \"{}\" became \"{}\"", w.old, w.new));
        }
    }
    let safety = change.safety.iter();
    for (touched, what) in
        safety.flat_map(|s| [(s.literals, "a number or limit"), (s.negation, "a negation"), (s.modality, "a demand")])
    {
        if touched {
            println!("      ! changes {what}");
        }
    }
}
