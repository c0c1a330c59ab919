//! What a client is told before a course is made: what to mend in the SOP, and how much work it will be.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use course_format::Level;

use super::parse;
use crate::pipeline::{profile::defects::report, quote};

/// `defects FILE`: the report as JSON, or as a page.
#[derive(Args, Debug)]
pub struct Defects {
    file: PathBuf,
    /// Write a page to print instead of JSON on standard output.
    #[arg(long, value_name = "OUT")]
    html: Option<PathBuf>,
    /// Also name the sentences that are far above learners of this level.
    #[arg(long)]
    level: Option<Level>,
}

/// `quote FILE --level A2`: estimated lessons and hours, as JSON.
#[derive(Args, Debug)]
pub struct Quote {
    file: PathBuf,
    /// Of the learners.
    #[arg(long)]
    level: Level,
}

impl Defects {
    /// # Errors
    /// The page cannot be written.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let document = match parse(&self.file).await {
            Ok(document) => document,
            Err(refusal) => {
                eprintln!("{}: {refusal}", self.file.display());
                return Ok(ExitCode::FAILURE);
            }
        };
        let report = report::of(&document, self.level);
        match self.html {
            Some(out) => std::fs::write(out, report::html(&report))?,
            None => println!("{}", serde_json::to_string_pretty(&report)?),
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Quote {
    /// # Errors
    /// Serialising is fallible by its type only.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match parse(&self.file).await {
            Ok(document) => println!("{}", serde_json::to_string_pretty(&quote::quote(&document, self.level))?),
            Err(refusal) => {
                eprintln!("{}: {refusal}", self.file.display());
                return Ok(ExitCode::FAILURE);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
