//! What the binary does on a command line without a stack.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use course_format::sop::{ParsedSops, SopDocument};

use crate::pipeline::{Refusal, contain};

/// `parse FILE...`: JSON of all files that could be read on standard output, one line for each that could not on
/// standard error.
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
}

impl Parse {
    pub async fn run(self) -> ExitCode {
        let (mut documents, mut failed) = (Vec::new(), false);
        for path in &self.files {
            match parse(path).await {
                Ok(document) => documents.push(document),
                Err(refusal) => {
                    failed = true;
                    eprintln!("{}: {}: {refusal}", path.display(), refusal.code());
                }
            }
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

async fn parse(path: &Path) -> Result<SopDocument, Refusal> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let Ok(reader) = std::env::current_exe() else { return Err(Refusal::Unreadable) };
    contain::parent(&reader, path, &name).await.unwrap_or(Err(Refusal::Unreadable))
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
