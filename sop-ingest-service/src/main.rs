use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use sop_ingest_service::{commands, pipeline::contain};

/// Reads SOPs into clauses and procedures, and makes them searchable.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read files without any service and print what is in them as JSON
    Parse {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print JSON (the default)
        #[arg(long)]
        json: bool,
        /// Print a few lines about each file instead of JSON
        #[arg(long, conflicts_with = "json")]
        summary: bool,
    },
    /// Read one file under limits and print one line: what `parse` and the service start for every file
    #[command(name = contain::COMMAND, hide = true)]
    ReadContained {
        #[arg(long, allow_hyphen_values = true)]
        name: String,
        path: PathBuf,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::ReadContained { name, path } => contain::child(&path, &name),
        Command::Parse { files, summary, .. } => run(commands::parse(&files, summary)),
    }
}

fn run(work: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => {
            eprintln!("The runtime does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
