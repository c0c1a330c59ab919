//! The rules of the format as facts: grading, feedback, validation, provenance, files.

mod feedback;
mod files;
mod gaps;
mod grading;
mod properties;
mod provenance;
mod sample;
mod sample_sop;
mod short_answers;
mod span;
mod validate_course;
mod validate_sop;
mod views;
