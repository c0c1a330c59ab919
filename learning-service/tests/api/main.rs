//! Facts about learning-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod access;
mod app;
mod assessment;
mod attempts;
mod lessons;
mod openapi;
