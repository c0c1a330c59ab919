use std::process::ExitCode;

use clap::{Parser, Subcommand};
use course_gen_service::audit::{self, AuditArgs};
use course_gen_service::draft::{self, DraftArgs};
use course_gen_service::impact::{self, ImpactArgs};
use course_gen_service::{Config, SERVICE};
use platform::{cli::DlqCommand, config::PlatformConfig, kafka::Kafka};

/// Makes English courses out of parsed SOPs.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take events, run jobs and answer requests until told to stop.
    Serve(Box<Config>),
    /// Bring the database up to date.
    Migrate {
        #[arg(long, env = "COURSE_GEN_DATABASE_URL", hide_env_values = true)]
        database_url: String,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Make a course from a file, with no server.
    Draft(DraftArgs),
    /// Count how a finished course stands against its SOPs; prints JSON.
    Audit(AuditArgs),
    /// Show what a new version of a SOP means for a course, with no server.
    Impact(ImpactArgs),
    /// Look at dead letters, or replay them.
    Dlq {
        #[command(flatten)]
        platform: PlatformConfig,
        #[command(subcommand)]
        command: DlqCommand,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    match Cli::parse().command {
        Command::Serve(config) => course_gen_service::serve(*config).await?,
        Command::Migrate { database_url } => {
            platform::db::migrate(&platform::db::pool(&database_url)?, &course_gen_service::MIGRATOR).await?;
        }
        Command::Openapi => {
            print!("{}", platform::app::document(&course_gen_service::openapi())?);
        }
        Command::Draft(args) => match draft::run(&args).await {
            Ok(package) => println!("{}", draft::summary(&package, &args.out)),
            Err(refused) => {
                eprintln!("No course: {refused}");
                return Ok(ExitCode::FAILURE);
            }
        },
        Command::Audit(args) => match audit::run(&args) {
            Ok(audit) => println!("{}", serde_json::to_string_pretty(&audit)?),
            Err(refused) => {
                eprintln!("No audit: {refused}");
                return Ok(ExitCode::FAILURE);
            }
        },
        Command::Impact(args) => println!("{}", impact::run(&args)?),
        Command::Dlq { platform, command } => {
            tokio::task::spawn_blocking(move || command.run(&Kafka::new(&platform), SERVICE)).await??;
        }
    }
    Ok(ExitCode::SUCCESS)
}
