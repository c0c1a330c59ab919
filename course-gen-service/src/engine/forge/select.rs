//! Which of the candidates a lesson gets, and which wait for the final test.
//!
//! Both are chosen one by one, the best first: what asks about a clause that nothing asks about yet, what a lesson has
//! little of (type, demand), what the course has not heard too often (wording).

mod balance;
mod lesson;
mod reveals;
mod test;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::ItemType;

use super::{Forged, LessonItems, Made};
use crate::engine::outline::Outline;

use balance::Wordings;
pub use balance::pattern;

/// Shares the candidates out. No item is in a lesson and in the test.
pub fn select(outline: &Outline, candidates: Vec<Vec<Made>>) -> Forged {
    let mut forged = Forged::default();
    let mut spare: Vec<Vec<Made>> = Vec::new();
    let mut used = BTreeSet::new();
    let lessons = outline.lessons().count();
    let mut wordings = Wordings::new(lessons * lesson::WANTED + test::wanted(lessons));
    let mut recent: BTreeMap<ItemType, usize> = BTreeMap::new();
    for (plan, mut pool) in outline.lessons().zip(candidates) {
        pool.sort_by(|a, b| b.score.cmp(&a.score).then(a.clause.cmp(&b.clause)).then(a.item.id.cmp(&b.item.id)));
        pool.retain(|m| used.insert(m.item.id));
        let (items, rest) = lesson::fill(pool, outline.level, &plan.clauses, &recent, &mut wordings);
        recent.clear();
        for made in &items {
            *recent.entry(made.item.item_type()).or_default() += 1;
        }
        forged.lessons.push(LessonItems { lesson: plan.id, items });
        spare.push(rest);
    }
    lesson::give_back(&mut forged.lessons, &mut spare, &mut wordings);
    forged.assessment = test::fill(spare, outline.level, &mut wordings);
    forged
}
