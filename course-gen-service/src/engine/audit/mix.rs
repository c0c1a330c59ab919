//! What the items are made of: types, demands, lessons that are thin or one-sided, and the blueprint of the final test.

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{CoursePackage, Demand, Item, ItemType};
use course_format::sop::ClauseId;
use serde::Serialize;

use crate::engine::library::Library;
use crate::engine::outline::is_critical;
use crate::engine::plan::is_teachable;

/// Counted over the items that a machine grades; cards and open answers stand beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Mix {
    pub commonest_type: String,
    pub commonest_type_share: f32,
    /// Recall, understand and apply in the lessons, 0 to 1.
    pub demand: [f32; 3],
    /// Lessons with fewer than 12 graded items, with fewer than five types, or with one type in more than 30%.
    pub short_lessons: usize,
    pub narrow_lessons: usize,
    pub test_items: usize,
    pub test_demand: [f32; 3],
    /// Easy, middle and hard items of the test, 0 to 1.
    pub test_difficulty: [f32; 3],
    /// Critical clauses that an item asks about in the test, and all of them.
    pub test_critical: usize,
    pub critical: usize,
}

pub(super) fn of(library: &Library, package: &CoursePackage) -> Mix {
    let course = &package.course;
    let graded = |item: &&Item| is_graded(item.item_type());
    let in_lessons: Vec<Vec<&Item>> =
        course.lessons().map(|l| l.activities.iter().flat_map(|a| &a.items).filter(graded).collect()).collect();
    let test: Vec<&Item> = course.assessment.items.iter().collect();
    let all: Vec<&Item> =
        in_lessons.iter().flatten().copied().chain(test.iter().copied().filter(|i| graded(i))).collect();
    let (commonest, most) = commonest(&all);
    let asked: BTreeSet<&ClauseId> = test
        .iter()
        .filter_map(|item| package.keys.0.get(&item.id))
        .flat_map(|key| key.provenance.iter().map(|p| &p.clause_id))
        .collect();
    let critical: Vec<&ClauseId> = library
        .clauses()
        .filter(|at| is_critical(library, *at) && is_teachable(library, *at))
        .map(|at| &library.clause(at).id)
        .collect();
    let lesson_items: Vec<&Item> = in_lessons.iter().flatten().copied().collect();
    Mix {
        commonest_type: commonest.map(|t| t.to_string()).unwrap_or_default(),
        commonest_type_share: share(most, all.len()),
        demand: demands(&lesson_items),
        short_lessons: in_lessons.iter().filter(|items| items.len() < 12).count(),
        narrow_lessons: in_lessons.iter().filter(|items| is_narrow(items)).count(),
        test_items: test.len(),
        test_demand: demands(&test),
        test_difficulty: difficulties(&test),
        test_critical: critical.iter().filter(|id| asked.contains(*id)).count(),
        critical: critical.len(),
    }
}

fn is_graded(kind: ItemType) -> bool {
    !kind.is_open() && !matches!(kind, ItemType::ReadAloud | ItemType::Flashcard)
}

fn commonest(items: &[&Item]) -> (Option<ItemType>, usize) {
    let mut counts: BTreeMap<ItemType, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item.item_type()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, n)| *n);
    (most.map(|(kind, _)| kind), most.map_or(0, |(_, n)| n))
}

/// Fewer than five types, or one in more than 30%; of fewer than ten items four may be of one type.
fn is_narrow(items: &[&Item]) -> bool {
    let kinds: BTreeSet<ItemType> = items.iter().map(|i| i.item_type()).collect();
    kinds.len() < 5 || commonest(items).1 > (items.len() * 3 / 10).max(4)
}

fn demands(items: &[&Item]) -> [f32; 3] {
    [Demand::Recall, Demand::Understand, Demand::Apply]
        .map(|wanted| share(items.iter().filter(|i| i.demand == Some(wanted)).count(), items.len()))
}

fn difficulties(items: &[&Item]) -> [f32; 3] {
    let band = |item: &&Item| match item.expected_right {
        Some(right) if right >= 0.75 => 0,
        Some(right) if right >= 0.55 => 1,
        _ => 2,
    };
    [0, 1, 2].map(|wanted| share(items.iter().filter(|i| band(i) == wanted).count(), items.len()))
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}
