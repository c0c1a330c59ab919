//! Which of the candidates a lesson gets, and which wait for the final test.
//!
//! Both are chosen one by one, the best first: what asks about a clause that nothing asks about yet, what a lesson has
//! little of (type, demand), what the course has not heard too often (wording).

mod balance;
mod entry;
mod lesson;
mod reveals;
mod test;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{Demand, ItemType};

use super::{Forged, LessonItems, Made, UnitItems};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{Outline, is_critical};
use crate::engine::plan::is_teachable;

use balance::Wordings;
pub use balance::pattern;
pub use lesson::LONGEST;

/// Items that the lessons leave for the final test, whatever else they need, and those of them that are hard.
const RESERVED: usize = 36;
const HARD: usize = 8;

/// Shares the candidates out. No item is in a lesson and in the test.
pub fn select(library: &Library, outline: &Outline, candidates: Vec<Vec<Made>>) -> Forged {
    let mut forged = Forged::default();
    let mut spare: Vec<Vec<Made>> = Vec::new();
    let mut used = BTreeSet::new();
    let lessons = outline.lessons().count();
    // A course of few exercises cannot say the same thing as often as one of many.
    let supply = candidates.iter().flatten().filter(|m| m.item.item_type() != ItemType::Flashcard);
    let supply = supply.map(|m| m.item.id).collect::<BTreeSet<_>>().len();
    let mut wordings = Wordings::new((lessons * lesson::WANTED + test::wanted(lessons)).min(supply));
    let mut recent: BTreeMap<ItemType, usize> = BTreeMap::new();
    for (plan, mut pool) in outline.lessons().zip(candidates) {
        pool.sort_by(|a, b| b.score.cmp(&a.score).then(a.clause.cmp(&b.clause)).then(a.item.id.cmp(&b.item.id)));
        pool.retain(|m| used.insert(m.item.id));
        let mut kept = reserve(library, &plan.clauses, &mut pool, RESERVED.div_ceil(lessons.max(1)));
        reserve_hard(&mut kept, &mut pool, HARD.div_ceil(lessons.max(1)));
        let must: BTreeSet<ClauseRef> = plan.clauses.iter().copied().filter(|at| is_teachable(library, *at)).collect();
        let (items, mut rest) = lesson::fill(pool, outline.level, &must, &recent, &mut wordings);
        rest.extend(kept);
        recent.clear();
        for made in &items {
            *recent.entry(made.item.item_type()).or_default() += 1;
        }
        forged.lessons.push(LessonItems { lesson: plan.id, items });
        spare.push(rest);
    }
    lesson::give_back(&mut forged.lessons, &mut spare, &mut wordings);
    lesson::give_critical(library, &mut forged.lessons, &mut spare, &mut wordings);
    forged.assessment = test::fill(library, &mut spare, outline.level, test::LAST, &mut wordings);
    unit_tests(library, outline, &mut spare, &mut forged, &mut wordings);
    forged.entry = entry::fill(library, outline, &spare, &forged.lessons);
    forged
}

/// A test for every unit, where there are several, of what the final test leaves.
fn unit_tests(
    library: &Library,
    outline: &Outline,
    spare: &mut [Vec<Made>],
    forged: &mut Forged,
    wordings: &mut Wordings,
) {
    if outline.units.len() < 2 {
        return;
    }
    let mut from = 0;
    for unit in &outline.units {
        let to = from + unit.lessons.len();
        let items = test::fill(library, &mut spare[from..to], outline.level, test::UNIT, wordings);
        from = to;
        if items.len() >= test::FEWEST {
            forged.units.push(UnitItems { unit: unit.id, items });
        }
    }
}

/// Hard items are few: some wait for the test, where the lesson keeps as many.
fn reserve_hard(kept: &mut Vec<Made>, pool: &mut Vec<Made>, most: usize) {
    let is_hard = |m: &Made| lesson::is_testable(m) && m.item.expected_right.is_some_and(|right| right < 0.55);
    let mut have = kept.iter().filter(|m| is_hard(m)).count();
    while have < most && pool.iter().filter(|m| is_hard(m)).count() > have + 1 {
        // The lesson gets the best one, the test the next.
        let Some(at) = (0..pool.len()).filter(|i| is_hard(&pool[*i])).nth(1) else { return };
        kept.push(pool.remove(at));
        have += 1;
    }
}

/// One item for each critical clause that has two or more, at most `most`: a case before a detail.
fn reserve(library: &Library, clauses: &[ClauseRef], pool: &mut Vec<Made>, most: usize) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::new();
    for clause in clauses.iter().filter(|at| is_critical(library, **at)) {
        if out.len() == most {
            break;
        }
        let about = |m: &Made| m.covers.contains(clause) && lesson::is_testable(m);
        if out.iter().any(|m| m.covers.contains(clause)) || pool.iter().filter(|m| about(m)).count() < 2 {
            continue;
        }
        let best = (0..pool.len())
            .filter(|i| about(&pool[*i]))
            .max_by_key(|i| (pool[*i].item.demand == Some(Demand::Apply), pool[*i].score, std::cmp::Reverse(*i)));
        if let Some(best) = best {
            out.push(pool.remove(best));
        }
    }
    out
}
