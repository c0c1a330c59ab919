use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ClauseId;

/// Steps that belong together, in the order of the document.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Procedure {
    /// Derived from the section path and the steps' clauses.
    pub id: String,
    pub title: String,
    /// Section path that the steps stand under.
    pub section: String,
    /// False where the SOP leaves the order free.
    pub ordered: bool,
    pub steps: Vec<Step>,
}

/// One step of a procedure.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Step {
    pub clause_id: ClauseId,
    /// Position among its siblings and parents: `[3]` is step 3, `[3, 2]` its second sub-step. 1-based.
    pub number: Vec<u32>,
    /// Warnings and notes that must stay beside this step.
    #[serde(default)]
    pub warnings: Vec<ClauseId>,
    #[serde(default)]
    pub branch: Option<Branch>,
}

/// "If the reading is above 8 °C, go to step 7."
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
pub struct Branch {
    pub condition: String,
    /// The step that the text sends the reader to.
    pub target: Vec<u32>,
}
