//! What a course manager changes in the outline before it is written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{LessonPlan, Outline, recall};
use crate::engine::library::ClauseRef;
use crate::engine::plan::LeftOut;

/// Lessons that are not wanted, each with its reason, and the order of the others.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Edits {
    pub dropped: BTreeMap<Uuid, String>,
    /// Empty: as planned. Lessons that it does not name come after those that it names.
    pub order: Vec<Uuid>,
}

impl Outline {
    /// The outline as the manager wants it. Ids stay; numbers follow the order; what was dropped is listed as left out. Edits
    /// that would leave nothing to teach are no edits.
    #[must_use]
    pub fn edited(mut self, edits: &Edits) -> Self {
        let dropped = |l: &LessonPlan| edits.dropped.contains_key(&l.id);
        if self.lessons().all(dropped) {
            return self;
        }
        for lesson in self.units.iter().flat_map(|u| &u.lessons).filter(|l| dropped(l) && l.practises.is_empty()) {
            let why = edits.dropped.get(&lesson.id).map(String::as_str).filter(|r| !r.is_empty());
            let reason = why.map_or_else(
                || "left out by the course manager".to_owned(),
                |r| format!("left out by the course manager: {r}"),
            );
            self.left_out.extend(lesson.clauses.iter().map(|at| LeftOut { clause: *at, reason: reason.clone() }));
        }
        let place = |id: &Uuid| edits.order.iter().position(|o| o == id).unwrap_or(edits.order.len());
        let gone: BTreeSet<ClauseRef> = self.left_out.iter().map(|l| l.clause).collect();
        for unit in &mut self.units {
            unit.lessons.retain(|l| !dropped(l));
            unit.lessons.sort_by_key(|l| place(&l.id));
            for lesson in &mut unit.lessons {
                lesson.practises.retain(|id| !edits.dropped.contains_key(id));
                lesson.clauses.retain(|at| !gone.contains(at));
                lesson.recalls.clear();
            }
            // A practice lesson whose lessons are all gone has nothing to practise.
            unit.lessons.retain(|l| !l.clauses.is_empty());
        }
        self.units.retain(|u| !u.lessons.is_empty());
        self.units.sort_by_key(|u| u.lessons.iter().map(|l| place(&l.id)).min());
        for (unit, number) in self.units.iter_mut().zip(1..) {
            unit.number = number;
        }
        for (lesson, number) in self.units.iter_mut().flat_map(|u| &mut u.lessons).zip(1..) {
            lesson.number = number;
        }
        recall(&mut self.units);
        self
    }
}
