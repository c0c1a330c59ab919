//! Facts about course-mgmt-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod access;
mod app;
mod assignments;
mod comments;
mod impacts;
mod killed;
mod library;
mod openapi;
mod outlines;
mod package;
mod reports;
mod review;
mod versions;
