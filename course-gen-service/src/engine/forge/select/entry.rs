//! The test before the course: three texts of rising level with exercises that the texts answer, and five decisions by critical
//! clauses. It takes what lessons and final test leave, then copies of what the lessons have: nobody has seen those yet.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::{Demand, Item, ItemType};
use course_format::sop::ClauseKind;
use uuid::Uuid;

use super::balance::{Entry, is_graded};
use super::reveals::{Seen, clash};
use crate::engine::forge::{EntryItems, EntryText, LessonItems, Made};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{LessonPlan, Outline};

/// Graded items over all texts, and the fewest with which a test places anybody.
const GRADED: [usize; 3] = [7, 7, 6];
const FEWEST: usize = 3;
/// Clauses of one text.
const CLAUSES: usize = 6;
const ABOUT_CLAUSES: usize = 5;

/// Nothing where the SOPs give too few exercises.
pub fn fill(library: &Library, outline: &Outline, spare: &[Vec<Made>], lessons: &[LessonItems]) -> Option<EntryItems> {
    let plans: Vec<&LessonPlan> = outline.lessons().collect();
    let pools: Vec<Vec<&Made>> = spare.iter().zip(lessons).map(|(s, l)| s.iter().chain(&l.items).collect()).collect();
    let mut picked = Picked::default();
    let levels = [below(outline.level), outline.level, above(outline.level)];
    let mut parts = Vec::new();
    for (i, level) in levels.into_iter().enumerate() {
        let at = i * plans.len().saturating_sub(1) / 2;
        let order = (0..plans.len()).map(|n| (at + n) % plans.len());
        let text = order.filter(|n| plans[*n].practises.is_empty()).find_map(|n| {
            let clauses = window(library, plans[n], &pools[n], &picked)?;
            let items = picked.items(&pools[n], &clauses, i);
            (items.len() >= FEWEST).then(|| EntryText { lesson: plans[n].id, clauses, level, items })
        });
        let text = text?;
        picked.clauses.extend(text.clauses.iter().copied());
        picked.ids.extend(text.items.iter().map(|m| m.item.id));
        parts.push(text);
    }
    let clause_items = picked.decisions(&pools);
    let mut out = EntryItems { parts, clause_items };
    for made in out.parts.iter_mut().flat_map(|p| &mut p.items).chain(&mut out.clause_items) {
        made.item = renamed(&made.item);
    }
    Some(out)
}

/// The same exercise under a name of its own.
fn renamed(item: &Item) -> Item {
    Item { id: Uuid::new_v5(&item.id, b"entry"), critical: false, ..item.clone() }
}

fn below(level: Level) -> Level {
    match level {
        Level::A1 | Level::A2 => Level::A1,
        Level::B1 => Level::A2,
        Level::B2 => Level::B1,
        Level::C1 | Level::C2 => Level::B2,
    }
}

fn above(level: Level) -> Level {
    match level {
        Level::A1 => Level::A2,
        Level::A2 => Level::B1,
        Level::B1 => Level::B2,
        Level::B2 | Level::C1 | Level::C2 => Level::C1,
    }
}

/// What the test has already.
#[derive(Default)]
struct Picked {
    clauses: BTreeSet<ClauseRef>,
    ids: BTreeSet<Uuid>,
}

/// The clauses in a row with the most exercises that they answer.
fn window(library: &Library, plan: &LessonPlan, pool: &[&Made], picked: &Picked) -> Option<Vec<ClauseRef>> {
    let kinds = [ClauseKind::Heading, ClauseKind::TableRow, ClauseKind::Definition];
    let told = |at: &&ClauseRef| !kinds.contains(&library.kind(**at)) && !picked.clauses.contains(*at);
    let clauses: Vec<ClauseRef> = plan.clauses.iter().filter(told).copied().collect();
    let answered =
        |window: &[ClauseRef]| pool.iter().filter(|m| fits(m) && m.covers.iter().all(|c| window.contains(c))).count();
    let windows = clauses.windows(CLAUSES.min(clauses.len().max(1)));
    let best = windows.enumerate().max_by_key(|(i, w)| (answered(w), std::cmp::Reverse(*i)));
    best.map(|(_, w)| w.to_vec())
}

/// Exercises on a text that is beside them, and on the language; none that need the whole SOP in mind.
fn fits(made: &Made) -> bool {
    matches!(
        made.item.item_type(),
        ItemType::SingleChoice
            | ItemType::TapEvidence
            | ItemType::ErrorCorrection
            | ItemType::Transformation
            | ItemType::CategorySort
            | ItemType::Matching
            | ItemType::GapSelect
    )
}

impl Picked {
    /// The exercises of one text: of several types and frames, easier ones for the first text, harder ones for the last.
    fn items(&self, pool: &[&Made], clauses: &[ClauseRef], part: usize) -> Vec<Made> {
        let wanted = [0.85, 0.65, 0.45][part];
        let mut rest: Vec<Entry> = pool
            .iter()
            .filter(|m| fits(m) && !self.ids.contains(&m.item.id) && m.covers.iter().all(|c| clauses.contains(c)))
            .map(|m| Entry::new((*m).clone()))
            .collect();
        rest.sort_by_key(|e| {
            let away = (e.made.item.expected_right.unwrap_or(0.65) - wanted).abs();
            #[expect(clippy::cast_possible_truncation, reason = "a share of at most 1")]
            let away = (away * 10.0).round() as i32;
            (away, std::cmp::Reverse(e.made.score), e.made.item.id)
        });
        let mut out: Vec<(Made, Seen)> = Vec::new();
        for most in [2, 3, 4] {
            for entry in &rest {
                let same = |test: &dyn Fn(&Made) -> bool| out.iter().filter(|(o, _)| test(o)).count();
                let of_kind = same(&|o| o.item.item_type() == entry.kind());
                let of_frame = same(&|o| o.frame == entry.made.frame);
                let apart = !out.iter().any(|(o, seen)| clash((o, seen), (&entry.made, &entry.seen)));
                if out.len() < GRADED[part] && of_kind < most && of_frame < most - 1 && apart {
                    out.push((entry.made.clone(), Seen::of(&entry.made)));
                }
            }
        }
        out.into_iter().map(|(made, _)| made).collect()
    }

    /// One decision by a critical clause from as many lessons as there are. Where they are too few, other questions about what
    /// is critical, then other decisions.
    fn decisions(&self, pools: &[Vec<&Made>]) -> Vec<Made> {
        let mut out: Vec<Made> = Vec::new();
        let decided = |m: &Made| m.item.demand == Some(Demand::Apply);
        let wanted: [&dyn Fn(&Made) -> bool; 4] = [
            &|m| m.item.critical && decided(m) && is_single(m),
            &|m| m.item.critical && decided(m),
            &|m| m.item.critical && m.item.demand == Some(Demand::Understand) && is_single(m),
            &decided,
        ];
        for (pass, fits) in wanted.iter().enumerate() {
            for _ in 0..ABOUT_CLAUSES {
                for pool in pools {
                    let mut found: Vec<&&Made> = pool
                        .iter()
                        .filter(|m| fits(m) && is_graded(m.item.item_type()) && !self.ids.contains(&m.item.id))
                        .collect();
                    found.sort_by_key(|m| (std::cmp::Reverse(m.score), m.item.id));
                    let fresh = |m: &Made| {
                        let seen = Seen::of(m);
                        !out.iter().any(|o| {
                            o.clause == m.clause
                                || o.frame == m.frame && pass == 0
                                || clash((o, &Seen::of(o)), (m, &seen))
                        })
                    };
                    let next = found.into_iter().find(|m| fresh(m)).filter(|_| out.len() < ABOUT_CLAUSES);
                    let next = next.map(|m| (*m).clone());
                    out.extend(next);
                }
            }
        }
        out
    }
}

fn is_single(made: &Made) -> bool {
    matches!(made.item.item_type(), ItemType::SingleChoice | ItemType::TapEvidence)
}
