//! Two versions of one SOP: which clause is which, what changed, and what the new version takes over from the old one.
//!
//! Everything here is a pure function of two parsed documents; the time grows about with the number of clauses.

mod adopt;
pub mod align;
mod backbone;
mod compare;
mod safety;
mod similar;
#[cfg(test)]
mod tests;
mod words;

pub use adopt::adopt;
pub use compare::compare;
