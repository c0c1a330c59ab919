use std::net::SocketAddr;

use clap::Args;
use platform::config::PlatformConfig;
use secrecy::SecretString;

/// What the service reads from its environment. The AWS SDK reads its own variables (`AWS_REGION`, credentials,
/// `AWS_ENDPOINT_URL` on one machine).
#[derive(Args, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "USER_DATABASE_URL", hide_env_values = true)]
    pub user_database_url: String,
    #[arg(long, env = "USER_HTTP_ADDR", default_value = "0.0.0.0:8101")]
    pub user_http_addr: SocketAddr,
    /// `local` on a developer's machine.
    #[arg(long, env = "APP_ENV", default_value = "production")]
    pub app_env: String,
    #[arg(long, env = "COGNITO_USER_POOL_ID")]
    pub cognito_user_pool_id: String,
    /// First password of everybody who is invited, so that a script can sign in. Refused unless `APP_ENV=local`.
    #[arg(long, env = "LOCAL_TEMPORARY_PASSWORD", hide_env_values = true)]
    pub local_temporary_password: Option<SecretString>,
}
