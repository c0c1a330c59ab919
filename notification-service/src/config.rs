use std::net::SocketAddr;

use clap::Args;
use platform::config::PlatformConfig;

/// What the service reads from its environment. The AWS SDK reads its own variables (`AWS_REGION`, credentials,
/// `AWS_ENDPOINT_URL` on one machine).
#[derive(Args, Debug)]
pub struct Config {
    #[command(flatten)]
    pub platform: PlatformConfig,
    #[arg(long, env = "NOTIFICATION_DATABASE_URL", hide_env_values = true)]
    pub notification_database_url: String,
    #[arg(long, env = "NOTIFICATION_HTTP_ADDR", default_value = "0.0.0.0:8108")]
    pub notification_http_addr: SocketAddr,
    /// Sender of e-mails; an identity that SES has verified.
    #[arg(long, env = "EMAIL_FROM")]
    pub email_from: String,
    /// Sender of text messages, where a country allows names: up to 11 letters and digits.
    #[arg(long, env = "SMS_SENDER")]
    pub sms_sender: String,
    /// Where the portals are: links in e-mails begin with it.
    #[arg(long, env = "PUBLIC_ORIGIN")]
    pub public_origin: String,
}
