use clap::{Parser, Subcommand};
use notification_service::{Config, MIGRATOR, router};
use platform::{cli::DlqCommand, config::PlatformConfig, kafka::Kafka};

/// Tells people what concerns them.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take events, send messages, answer requests.
    Serve(Config),
    /// Bring the database up to date.
    Migrate {
        #[arg(long, env = "NOTIFICATION_DATABASE_URL", hide_env_values = true)]
        notification_database_url: String,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Look at dead letters and replay them.
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
        Command::Serve(config) => {
            let _telemetry = platform::telemetry::init(notification_service::SERVICE)?;
            notification_service::serve(config).await
        }
        Command::Migrate { notification_database_url } => {
            Ok(platform::db::migrate(&platform::db::pool(&notification_database_url)?, &MIGRATOR).await?)
        }
        Command::Openapi => {
            print!("{}", platform::app::document(&router::openapi())?);
            Ok(())
        }
        Command::Dlq { platform, command } => {
            tokio::task::block_in_place(|| command.run(&Kafka::new(&platform), notification_service::SERVICE))
        }
    }
}
