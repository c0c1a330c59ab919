use std::net::SocketAddr;

use platform::config::PlatformConfig;

/// Everything the service is told from outside. S3's region, endpoint and credentials are read by the AWS SDK itself.
#[derive(clap::Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "TRAINER_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    #[arg(long, env = "TRAINER_HTTP_ADDR", default_value = "0.0.0.0:8107")]
    pub http_addr: SocketAddr,
    #[arg(long, env = "MONGODB_URL", hide_env_values = true)]
    pub mongodb_url: String,
    /// MongoDB database of the content.
    #[arg(long, env = "TRAINER_MONGODB_DATABASE", default_value = "trainer_service")]
    pub mongodb_database: String,
}
