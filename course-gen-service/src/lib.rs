//! course-gen-service: from the parsed SOPs of a request to a complete English course.
//!
//! [`engine`] makes the course and knows nothing of servers; [`draft`] runs it on files.

pub mod draft;
pub mod engine;

