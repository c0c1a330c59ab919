//! sop-ingest-service: reads the SOPs of a course request into clauses and procedures, and makes them searchable.
//!
//! * [`pipeline`]: from a file's bytes to a parsed SOP, pure and usable without any service.

pub mod commands;
pub mod pipeline;
