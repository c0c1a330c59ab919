//! Which of the candidates a lesson gets, and which wait for the final test.

use std::collections::BTreeSet;

use course_format::Level;
use course_format::course::ItemType;

use super::{Forged, LessonItems, Made};
use crate::engine::english::text::{overlap, stems};
use crate::engine::outline::Outline;

/// How many items of a type a lesson takes at most.
fn quota(kind: ItemType, level: Level) -> usize {
    match kind {
        ItemType::SingleChoice | ItemType::Gap => 4,
        ItemType::MultiSelect => usize::from(level >= Level::B1),
        ItemType::Matching | ItemType::ShortAnswer => 2,
        ItemType::TrueFalse | ItemType::GapSelect => 2,
        ItemType::StepOrdering
        | ItemType::CategorySort
        | ItemType::WordBank
        | ItemType::Dictation
        | ItemType::Transformation
        | ItemType::ErrorCorrection
        | ItemType::FormFill
        | ItemType::TapEvidence
        | ItemType::Writing
        | ItemType::RolePlay
        | ItemType::ReadAloud
        | ItemType::Flashcard => 1,
    }
}

/// Items of one frame in one lesson: more of them would feel like one exercise.
const SAME_FRAME: usize = 2;
/// A final test is long enough at 30 items.
const LONGEST_TEST: usize = 30;

/// Shares the candidates out. No item is in a lesson and in the test.
pub fn select(outline: &Outline, candidates: Vec<Vec<Made>>) -> Forged {
    let mut forged = Forged::default();
    let mut spare: Vec<Vec<Made>> = Vec::new();
    let mut used = BTreeSet::new();
    for (lesson, mut pool) in outline.lessons().zip(candidates) {
        pool.retain(|m| used.insert(m.item.id));
        pool.sort_by(|a, b| b.score.cmp(&a.score).then(a.clause.cmp(&b.clause)).then(a.item.id.cmp(&b.item.id)));
        let (items, rest) = for_lesson(pool, outline.level);
        forged.lessons.push(LessonItems { lesson: lesson.id, items });
        spare.push(rest);
    }
    keep_some_for_the_test(&mut forged.lessons, &mut spare);
    forged.assessment = for_test(spare);
    forged
}

/// First one of each type, then what is best of any: a lesson has variety before it has length.
fn for_lesson(pool: Vec<Made>, level: Level) -> (Vec<Made>, Vec<Made>) {
    const FIRST: [ItemType; 6] = [
        ItemType::Matching,
        ItemType::StepOrdering,
        ItemType::MultiSelect,
        ItemType::ShortAnswer,
        ItemType::SingleChoice,
        ItemType::Gap,
    ];
    let mut rest = pool;
    let mut taken: Vec<Made> = Vec::new();
    for kind in FIRST {
        if let Some(at) = rest.iter().position(|m| m.item.item_type() == kind && fits(&taken, m, level)) {
            taken.push(rest.remove(at));
        }
    }
    // Choices and gaps by turns, so that one of them does not use up the clauses of the other.
    let mut gap_next = false;
    loop {
        let wanted = |m: &Made| (m.item.item_type() == ItemType::Gap) == gap_next;
        let at = rest
            .iter()
            .position(|m| wanted(m) && fits(&taken, m, level))
            .or_else(|| rest.iter().position(|m| fits(&taken, m, level)));
        let Some(at) = at else { return (taken, rest) };
        gap_next = !gap_next;
        taken.push(rest.remove(at));
    }
}

fn fits(taken: &[Made], made: &Made, level: Level) -> bool {
    let kind = made.item.item_type();
    let of_kind = taken.iter().filter(|t| t.item.item_type() == kind).count();
    let of_frame = taken.iter().filter(|t| t.frame == made.frame).count();
    let of_clause = taken.iter().filter(|t| t.clause == made.clause).count();
    of_kind < quota(kind, level) && of_frame < SAME_FRAME && of_clause < 2 && !taken.iter().any(|t| gives_away(t, made))
}

/// Two items about the same words answer each other.
fn gives_away(a: &Made, b: &Made) -> bool {
    let long =
        |m: &Made| matches!(m.item.item_type(), ItemType::Matching | ItemType::StepOrdering | ItemType::MultiSelect);
    if long(a) || long(b) {
        return a.frame == b.frame && a.item.item_type() == b.item.item_type() && a.clause == b.clause;
    }
    let same_clause = a.clause == b.clause
        && (a.item.item_type() == b.item.item_type() || overlap(&stems(&a.target), &stems(&b.target)) > 0.5);
    same_clause || a.target == b.target && a.item.item_type() == b.item.item_type()
}

/// A lesson whose candidates are all used gives its weakest back, so that the test can reach it.
fn keep_some_for_the_test(lessons: &mut [LessonItems], spare: &mut [Vec<Made>]) {
    for (lesson, rest) in lessons.iter_mut().zip(spare) {
        while testable(rest) < 2 && lesson.items.len() > 6 {
            let weakest = (0..lesson.items.len())
                .filter(|i| matches!(lesson.items[*i].item.item_type(), ItemType::SingleChoice | ItemType::Gap))
                .min_by_key(|i| (lesson.items[*i].score, *i));
            let Some(weakest) = weakest else { break };
            rest.push(lesson.items.remove(weakest));
        }
    }
}

fn testable(pool: &[Made]) -> usize {
    pool.iter().filter(|m| m.item.item_type() != ItemType::ShortAnswer).count()
}

/// Every lesson in turn gives its best spare item, until the test is long enough. Machine-graded types only, no pattern
/// in more than a seventh of the test, gaps in less than half of it.
fn for_test(spare: Vec<Vec<Made>>) -> Vec<Made> {
    let wanted = (spare.len() * 4).clamp(8, LONGEST_TEST);
    let mut pools: Vec<Vec<Made>> = spare
        .into_iter()
        .map(|pool| pool.into_iter().filter(|m| m.item.item_type() != ItemType::ShortAnswer).collect())
        .collect();
    let mut out: Vec<Made> = Vec::new();
    for most_of_frame in [wanted.div_ceil(7), wanted.div_ceil(4), wanted] {
        let mut moved = true;
        while moved && out.len() < wanted {
            moved = false;
            for pool in &mut pools {
                let of_frame = |m: &Made| out.iter().filter(|o| o.frame == m.frame).count() < most_of_frame;
                let gaps = out.iter().filter(|o| o.item.item_type() == ItemType::Gap).count();
                let balanced =
                    |m: &Made| m.item.item_type() != ItemType::Gap || gaps * 2 < out.len() || most_of_frame == wanted;
                let found =
                    pool.iter().position(|m| of_frame(m) && balanced(m) && !out.iter().any(|o| gives_away(o, m)));
                if let Some(at) = found.filter(|_| out.len() < wanted) {
                    out.push(pool.remove(at));
                    moved = true;
                }
            }
        }
    }
    out
}
