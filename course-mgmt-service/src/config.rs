use std::net::SocketAddr;

use platform::config::PlatformConfig;

/// Everything the service is told from outside. S3's region, endpoint and credentials are read by the AWS SDK itself.
#[derive(clap::Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "COURSE_MGMT_DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    #[arg(long, env = "COURSE_MGMT_HTTP_ADDR", default_value = "0.0.0.0:8105")]
    pub http_addr: SocketAddr,
    #[arg(long, env = "MONGODB_URL", hide_env_values = true)]
    pub mongodb_url: String,
    /// MongoDB database of the content.
    #[arg(long, env = "COURSE_MGMT_MONGODB_DATABASE", default_value = "course_mgmt_service")]
    pub mongodb_database: String,
}
