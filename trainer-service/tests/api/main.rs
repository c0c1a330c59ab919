//! Facts about trainer-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod access;
mod app;
mod courses;
mod feedback;
mod killed;
mod openapi;
mod package;
mod sessions;
mod submissions;
