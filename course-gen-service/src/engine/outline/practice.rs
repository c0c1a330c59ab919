//! Practice lessons: hours that the SOPs do not fill go to speaking and to words that were met before, not to padding.

use std::collections::{BTreeSet, HashSet};

use uuid::Uuid;

use super::titles::inside;
use super::{LessonPlan, UnitPlan, is_critical};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::plan::is_teachable;

/// Clauses that a practice lesson goes through again.
const CLAUSES: usize = 10;

/// With fewer of them, the exercises of the lessons before are all that can be asked: another lesson would be padding.
const FEWEST: usize = 9;

/// Fills the units up to `possible` lessons: at most one practice lesson for two others, two in a unit.
pub fn add(library: &Library, units: &mut [UnitPlan], possible: usize) {
    let lessons: usize = units.iter().map(|u| u.lessons.len()).sum();
    let mut spare = possible.saturating_sub(lessons);
    let mut wanted = vec![0_usize; units.len()];
    for round in 1..=2 {
        for (unit, wanted) in units.iter().zip(&mut wanted) {
            if spare > 0 && unit.lessons.len() / 2 >= round {
                *wanted += 1;
                spare -= 1;
            }
        }
    }
    for (unit, wanted) in units.iter_mut().zip(wanted).filter(|(_, wanted)| *wanted > 0) {
        let size = unit.lessons.len().div_ceil(wanted);
        let mut out = Vec::new();
        for group in unit.lessons.chunks(size) {
            out.extend_from_slice(group);
            // Lessons that only describe have nothing to be practised.
            out.extend(Some(practice(library, group)).filter(|p| p.clauses.len() >= FEWEST));
        }
        unit.lessons = out;
    }
    let mut number = 0;
    for lesson in units.iter_mut().flat_map(|u| &mut u.lessons) {
        number += 1;
        lesson.number = number;
    }
    name(library, units);
}

fn practice(library: &Library, lessons: &[LessonPlan]) -> LessonPlan {
    let last = &lessons[lessons.len() - 1];
    LessonPlan {
        id: Uuid::new_v5(&last.id, b"practice"),
        number: 0,
        document: last.document,
        title: String::new(),
        topic: last.topic.clone(),
        clauses: most_important(library, lessons),
        practises: lessons.iter().map(|l| l.id).collect(),
        recalls: Vec::new(),
    }
}

/// From every lesson about as many: critical clauses first, then steps and rules, in the order of the document.
fn most_important(library: &Library, lessons: &[LessonPlan]) -> Vec<ClauseRef> {
    let share = CLAUSES.div_ceil(lessons.len()).max(3);
    let mut chosen: BTreeSet<ClauseRef> = BTreeSet::new();
    let mut said: HashSet<String> = HashSet::new();
    for lesson in lessons {
        let mut clauses: Vec<ClauseRef> =
            lesson.clauses.iter().copied().filter(|at| is_teachable(library, *at)).collect();
        clauses.sort_by_key(|at| (!is_critical(library, *at), *at));
        // What two sections or two SOPs say in the same words is gone through once.
        clauses.retain(|at| said.insert(library.clause(*at).text.to_lowercase()));
        chosen.extend(clauses.into_iter().take(share));
    }
    chosen.into_iter().collect()
}

/// "Practice: cleaning the fryer and allergen orders", or by the lessons' numbers where that is too long.
fn name(library: &Library, units: &mut [UnitPlan]) {
    for unit in units {
        let known: Vec<(Uuid, u32, String)> = unit.lessons.iter().map(|l| (l.id, l.number, l.title.clone())).collect();
        for lesson in unit.lessons.iter_mut().filter(|l| !l.practises.is_empty()) {
            let of: Vec<&(Uuid, u32, String)> = known.iter().filter(|k| lesson.practises.contains(&k.0)).collect();
            let text = &library.documents()[lesson.document].text;
            lesson.title = match of.as_slice() {
                [one] => format!("Practice: {}", inside(&one.2, text)),
                [first, second]
                    if first.2.len() + second.2.len() < 55
                        && ![first, second].iter().any(|t| t.2.contains(" and ")) =>
                {
                    format!("Practice: {} and {}", inside(&first.2, text), inside(&second.2, text))
                }
                [first, second] => format!("Practice: lessons {} and {}", first.1, second.1),
                [first, .., last] => format!("Practice: lessons {} to {}", first.1, last.1),
                [] => "Practice".to_owned(),
            };
        }
    }
}
