use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Item, Proven, Reading};
use crate::Level;

/// A test before the course. It places learners and has no pass mark: nobody can fail it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryTest {
    pub id: Uuid,
    pub title: String,
    pub minutes: u32,
    /// What the course promises; learners say how well they can do it already.
    pub self_rating: Vec<Proven>,
    /// Decisions by clauses in which a mistake does harm: what learners know of the work before the course. They come before
    /// the texts, which would answer them.
    pub clause_items: Vec<Item>,
    /// Texts with exercises that they answer, each harder than the one before.
    pub parts: Vec<EntryPart>,
    /// Share of a part's points from which on a learner manages its level, 0 to 1.
    pub manages_from: f32,
}

/// One text of the entry test, at one level.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryPart {
    pub id: Uuid,
    pub level: Level,
    pub reading: Reading,
    pub items: Vec<Item>,
}

impl EntryTest {
    /// Every item in the order of the test.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.clause_items.iter().chain(self.parts.iter().flat_map(|p| &p.items))
    }
}
