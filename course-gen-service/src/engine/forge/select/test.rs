use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::ItemType;

use super::balance::{Entry, Wordings, demand_need};
use super::lesson::is_testable;
use super::reveals::{Seen, clash};
use crate::engine::forge::Made;
use crate::engine::library::ClauseRef;

/// A final test is long enough at 30 items.
const LONGEST: usize = 30;

/// Fewer items for a very small SOP.
pub fn wanted(lessons: usize) -> usize {
    (lessons * 10).clamp(12, LONGEST)
}

/// Lesson by lesson in turn, the best item for the test: every lesson, every critical clause, then the balance of demand
/// (recall, understand, apply 2 : 4 : 4) and difficulty (easy, middle, hard 3 : 5 : 2). A role-play and a text to write end it.
pub fn fill(spare: Vec<Vec<Made>>, level: Level, wordings: &mut Wordings) -> Vec<Made> {
    let wanted = wanted(spare.len());
    let mut open: Vec<Made> = Vec::new();
    let mut pools: Vec<Vec<Entry>> = Vec::new();
    for pool in spare {
        let (closed, other): (Vec<Made>, Vec<Made>) = pool.into_iter().partition(is_testable);
        pools.push(closed.into_iter().map(Entry::new).collect());
        open.extend(other.into_iter().filter(|m| matches!(m.item.item_type(), ItemType::Writing | ItemType::RolePlay)));
    }
    let ends = endings(open, level);
    let wanted_closed = wanted.saturating_sub(ends.len());
    for end in &ends {
        let seen = Seen::of(end);
        for entry in pools.iter_mut().flatten().filter(|e| !e.blocked) {
            entry.blocked = clash((end, &seen), (&entry.made, &entry.seen));
        }
    }
    let mut out: Vec<Made> = Vec::new();
    let mut covered: BTreeSet<ClauseRef> = BTreeSet::new();
    for loose in [false, true] {
        let mut at = 0;
        let mut idle = 0;
        while idle < pools.len() && out.len() < wanted_closed {
            let best = pools[at]
                .iter()
                .enumerate()
                .filter(|(_, e)| !e.blocked && fits(&out, e, wanted, loose, wordings))
                .max_by_key(|(i, e)| (worth(&out, e, &covered, wordings), std::cmp::Reverse(*i)))
                .map(|(i, _)| i);
            idle = if best.is_some() { 0 } else { idle + 1 };
            if let Some(best) = best {
                let entry = pools[at].remove(best);
                for other in pools.iter_mut().flatten().filter(|o| !o.blocked) {
                    other.blocked = clash((&entry.made, &entry.seen), (&other.made, &other.seen));
                }
                covered.extend(entry.made.covers.iter().copied());
                out.push(wordings.settle(entry));
            }
            at = (at + 1) % pools.len();
        }
    }
    out.extend(ends.into_iter().map(|made| wordings.settle(Entry::new(made))));
    out
}

/// One role-play and, from A2, one text to write.
fn endings(mut open: Vec<Made>, level: Level) -> Vec<Made> {
    open.sort_by(|a, b| {
        (b.item.critical, b.covers.len(), b.score)
            .cmp(&(a.item.critical, a.covers.len(), a.score))
            .then(a.item.id.cmp(&b.item.id))
    });
    let first = |kind: ItemType| open.iter().find(|m| m.item.item_type() == kind).cloned();
    let writing = first(ItemType::Writing).filter(|_| level >= Level::A2);
    first(ItemType::RolePlay).into_iter().chain(writing).collect()
}

fn fits(out: &[Made], entry: &Entry, wanted: usize, loose: bool, wordings: &Wordings) -> bool {
    let made = &entry.made;
    let of_frame = out.iter().filter(|o| o.frame == made.frame).count();
    let of_kind = out.iter().filter(|o| o.item.item_type() == made.item.item_type()).count();
    let most_of_kind = if made.item.item_type() == ItemType::SingleChoice { wanted / 2 } else { wanted.div_ceil(5) };
    of_frame < wanted.div_ceil(if loose { 5 } else { 10 })
        && of_kind < most_of_kind.max(2)
        && (loose || wordings.has_room(entry))
}

fn worth(out: &[Made], entry: &Entry, covered: &BTreeSet<ClauseRef>, wordings: &Wordings) -> i32 {
    let made = &entry.made;
    let news = made.covers.iter().filter(|c| !covered.contains(c)).count().min(4);
    let news = i32::try_from(news).unwrap_or(0);
    let heard = i32::try_from(wordings.best(entry).1).unwrap_or(0);
    let of_kind = out.iter().filter(|o| o.item.item_type() == made.item.item_type()).count();
    let critical = i32::from(made.item.critical && news > 0) * 8;
    let language = matches!(
        made.item.item_type(),
        ItemType::Transformation | ItemType::ErrorCorrection | ItemType::WordBank | ItemType::GapSelect | ItemType::Gap
    );
    made.score + news * 2 + critical + demand_need(out, made.item.demand, [2, 4, 4]) + difficulty_need(out, made)
        - heard * 2
        - i32::try_from(of_kind).unwrap_or(0)
        - i32::from(language) * 3
}

/// Easy, middle and hard items 3 : 5 : 2.
fn difficulty_need(out: &[Made], made: &Made) -> i32 {
    let band = |m: &Made| match m.item.expected_right {
        Some(right) if right >= 0.75 => 0,
        Some(right) if right >= 0.55 => 1,
        _ => 2,
    };
    let own = band(made);
    let have = i32::try_from(out.iter().filter(|o| band(o) == own).count() * 10).unwrap_or(0);
    let wanted = [3, 5, 2][own] * i32::try_from(out.len() + 1).unwrap_or(0);
    ((wanted - have) / 5).clamp(-5, 5)
}
