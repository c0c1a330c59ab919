use std::net::SocketAddr;

use chrono::Duration;
use platform::config::PlatformConfig;

/// Everything the service is told from outside.
#[derive(clap::Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "LEARNING_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    #[arg(long, env = "LEARNING_HTTP_ADDR", default_value = "0.0.0.0:8106")]
    pub http_addr: SocketAddr,
    #[arg(long, env = "MONGODB_URL", hide_env_values = true)]
    pub mongodb_url: String,
    #[arg(long, env = "LEARNING_MONGODB_DATABASE", default_value = "learning_service")]
    pub mongodb_database: String,
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: String,
    /// Answers that one student may send in a minute.
    #[arg(long, env = "LEARNING_ATTEMPTS_PER_MINUTE", default_value_t = 120)]
    pub attempts_per_minute: u32,
    /// Hours before a failed assessment may be taken again.
    #[arg(long, env = "LEARNING_RETAKE_AFTER_HOURS", default_value_t = 24)]
    pub retake_after_hours: u32,
}

impl Config {
    pub fn retake_after(&self) -> Duration {
        Duration::hours(i64::from(self.retake_after_hours))
    }
}
