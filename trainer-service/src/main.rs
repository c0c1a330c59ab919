use clap::{Parser, Subcommand};
use platform::{cli::DlqCommand, config::PlatformConfig, kafka::Kafka};
use trainer_service::{Config, SERVICE};

/// Assigned courses, sessions, attendance and grading.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests and take events until told to stop.
    Serve(Config),
    /// Bring the database up to date.
    Migrate {
        #[arg(long, env = "TRAINER_DATABASE_URL", hide_env_values = true)]
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
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Serve(config) => trainer_service::serve(config).await,
        Command::Migrate { database_url } => {
            Ok(platform::db::migrate(&platform::db::pool(&database_url)?, &trainer_service::MIGRATOR).await?)
        }
        Command::Openapi => {
            print!("{}", platform::app::document(&trainer_service::openapi())?);
            Ok(())
        }
        Command::Dlq { platform, command } => {
            tokio::task::spawn_blocking(move || command.run(&Kafka::new(&platform), SERVICE)).await?
        }
    }
}
