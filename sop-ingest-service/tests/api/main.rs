//! Facts about sop-ingest-service, through the doors that its users use.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod app;
mod cancelled;
mod crashes;
mod fair;
mod files;
mod hostile;
mod model;
mod openapi;
mod orders;
mod pages;
mod parse;
mod reports;
mod scans;
mod sops;
mod versions;
mod viruses;
