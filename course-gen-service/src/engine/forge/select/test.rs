use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::ItemType;
use uuid::Uuid;

use super::balance::{Entry, Wordings, demand_need, demand_wanted};
use super::lesson::{family, is_testable};
use super::reveals::{Seen, clash, same};
use crate::engine::forge::Made;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;

/// A final test is long enough at 30 items.
const LONGEST: usize = 30;

/// What a test is made to.
#[derive(Clone, Copy)]
pub struct Blueprint {
    /// Items that a machine grades; fewer for a very small SOP.
    items: usize,
    /// Recall, understand, apply in tenths.
    demands: [usize; 3],
    /// A role-play and a text to write, or only one of them.
    endings: usize,
}

/// After the course.
pub const LAST: Blueprint = Blueprint { items: LONGEST, demands: [2, 4, 4], endings: 2 };
/// After a unit: half of it new cases.
pub const UNIT: Blueprint = Blueprint { items: 20, demands: [2, 3, 5], endings: 1 };
/// With fewer items a unit has no test of its own.
pub const FEWEST: usize = 10;

/// Fewer items for a very small SOP.
pub fn wanted(lessons: usize) -> usize {
    (lessons * 10).clamp(12, LONGEST)
}

/// Every critical clause first, then lesson by lesson in turn, the best item for the test: every lesson, then the balance of demand
/// (recall, understand, apply 2 : 4 : 4) and difficulty (easy, middle, hard 3 : 5 : 2). A role-play and a text to write end it.
///
/// What is taken is gone from `spare`.
pub fn fill(
    library: &Library,
    spare: &mut [Vec<Made>],
    level: Level,
    blueprint: Blueprint,
    wordings: &mut Wordings,
) -> Vec<Made> {
    let wanted = wanted(spare.len()).min(blueprint.items);
    let ending = |m: &&Made| matches!(m.item.item_type(), ItemType::Writing | ItemType::RolePlay);
    let mut ends = endings(spare.iter().flatten().filter(ending).collect(), level);
    ends.truncate(blueprint.endings);
    // Thousands of candidates: they are moved here and back, not copied.
    let mut others: Vec<Vec<(usize, Made)>> = Vec::new();
    let mut pools: Vec<Vec<Entry>> = Vec::new();
    for pool in spare.iter_mut() {
        let places = std::mem::take(pool).into_iter().enumerate();
        let (testable, rest): (Vec<_>, Vec<_>) = places.partition(|(_, m)| is_testable(m));
        pools.push(testable.into_iter().map(|(place, made)| Entry::at(place, made)).collect());
        others.push(rest);
    }
    for end in &ends {
        let seen = Seen::of(end);
        for entry in pools.iter_mut().flatten().filter(|e| !e.blocked) {
            entry.blocked = clash((end, &seen), (&entry.made, &entry.seen));
        }
    }
    count_rivals(&mut pools);
    let mut test = Draft { wanted, demands: blueprint.demands, out: Vec::new(), covered: BTreeSet::new() };
    test.critical(library, &mut pools, wordings);
    for pass in [Pass::Strict, Pass::Loose, Pass::Any] {
        let mut at = 0;
        let mut idle = 0;
        while idle < pools.len() && test.out.len() < wanted {
            let found = test.take(&mut pools, at, pass, wordings, |_| true);
            idle = if found { 0 } else { idle + 1 };
            at = (at + 1) % pools.len();
        }
    }
    let mut out = test.out;
    out.extend(ends.into_iter().map(|made| wordings.settle(Entry::new(made))));
    let taken: BTreeSet<Uuid> = out.iter().map(|m| m.item.id).collect();
    for (pool, (entries, rest)) in spare.iter_mut().zip(pools.into_iter().zip(others)) {
        let mut left: Vec<(usize, Made)> = entries.into_iter().map(|e| (e.place, e.made)).chain(rest).collect();
        left.retain(|(_, m)| !taken.contains(&m.item.id));
        left.sort_by_key(|(place, _)| *place);
        *pool = left.into_iter().map(|(_, made)| made).collect();
    }
    out
}

/// Where there are few items, one that shows four sentences leaves little else for the test. Counted lesson by lesson, and not at
/// all where there is plenty.
fn count_rivals(pools: &mut [Vec<Entry>]) {
    const PLENTY: usize = 500;
    if pools.iter().map(Vec::len).sum::<usize>() > PLENTY {
        return;
    }
    for pool in pools {
        for i in 0..pool.len() {
            let (own, rest) = (&pool[i], pool.iter().enumerate());
            let apart = |o: &Entry| !clash((&own.made, &own.seen), (&o.made, &o.seen));
            let rivals = rest.filter(|(j, o)| *j != i && !o.blocked && !apart(o)).count();
            pool[i].rivals = rivals;
        }
    }
}

/// How much the blueprint may be bent.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Pass {
    Strict,
    Loose,
    /// Whatever else there is, so that the test is long enough.
    Any,
    /// The only question left about something critical, even where a long item shows words of its answer.
    Needed,
}

struct Draft {
    wanted: usize,
    demands: [usize; 3],
    out: Vec<Made>,
    covered: BTreeSet<ClauseRef>,
}

impl Draft {
    /// An item for every clause in which a mistake does harm.
    fn critical(&mut self, library: &Library, pools: &mut [Vec<Entry>], wordings: &mut Wordings) {
        for at in 0..pools.len() {
            let clauses: BTreeSet<ClauseRef> = pools[at]
                .iter()
                .flat_map(|e| e.made.covers.iter().copied())
                .filter(|c| is_critical(library, *c))
                .collect();
            for clause in clauses {
                if self.out.len() < self.wanted && !self.covered.contains(&clause) {
                    let asks = |e: &Entry| e.made.covers.contains(&clause);
                    let _found = [Pass::Strict, Pass::Loose, Pass::Any, Pass::Needed]
                        .into_iter()
                        .any(|pass| self.take(pools, at, pass, wordings, asks));
                }
            }
        }
    }

    /// Moves the best fitting item of a pool into the test.
    fn take(
        &mut self,
        pools: &mut [Vec<Entry>],
        at: usize,
        pass: Pass,
        wordings: &mut Wordings,
        asks: impl Fn(&Entry) -> bool,
    ) -> bool {
        let best = pools[at]
            .iter()
            .enumerate()
            .filter(|(_, e)| !e.blocked && (!e.revealed || pass == Pass::Needed))
            .filter(|(_, e)| asks(e) && self.fits(e, pass, wordings))
            .max_by_key(|(i, e)| (worth(&self.out, e, self.demands, &self.covered, wordings), std::cmp::Reverse(*i)))
            .map(|(i, _)| i);
        let Some(best) = best else { return false };
        let entry = pools[at].remove(best);
        for other in pools.iter_mut().flatten().filter(|o| !o.blocked) {
            other.blocked = same((&entry.made, &entry.seen), (&other.made, &other.seen));
            other.revealed |= entry.seen.reveals(&other.seen, true) || other.seen.reveals(&entry.seen, true);
        }
        self.covered.extend(entry.made.covers.iter().copied());
        self.out.push(wordings.settle(entry));
        true
    }

    fn fits(&self, entry: &Entry, pass: Pass, wordings: &Wordings) -> bool {
        let (made, kind) = (&entry.made, entry.kind());
        let count = |test: &dyn Fn(&Made) -> bool| self.out.iter().filter(|o| test(o)).count();
        let family = family(&made.frame);
        let of_frame = count(&|o| self::family(&o.frame) == family);
        let of_kind = count(&|o| o.item.item_type() == kind);
        let of_demand = count(&|o| o.item.demand == made.item.demand);
        let of_band = count(&|o| band(o) == band(made));
        let share = |tenths: usize| (tenths * self.wanted).div_ceil(10);
        let demand = made.item.demand.map_or(10, |d| demand_wanted(d, self.demands));
        let kinds = if kind == ItemType::SingleChoice { share(5) } else { share(2) }.max(2);
        // The force of a rule is asked once: the second of these answers itself.
        let frames = if matches!(family, "say must" | "modal") { 1 } else { share(1) };
        match pass {
            Pass::Strict => {
                of_frame < frames
                    && of_kind < kinds
                    && of_demand < share(demand)
                    && of_band <= share([3, 5, 2][band(made)])
                    && wordings.has_room(entry)
            }
            Pass::Loose => {
                !wordings.too_long(entry) && of_frame < frames + 1 && of_kind <= kinds && of_demand < share(demand + 2)
            }
            Pass::Any => of_frame < 2 * frames && of_kind < share(3),
            Pass::Needed => true,
        }
    }
}

/// One role-play and, from A2, one text to write.
fn endings(mut open: Vec<&Made>, level: Level) -> Vec<Made> {
    open.sort_by(|a, b| {
        (b.item.critical, b.covers.len(), b.score)
            .cmp(&(a.item.critical, a.covers.len(), a.score))
            .then(a.item.id.cmp(&b.item.id))
    });
    let first = |kind: ItemType| open.iter().find(|m| m.item.item_type() == kind).map(|m| (*m).clone());
    let writing = first(ItemType::Writing).filter(|_| level >= Level::A2);
    first(ItemType::RolePlay).into_iter().chain(writing).collect()
}

fn worth(out: &[Made], entry: &Entry, demands: [usize; 3], covered: &BTreeSet<ClauseRef>, wordings: &Wordings) -> i32 {
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
    made.score + news * 2 + critical + demand_need(out, made.item.demand, demands) + difficulty_need(out, made)
        - heard * 2
        - i32::try_from(entry.rivals.min(16)).unwrap_or(0)
        - i32::try_from(of_kind).unwrap_or(0)
        - i32::from(language) * 3
}

/// Easy 0, middle 1, hard 2.
fn band(made: &Made) -> usize {
    match made.item.expected_right {
        Some(right) if right >= 0.75 => 0,
        Some(right) if right >= 0.55 => 1,
        _ => 2,
    }
}

/// Easy, middle and hard items 3 : 5 : 2.
fn difficulty_need(out: &[Made], made: &Made) -> i32 {
    let own = band(made);
    let have = i32::try_from(out.iter().filter(|o| band(o) == own).count() * 10).unwrap_or(0);
    let wanted = [3, 5, 2][own] * i32::try_from(out.len() + 1).unwrap_or(0);
    ((wanted - have) / 3).clamp(-8, 8)
}
