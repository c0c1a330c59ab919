//! Facts about sales-service, through the doors that its users use.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod app;
mod clients;
mod documents;
mod events;
mod openapi;
mod requests;
mod stream;
