use std::net::SocketAddr;

use platform::config::PlatformConfig;

/// Everything the service is told from outside.
#[derive(clap::Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "SALES_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    #[arg(long, env = "SALES_HTTP_ADDR", default_value = "0.0.0.0:8102")]
    pub http_addr: SocketAddr,
    /// Bucket that reps upload SOPs to.
    #[arg(long, env = "UPLOADS_BUCKET")]
    pub uploads_bucket: String,
}
