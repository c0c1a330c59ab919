//! The test before the course: can-do statements of the lessons, three texts at rising levels, decisions.

use course_format::course::{AnswerKeys, EntryPart, EntryTest, Item, Proven, Relation};
use uuid::Uuid;

use super::take_keys;
use crate::engine::Brief;
use crate::engine::author::{LessonText, reading_at};
use crate::engine::forge::{EntryItems, EntryText, Made};
use crate::engine::library::Library;
use crate::engine::outline::Outline;

/// Minutes of the test (PEDAGOGY section 8).
const MINUTES: u32 = 20;
/// Who has this share of a text's points manages its level.
const MANAGES_FROM: f32 = 0.7;
/// Statements that learners rate themselves by.
const STATEMENTS: usize = 10;

/// With its keys; nothing where the SOPs gave too few exercises.
pub(super) fn of(
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    texts: &[LessonText],
    made: Option<EntryItems>,
    keys: &mut AnswerKeys,
) -> Option<EntryTest> {
    let made = made?;
    let mut take = |items: Vec<Made>| -> Vec<Item> { take_keys(items, keys).into_iter().map(|m| m.item).collect() };
    let parts: Vec<EntryPart> = made
        .parts
        .into_iter()
        .zip(1..)
        .filter_map(|(text, place)| part(brief, library, outline, (text, place), &mut take))
        .collect();
    Some(EntryTest {
        id: Uuid::new_v5(&brief.course_id, b"entry-test"),
        title: "Placement test".to_owned(),
        minutes: MINUTES,
        self_rating: statements(outline, texts),
        parts,
        clause_items: take(made.clause_items),
        manages_from: MANAGES_FROM,
    })
}

fn part(
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    (text, place): (EntryText, u32),
    take: &mut dyn FnMut(Vec<Made>) -> Vec<Item>,
) -> Option<EntryPart> {
    let mut plan = outline.lessons().find(|l| l.id == text.lesson)?.clone();
    plan.clauses.clone_from(&text.clauses);
    let id = Uuid::new_v5(&brief.course_id, format!("entry-test/{place}").as_bytes());
    let mut reading = reading_at(library, &plan, text.level, &[]);
    // What leads the reader of a lesson has no place in a test.
    reading.lines.retain(|line| line.text.relation != Relation::Language);
    (reading.before_reading, reading.after_reading) = (None, None);
    for line in &mut reading.lines {
        line.id = Uuid::new_v5(&id, line.id.as_bytes());
    }
    Some(EntryPart { id: Uuid::new_v5(&id, plan.id.as_bytes()), level: text.level, reading, items: take(text.items) })
}

/// Of every lesson one statement, then a second one, none of them twice.
fn statements(outline: &Outline, texts: &[LessonText]) -> Vec<Proven> {
    let own: Vec<&LessonText> =
        outline.lessons().zip(texts).filter(|(l, _)| l.practises.is_empty()).map(|(_, t)| t).collect();
    let mut out: Vec<Proven> = Vec::new();
    for nth in 0..3 {
        for statement in own.iter().filter_map(|t| t.objectives.get(nth)) {
            if out.len() < STATEMENTS && !out.iter().any(|o| o.text == statement.text) {
                out.push(statement.clone());
            }
        }
    }
    out
}
