//! Facts about course-gen-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod cleanup;
mod draft;
mod elements;
mod fairness;
mod generation;
mod http;
mod impact;
mod model_server;
mod models;
mod openapi;
mod outlines;
mod resume;
mod retrieval;
