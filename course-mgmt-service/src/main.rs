use clap::{Parser, Subcommand};
use course_mgmt_service::{Config, SERVICE};
use platform::{cli::DlqCommand, config::PlatformConfig, kafka::Kafka};

/// Course versions, review, library, assignments and reports.
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
        #[arg(long, env = "COURSE_MGMT_DATABASE_URL", hide_env_values = true)]
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
        Command::Serve(config) => course_mgmt_service::serve(config).await,
        Command::Migrate { database_url } => {
            Ok(platform::db::migrate(&platform::db::pool(&database_url)?, &course_mgmt_service::MIGRATOR).await?)
        }
        Command::Openapi => {
            print!("{}", platform::app::document(&course_mgmt_service::openapi())?);
            Ok(())
        }
        Command::Dlq { platform, command } => {
            tokio::task::spawn_blocking(move || command.run(&Kafka::new(&platform), SERVICE)).await?
        }
    }
}
