//! Facts about notification-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod aws;
mod channels;
mod inbox;
mod killed;
mod messages;
mod openapi;
mod preferences;
mod sending;
mod settings;
