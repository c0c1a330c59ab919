//! What must hold of a SOP and of a course, checked place by place.
//!
//! Nothing stops at the first fault: the answer is a list of [`Violation`]s, each with a JSON pointer to its place
//! (`/course/units/0/lessons/2/activities/0/items/3`), so that a reviewer or a repair step can go straight there.

mod course;
mod items;
mod keys;
mod pointer;
mod provenance;
mod sop;
mod text_index;
mod texts;

use serde::Serialize;
use utoipa::ToSchema;

pub use course::validate_course;
pub use provenance::{ProvenanceCheck, resolve_provenance};
pub use sop::validate_sop;
pub use texts::proven_texts;

use pointer::Pointer;

/// One rule broken at one place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, ToSchema)]
pub struct Violation {
    /// JSON pointer into the document that was checked.
    pub path: String,
    /// Stable name of the rule.
    pub code: &'static str,
    /// For people.
    pub message: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.code)
    }
}

/// The violations found so far.
#[derive(Debug, Default)]
struct Findings(Vec<Violation>);

impl Findings {
    fn add(&mut self, at: &Pointer, code: &'static str, message: impl Into<String>) {
        self.0.push(Violation { path: at.to_string(), code, message: message.into() });
    }

    /// Adds the violation unless the rule holds.
    fn require(&mut self, holds: bool, at: &Pointer, code: &'static str, message: &str) {
        if !holds {
            self.add(at, code, message);
        }
    }

    fn require_text(&mut self, text: &str, at: &Pointer) {
        self.require(!text.trim().is_empty(), at, "blank", "this text is empty");
    }
}
