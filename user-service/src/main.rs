use clap::{Parser, Subcommand};
use platform::{cli::DlqCommand, config::PlatformConfig, kafka::Kafka};
use user_service::{Config, MIGRATOR, router};

/// Accounts, roles and sessions.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests and send events.
    Serve(Config),
    /// Bring the database up to date.
    Migrate {
        #[arg(long, env = "USER_DATABASE_URL", hide_env_values = true)]
        user_database_url: String,
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
            let _telemetry = platform::telemetry::init(user_service::SERVICE)?;
            user_service::serve(config).await
        }
        Command::Migrate { user_database_url } => {
            Ok(platform::db::migrate(&platform::db::pool(&user_database_url)?, &MIGRATOR).await?)
        }
        Command::Openapi => {
            print!("{}", platform::app::document(&router::openapi())?);
            Ok(())
        }
        Command::Dlq { platform, command } => {
            tokio::task::block_in_place(|| command.run(&Kafka::new(&platform), user_service::SERVICE))
        }
    }
}
