//! For tests only: real servers with a corner of their own for every test.
//!
//! The addresses come from the environment, or from `.local/test/env`, which `STACK=test infra/local/up` and `bootstrap` leave
//! there. A test without its server fails and says how to start it; it is never skipped.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test helper that cannot go on should stop the test")]

mod api;
mod database;
mod issuer;
mod kafka;
mod people;
mod probe;
mod process;

use std::{collections::HashMap, path::Path, sync::OnceLock};

use platform::config::PlatformConfig;

pub use api::{Answer, Api, serve};
pub use database::Database;
pub use issuer::Issuer;
pub use kafka::{fresh_topics, topics};
pub use people::{Person, person};
pub use probe::Probe;
pub use process::Process;

/// A setting of the test stack.
///
/// # Panics
/// When the stack was never started.
pub fn setting(name: &str) -> String {
    static FILE: OnceLock<HashMap<String, String>> = OnceLock::new();
    if let Ok(value) = std::env::var(name) {
        return value;
    }
    FILE.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.local/test/env");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .filter_map(|line| line.split_once('='))
            .map(|(k, v)| (k.to_owned(), v.trim_matches('"').to_owned()))
            .collect()
    })
    .get(name)
    .unwrap_or_else(|| panic!("{name} is not set: run `STACK=test infra/local/up && STACK=test infra/local/bootstrap`"))
    .clone()
}

/// The stack's AWS, for the SDK's clients.
pub async fn aws() -> aws_config::SdkConfig {
    let credentials = aws_credential_types::Credentials::new(
        setting("AWS_ACCESS_KEY_ID"),
        setting("AWS_SECRET_ACCESS_KEY"),
        None,
        None,
        "test stack",
    );
    aws_config::defaults(aws_config::BehaviorVersion::latest())
        .region(aws_config::Region::new(setting("AWS_REGION")))
        .endpoint_url(setting("AWS_ENDPOINT_URL"))
        .credentials_provider(credentials)
        .load()
        .await
}

/// Fails when the committed OpenAPI document is not what the routes say; `UPDATE=1` rewrites it.
///
/// # Panics
/// When the two differ.
pub fn committed(path: &str, openapi: &utoipa::openapi::OpenApi) {
    let expected = platform::app::document(openapi).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == expected, "{path} is out of date: run the tests with UPDATE=1");
}

/// Configuration of a service under test: the stack's Kafka, topics of this run, tokens of `issuer`.
pub fn config(issuer: &Issuer) -> PlatformConfig {
    PlatformConfig {
        kafka_brokers: setting("KAFKA_BROKERS"),
        kafka_topic_prefix: String::new(),
        jwt_issuer: issuer.url.clone(),
        jwks_url: format!("{}/jwks.json", issuer.url),
        cognito_client_id: issuer::CLIENT_ID.to_owned(),
    }
}
