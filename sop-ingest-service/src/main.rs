use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use platform::{cli::DlqCommand, config::PlatformConfig, kafka::Kafka};
use sop_ingest_service::{
    Config, MIGRATOR, SERVICE, commands, openapi,
    pipeline::{contain, pictures},
};

/// Reads SOPs into clauses and procedures, and makes them searchable.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read files without any service and print what is in them as JSON.
    Parse(commands::Parse),
    /// Show what a new version of a SOP changed, clause by clause.
    Diff(commands::Diff),
    /// Answer requests and take events until told to stop.
    Serve(Config),
    /// Bring the database up to date.
    Migrate {
        #[arg(long, env = "SOP_INGEST_DATABASE_URL", hide_env_values = true)]
        database_url: String,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Look at dead letters, or replay them.
    Dlq {
        #[command(flatten)]
        platform: PlatformConfig,
        #[command(subcommand)]
        command: DlqCommand,
    },
    /// What should be mended in a SOP.
    Defects(commands::Defects),
    /// How many lessons and hours a course from a SOP will take.
    Quote(commands::Quote),
    /// Ask questions about a file, for `make eval-ingest`.
    #[command(hide = true)]
    EvaluateSearch(commands::EvaluateSearch),
    /// Read one file under limits and print one line: what `parse` and `serve` start for every file.
    #[command(name = contain::COMMAND, hide = true)]
    ReadContained {
        #[arg(long, allow_hyphen_values = true)]
        name: String,
        path: PathBuf,
    },
    /// Draw the pages of one PDF under limits: what `serve` starts for every PDF.
    #[command(name = pictures::COMMAND, hide = true)]
    DrawContained { path: PathBuf, folder: PathBuf },
}

fn main() -> anyhow::Result<ExitCode> {
    match Cli::parse().command {
        // Before there are threads: this process limits itself.
        Command::ReadContained { name, path } => Ok(contain::child(&path, &name)),
        Command::DrawContained { path, folder } => Ok(pictures::child(&path, &folder)),
        other => tokio::runtime::Runtime::new()?.block_on(run(other)),
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Parse(parse) => return Ok(parse.run().await),
        Command::Diff(diff) => return Ok(diff.run().await),
        Command::Defects(defects) => return defects.run().await,
        Command::Quote(quote) => return quote.run().await,
        Command::EvaluateSearch(evaluate) => evaluate.run().await?,
        Command::Serve(config) => sop_ingest_service::serve(config).await?,
        Command::Migrate { database_url } => {
            platform::db::migrate(&platform::db::pool(&database_url)?, &MIGRATOR).await?;
        }
        Command::Openapi => print!("{}", platform::app::document(&openapi())?),
        Command::Dlq { platform, command } => {
            tokio::task::spawn_blocking(move || command.run(&Kafka::new(&platform), SERVICE)).await??;
        }
        Command::ReadContained { name, path } => return Ok(contain::child(&path, &name)),
        Command::DrawContained { path, folder } => return Ok(pictures::child(&path, &folder)),
    }
    Ok(ExitCode::SUCCESS)
}
