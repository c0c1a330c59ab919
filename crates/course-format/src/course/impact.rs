use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::sop::{ChangeKind, ClauseId};

/// What a new version of a SOP means for a course that was made from an earlier one: exactly the elements whose proof is
/// touched. Nothing else has to change.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct CourseImpact {
    pub document_id: Uuid,
    pub from_version: u32,
    pub to_version: u32,
    /// The changes behind it: each clause that an element below names, once.
    pub clauses: Vec<TouchedClause>,
    /// Lessons with elements that are touched, in teaching order.
    pub lessons: Vec<TouchedLesson>,
    /// Items of the final test that are touched.
    pub assessment: Vec<TouchedElement>,
    /// Clauses that the new version added: no element teaches them yet.
    pub untaught: Vec<ClauseId>,
}

impl CourseImpact {
    /// Every element that is touched.
    pub fn elements(&self) -> impl Iterator<Item = &TouchedElement> {
        self.lessons.iter().flat_map(|l| &l.elements).chain(&self.assessment)
    }
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct TouchedClause {
    /// As the course names it; of an added clause, its id in the new version.
    pub clause_id: ClauseId,
    pub change: ChangeKind,
    /// The edit touches a number, a negation or a demand.
    pub critical: bool,
    pub was: Option<String>,
    pub becomes: Option<String>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct TouchedLesson {
    pub lesson_id: Uuid,
    pub number: u32,
    pub title: String,
    pub elements: Vec<TouchedElement>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct TouchedElement {
    /// JSON pointer into the package.
    pub path: String,
    /// Of the element, or of the nearest one around it that has an id.
    pub element_id: Uuid,
    /// Part of the lesson: `vocabulary`, `reading`, `dialogue`, `items`, ...
    pub part: String,
    /// Why: the touched clauses that it builds on.
    pub clauses: Vec<ClauseId>,
}
