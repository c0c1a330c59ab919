//! Facts about user-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod audit;
mod bad_input;
mod cognito;
mod cognito_errors;
mod invitations;
mod me;
mod openapi;
mod pool;
mod sessions;
mod sign_in;
mod users;
