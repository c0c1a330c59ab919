//! The guide's rewrite operations.

pub mod synonym;
