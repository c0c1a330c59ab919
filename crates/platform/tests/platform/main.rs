//! Facts about the chassis, against real Postgres and Kafka: what the services build their promises on.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod consuming;
mod dead_letters;
mod ledger;
mod sending;
mod tokens;
