//! The rules of the format as facts: grading, feedback, validation, provenance, files.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail as tests do")]
#![expect(clippy::float_cmp, reason = "the scores compared here have exact values")]

mod feedback;
mod files;
mod gaps;
mod grading;
mod more_grading;
mod personal;
mod properties;
mod provenance;
mod sample;
mod sample_items;
mod sample_lesson;
mod sample_sop;
mod short_answers;
mod span;
mod validate_course;
mod validate_sop;
mod views;
