//! The chassis of every service. A service adds its domain; what all of them need is here, one concern a file.
//!
//! | concern | module |
//! |---|---|
//! | configuration from the environment | [`config`] |
//! | start, background tasks, graceful stop | [`app`] |
//! | logs, traces, metrics | [`telemetry`] |
//! | errors as `application/problem+json` | [`problem`] |
//! | request bodies, queries and paths, checked | [`extract`] |
//! | rules for typed text | [`text`] |
//! | who is calling and what they may do | [`auth`], [`jwt`], [`members`] |
//! | events out, with the state that they tell of | [`outbox`], [`relay`] |
//! | background work | [`worker`] |
//! | events in, once each | [`consumer`], [`dlq`] |
//! | lists, repetitions, lost updates, live streams | [`paging`], [`idempotency`], [`etag`], [`sse`] |

pub mod app;
pub mod auth;
pub mod cli;
pub mod config;
pub mod consumer;
pub mod crash;
pub mod db;
pub mod dlq;
pub mod etag;
pub mod extract;
pub mod idempotency;
pub mod jwt;
pub mod kafka;
pub mod members;
pub mod outbox;
pub mod paging;
pub mod problem;
pub mod relay;
pub mod sse;
pub mod telemetry;
pub mod text;
pub mod worker;

pub use app::App;
pub use crash::crash_point;
pub use outbox::Outbox;
pub use problem::{FieldError, Problem};
