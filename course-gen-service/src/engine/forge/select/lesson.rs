use std::collections::{BTreeMap, BTreeSet};

use course_format::Level;
use course_format::course::ItemType;

use super::balance::{Entry, Wordings, demand_need, demand_wanted, is_graded};
use super::reveals::same;
use crate::engine::forge::{LessonItems, Made};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::is_critical;

/// Graded items that a lesson should have, and the most it may have.
pub const WANTED: usize = 14;
const MOST: usize = 16;
/// With the items for clauses that nothing else asks about.
pub const LONGEST: usize = 24;
/// With so many a lesson is long enough.
const FULL: usize = 12;

/// How many items of a type a lesson takes at most.
fn quota(kind: ItemType, level: Level) -> usize {
    match kind {
        ItemType::SingleChoice => 4,
        ItemType::TapEvidence => 3,
        ItemType::Gap
        | ItemType::GapSelect
        | ItemType::CategorySort
        | ItemType::Transformation
        | ItemType::Matching
        | ItemType::TrueFalse
        | ItemType::ErrorCorrection => 2,
        // Every term of the lesson, both ways.
        ItemType::Flashcard => 24,
        ItemType::MultiSelect => usize::from(level >= Level::B1) * 2,
        ItemType::ShortAnswer
        | ItemType::StepOrdering
        | ItemType::WordBank
        | ItemType::Dictation
        | ItemType::FormFill
        | ItemType::Writing
        | ItemType::ReadAloud => 1,
        // The lesson has a role-play of its own; this one is for the test.
        ItemType::RolePlay => 0,
    }
}

/// Recall, understand, apply in tenths.
fn demands(level: Level) -> [usize; 3] {
    if level == Level::A1 { [4, 4, 2] } else { [3, 4, 3] }
}

/// How many items of a demand a lesson takes before the clauses give little else.
fn most_of_demand(made: &Made, level: Level, round: Round) -> usize {
    let extra = match round {
        Round::First => 0,
        Round::Second => 1,
        Round::Third | Round::Cover => return usize::MAX,
    };
    let wanted = made.item.demand.map_or(10, |d| demand_wanted(d, demands(level)));
    (wanted * WANTED).div_ceil(10) + extra
}

/// Chooses a lesson's items: what covers more, what is new, what keeps the balance. Steps, rules and warnings that nothing
/// asks about yet get more items than a lesson usually has.
pub fn fill(
    pool: Vec<Made>,
    level: Level,
    must: &BTreeSet<ClauseRef>,
    recent: &BTreeMap<ItemType, usize>,
    wordings: &mut Wordings,
) -> (Vec<Made>, Vec<Made>) {
    let mut rest: Vec<Entry> = pool.into_iter().map(Entry::new).collect();
    let mut taken: Vec<Made> = Vec::new();
    let mut covered: BTreeSet<ClauseRef> = BTreeSet::new();
    for round in [Round::First, Round::Second, Round::Third, Round::Cover] {
        loop {
            let graded = taken.iter().filter(|t| is_graded(t.item.item_type())).count();
            let best = rest
                .iter()
                .enumerate()
                .filter(|(_, e)| !e.blocked && (!e.revealed || round >= Round::Third))
                .filter(|(_, e)| fits(&taken, e, level, round, wordings))
                .filter(|(_, e)| {
                    let news = e.made.covers.iter().any(|c| must.contains(c) && !covered.contains(c));
                    match round {
                        Round::Cover => {
                            news && (is_graded(e.kind()) || e.kind() == ItemType::ShortAnswer) && graded < LONGEST
                        }
                        _ => !is_graded(e.kind()) || graded < WANTED || graded < MOST && news,
                    }
                })
                .max_by_key(|(i, e)| (worth(&taken, e, level, &covered, recent, wordings), std::cmp::Reverse(*i)))
                .map(|(i, _)| i);
            let Some(at) = best else { break };
            let entry = rest.remove(at);
            for other in rest.iter_mut().filter(|o| !o.blocked) {
                other.blocked = same((&entry.made, &entry.seen), (&other.made, &other.seen));
                other.revealed |= entry.seen.reveals(&other.seen, false) || other.seen.reveals(&entry.seen, false);
            }
            covered.extend(entry.made.covers.iter().copied());
            taken.push(wordings.settle(entry));
        }
    }
    (taken, rest.into_iter().map(|e| e.made).collect())
}

/// Frames that train the same: must, may and must not are guessed after the first of them.
pub fn family(frame: &str) -> &str {
    match frame {
        "gap-modal" | "select-modal" => "modal",
        "next-step" | "step-waits" | "step-before" | "step-missing" => "step",
        "who-followed-one" => "who-followed",
        _ if frame.starts_with("note-") => "note",
        _ if frame.starts_with("tap-") => "tap",
        _ if frame.starts_with("part-") => "part",
        _ if frame.starts_with("pair-") => "pair",
        "gap-time-word" | "select-time-word" => "time word",
        "say-must" | "say-must-not" => "say must",
        other => other,
    }
}

/// What a round may do that the one before may not.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Round {
    /// Each type within its quota.
    First,
    /// One more of each, where the clauses give little else.
    Second,
    /// Two more, also of what another item shows.
    Third,
    /// Whatever asks about a clause that nothing asks about yet.
    Cover,
}

/// Never more than 30% of one type.
fn fits(taken: &[Made], entry: &Entry, level: Level, round: Round, wordings: &Wordings) -> bool {
    let (kind, made) = (entry.kind(), &entry.made);
    let of_kind = taken.iter().filter(|t| t.item.item_type() == kind).count();
    let most = quota(kind, level);
    let extra = match round {
        Round::First => 0,
        Round::Second => 1,
        Round::Third => 2,
        Round::Cover => 6,
    };
    let graded = taken.iter().filter(|t| is_graded(t.item.item_type())).count();
    // In a thin lesson every fourth gap would be one too many; for a clause that nothing else asks about it is not.
    let fewest = if kind == ItemType::Gap && round != Round::Cover { 3 } else { 4 };
    let share = ((graded + 1) * 3 / 10).max(fewest);
    let most = if round == Round::Cover && kind == ItemType::ShortAnswer {
        3
    } else if most == 0 || !is_graded(kind) {
        most
    } else {
        // A fourth sentence to tap is read like the third.
        let extra = if kind == ItemType::TapEvidence { extra.min(1) } else { extra };
        (most + extra + usize::from(made.focus)).min(share)
    };
    if kind == ItemType::Flashcard {
        return of_kind < quota(kind, level);
    }
    let family = family(&made.frame);
    let of_frame = taken.iter().filter(|t| self::family(&t.frame) == family).count();
    let of_clause =
        taken.iter().filter(|t| t.clause == made.clause && t.item.item_type() != ItemType::Flashcard).count();
    let most_of_frame = match family {
        "modal" | "say must" | "slip-imperative" => 1,
        "tap" | "part" => 1 + extra / 2,
        _ => 2 + extra / 2,
    };
    let of_demand = taken.iter().filter(|t| t.item.demand == made.item.demand && is_graded(t.item.item_type())).count();
    of_kind < most
        && (!is_graded(kind) || of_demand < most_of_demand(made, level, round))
        && of_frame < most_of_frame
        && of_clause < 2 + extra.min(2)
        && if round == Round::Cover { !wordings.too_long(entry) } else { wordings.has_room(entry) }
}

fn worth(
    taken: &[Made],
    entry: &Entry,
    level: Level,
    covered: &BTreeSet<ClauseRef>,
    recent: &BTreeMap<ItemType, usize>,
    wordings: &Wordings,
) -> i32 {
    let (kind, made) = (entry.kind(), &entry.made);
    let of_kind = i32::try_from(taken.iter().filter(|t| t.item.item_type() == kind).count()).unwrap_or(0);
    let news = i32::try_from(made.covers.iter().filter(|c| !covered.contains(c)).count().min(5)).unwrap_or(0);
    let before = recent.get(&kind).map_or(0, |n| i32::try_from(*n).unwrap_or(0)).min(2);
    let heard = i32::try_from(wordings.best(entry).1).unwrap_or(0);
    let fresh = if of_kind == 0 { 6 } else { -2 * of_kind };
    let balance = if is_graded(kind) { demand_need(taken, made.item.demand, demands(level)) } else { 0 };
    made.score + focus_need(taken, made) + news * 4 + fresh + balance - before * 2 - heard * 2
        + i32::from(made.item.critical && news > 0) * 3
}

/// Two to four items train the lesson's point of grammar, each in another way.
fn focus_need(taken: &[Made], made: &Made) -> i32 {
    if !made.focus {
        return 0;
    }
    let same = taken.iter().any(|t| t.focus && t.frame == made.frame);
    match taken.iter().filter(|t| t.focus).count() {
        0 | 1 if !same => 18,
        2 if !same => 8,
        0..=2 => 2,
        _ => -6,
    }
}

/// A lesson whose candidates are all used gives its weakest back, so that the test can reach it: the more of them the fewer
/// lessons there are.
pub fn give_back(lessons: &mut [LessonItems], spare: &mut [Vec<Made>], wordings: &mut Wordings) {
    let wanted = LONGEST.div_ceil(lessons.len().max(1)).max(2);
    for (lesson, rest) in lessons.iter_mut().zip(spare) {
        loop {
            let have = rest.iter().filter(|m| is_testable(m)).count();
            let graded = lesson.items.iter().filter(|m| is_graded(m.item.item_type())).count();
            let enough = if have < 2 { lesson.items.len() <= 8 } else { have >= wanted || graded <= FULL };
            if enough {
                break;
            }
            let weakest = (0..lesson.items.len())
                .filter(|i| is_testable(&lesson.items[*i]) && lesson.items[*i].covers.len() < 3)
                .min_by_key(|i| (lesson.items[*i].score, *i));
            let Some(weakest) = weakest else { break };
            rest.push(give(lesson, weakest, wordings));
        }
    }
}

fn give(lesson: &mut LessonItems, at: usize, wordings: &mut Wordings) -> Made {
    let made = lesson.items.remove(at);
    wordings.release(&made);
    made
}

/// What the test needs for a clause in which a mistake does harm, and what only the lesson has, goes to the test; the lesson
/// keeps what else it has about the clause.
pub fn give_critical(library: &Library, lessons: &mut [LessonItems], spare: &mut [Vec<Made>], wordings: &mut Wordings) {
    let waiting: BTreeSet<ClauseRef> =
        spare.iter().flatten().filter(|m| is_testable(m)).flat_map(|m| m.covers.iter().copied()).collect();
    for (lesson, rest) in lessons.iter_mut().zip(spare) {
        let asked: BTreeSet<ClauseRef> = lesson.items.iter().flat_map(|m| m.covers.iter().copied()).collect();
        for clause in asked.into_iter().filter(|c| is_critical(library, *c) && !waiting.contains(c)) {
            let about = |m: &Made| m.covers.contains(&clause);
            let given = rest.iter().any(|m| about(m) && is_testable(m));
            let others = lesson.items.iter().filter(|m| about(m) && m.item.item_type() != ItemType::Flashcard).count();
            let best = (0..lesson.items.len())
                .filter(|i| about(&lesson.items[*i]) && is_testable(&lesson.items[*i]))
                .max_by_key(|i| (lesson.items[*i].score, std::cmp::Reverse(*i)));
            if let Some(best) = best.filter(|_| !given && others > 1) {
                rest.push(give(lesson, best, wordings));
            }
        }
    }
}

/// What a test may hold: graded by a machine, no practice, nothing that can be guessed by a coin.
pub fn is_testable(made: &Made) -> bool {
    let kind = made.item.item_type();
    is_graded(kind) && !kind.is_practice_only() && kind != ItemType::TrueFalse
}
