//! Sections become lessons of about one procedure each, lessons become units.

mod edits;
mod hours;
mod practice;
mod shape;
mod split;
mod stages;
mod titles;
mod tree;

use course_format::Level;
use course_format::sop::{ClauseKind, LiteralKind, Modality};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Brief;
use super::library::{ClauseRef, Library};
use super::plan::{LeftOut, Plan, is_teachable};
use split::Grain;

pub use edits::Edits;
pub use shape::is_gerund;
pub use stages::of as stages;
pub use titles::{clean as clean_title, inside as inside_sentence};

/// Minutes of one lesson (PEDAGOGY: 50 is the house lesson).
pub const LESSON_MINUTES: u32 = 50;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Outline {
    pub title: String,
    pub level: Level,
    pub units: Vec<UnitPlan>,
    /// Clauses that are in no lesson, with the reason.
    pub left_out: Vec<LeftOut>,
}

impl Outline {
    pub fn lessons(&self) -> impl Iterator<Item = &LessonPlan> {
        self.units.iter().flat_map(|u| &u.lessons)
    }

    /// Guided hours of all lessons.
    pub fn hours(&self) -> f32 {
        let minutes = self.lessons().count() as f32 * LESSON_MINUTES as f32;
        (minutes / 6.0).round() / 10.0
    }
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct UnitPlan {
    pub id: Uuid,
    pub number: u32,
    pub title: String,
    pub lessons: Vec<LessonPlan>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LessonPlan {
    pub id: Uuid,
    pub number: u32,
    pub document: usize,
    pub title: String,
    /// What the lesson is about, for sentences such as "Can explain the rules for ...": the heading without any "part 2".
    pub topic: String,
    /// In reading order, headings and warnings included.
    pub clauses: Vec<ClauseRef>,
    /// The lessons that a practice lesson recycles; empty for a lesson of its own.
    #[serde(default)]
    pub practises: Vec<Uuid>,
    /// Clauses of the lesson before, for the recall at the beginning.
    #[serde(default)]
    pub recalls: Vec<ClauseRef>,
}

/// Makes the outline. More hours than the SOPs need give shorter lessons and practice lessons; fewer keep the lessons
/// with the most critical clauses, and gather the critical clauses of the others in one.
pub fn outline(brief: &Brief, library: &Library, plan: &Plan) -> Outline {
    let mut left_out = plan.left_out.clone();
    let possible = brief.hours.map(lessons_in);
    let mut drafts = chunks(library, plan, Grain::fine(brief.level));
    if possible.is_some_and(|p| drafts.len() > p) {
        drafts = chunks(library, plan, Grain::coarse(brief.level));
    }
    hours::fit(brief, library, &mut drafts, &mut left_out);
    let mut units = units(library, lessons(library, drafts));
    if let Some(possible) = possible {
        practice::add(library, &mut units, possible);
    }
    recall(&mut units);
    Outline { title: titles::course(brief, library), level: brief.level, units, left_out }
}

/// Lessons of 50 minutes in the ordered hours, at least one.
fn lessons_in(hours: f32) -> usize {
    (1..=5000_usize).take_while(|n| *n as f32 * LESSON_MINUTES as f32 <= hours * 60.0).count().max(1)
}

fn chunks(library: &Library, plan: &Plan, grain: Grain) -> Vec<tree::Chunk> {
    let documents = 0..library.documents().len();
    let mut out: Vec<tree::Chunk> = documents.flat_map(|d| tree::chunks(library, plan, d, grain)).collect();
    out.retain(|c| !c.clauses.is_empty());
    out
}

fn lessons(library: &Library, drafts: Vec<tree::Chunk>) -> Vec<LessonPlan> {
    let mut titles = Vec::new();
    let mut topics = Vec::new();
    for chunk in &drafts {
        let document = &library.documents()[chunk.document];
        let (title, topic) = titles::lesson(&chunk.parts, &document.text, &document.title);
        titles.push(title);
        topics.push(topic);
    }
    let marks: Vec<Option<String>> = (0..drafts.len()).map(|i| mark(library, &drafts, &titles, i)).collect();
    let mut named: Vec<(String, Option<String>)> = titles.into_iter().zip(marks).collect();
    let text = library.documents().first().map_or("", |d| d.text.as_str());
    titles::tell_apart(&mut named, text);
    let described = named.into_iter().zip(topics);
    drafts
        .into_iter()
        .zip(described)
        .zip(1..)
        .map(|((chunk, ((title, _), topic)), number)| {
            let document = &library.documents()[chunk.document];
            let first = chunk.clauses.first().map(|at| library.clause(*at).id.0.clone()).unwrap_or_default();
            LessonPlan {
                id: Uuid::new_v5(&document.document_id, format!("lesson/{first}").as_bytes()),
                number,
                document: chunk.document,
                title,
                topic,
                clauses: chunk.clauses,
                practises: Vec::new(),
                recalls: Vec::new(),
            }
        })
        .collect()
}

/// What tells a lesson from others with the same title: its steps, or a term that only it has.
fn mark(library: &Library, drafts: &[tree::Chunk], titles: &[String], i: usize) -> Option<String> {
    let words = |chunk: &tree::Chunk| {
        chunk.clauses.iter().map(|at| library.clause(*at).text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let others: Vec<String> =
        (0..drafts.len()).filter(|k| *k != i && titles[*k] == titles[i]).map(|k| words(&drafts[k])).collect();
    if others.is_empty() {
        return None;
    }
    let document = &library.documents()[drafts[i].document];
    split::step_range(library, &drafts[i].clauses)
        .or_else(|| titles::own_term(document, &titles[i], &words(&drafts[i]), &others.join("\n")))
}

/// Every lesson but the first begins with the lesson before.
fn recall(units: &mut [UnitPlan]) {
    let mut before: Vec<ClauseRef> = Vec::new();
    for lesson in units.iter_mut().flat_map(|u| &mut u.lessons) {
        lesson.recalls = std::mem::replace(&mut before, lesson.clauses.clone());
    }
}

/// Warnings, prohibitions and limits: a mistake here does harm.
pub fn is_critical(library: &Library, at: ClauseRef) -> bool {
    let clause = library.clause(at);
    let limit = clause.literals.iter().any(|l| matches!(l.kind, LiteralKind::Limit | LiteralKind::Range));
    library.kind(at) == ClauseKind::Warning
        || clause.modality == Modality::MustNot
        || limit && is_teachable(library, at)
}

/// Units of three to five lessons. A document with fewer than three shares a unit with its neighbour.
fn units(library: &Library, lessons: Vec<LessonPlan>) -> Vec<UnitPlan> {
    let mut groups: Vec<Vec<LessonPlan>> = Vec::new();
    for lesson in lessons {
        match groups.last_mut().filter(|g| g[0].document == lesson.document) {
            Some(group) => group.push(lesson),
            None => groups.push(vec![lesson]),
        }
    }
    while let Some(i) = groups.windows(2).position(|w| w[0].len() < 3 && w[1].len() < 3) {
        let second = groups.remove(i + 1);
        groups[i].extend(second);
    }
    let mut out = Vec::new();
    for group in groups {
        let parts = group.len().div_ceil(5).max(1);
        let size = group.len().div_ceil(parts);
        let several = group.iter().any(|l| l.document != group[0].document);
        for lessons in group.chunks(size) {
            let id = Uuid::new_v5(&lessons[0].id, b"unit");
            let number = u32::try_from(out.len() + 1).unwrap_or(u32::MAX);
            let title = titles::unit(library, lessons, parts == 1 && !several);
            out.push(UnitPlan { id, number, title, lessons: lessons.to_vec() });
        }
    }
    out
}

#[cfg(test)]
mod tests;
