//! What every service reads from its environment. The variables are the flags' names too.

use clap::Args;

/// Settings that all services share.
#[derive(Args, Clone, Debug)]
pub struct PlatformConfig {
    /// `host:port`, comma-separated.
    #[arg(long, env = "KAFKA_BROKERS")]
    pub kafka_brokers: String,
    /// Put before every topic and group name; lets several stacks share one Kafka.
    #[arg(long, env = "KAFKA_TOPIC_PREFIX", default_value = "")]
    pub kafka_topic_prefix: String,
    /// `iss` of the access tokens: the Cognito user pool.
    #[arg(long, env = "JWT_ISSUER")]
    pub jwt_issuer: String,
    /// Where the user pool publishes its signing keys.
    #[arg(long, env = "JWKS_URL")]
    pub jwks_url: String,
    /// `client_id` of the access tokens: the app client of the portals.
    #[arg(long, env = "COGNITO_CLIENT_ID")]
    pub cognito_client_id: String,
}
