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
pub use kafka::topics;
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
    .unwrap_or_else(|| panic!("{name} is not set: start the test stack with `make test-stack`"))
    .clone()
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
