//! Sections become lessons of about one procedure each, lessons become units.

mod split;
mod titles;
mod tree;

use course_format::Level;
use course_format::sop::{ClauseKind, LiteralKind, Modality};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Brief;
use super::library::{ClauseRef, Library};
use super::plan::{LeftOut, Plan, is_teachable};

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

    /// Takes lessons out and numbers the others anew; what they held is left out of the course.
    pub fn drop_lessons(&mut self, lessons: &std::collections::BTreeSet<Uuid>) {
        for unit in &mut self.units {
            let (gone, kept): (Vec<LessonPlan>, Vec<LessonPlan>) =
                std::mem::take(&mut unit.lessons).into_iter().partition(|l| lessons.contains(&l.id));
            unit.lessons = kept;
            let clauses = gone.into_iter().flat_map(|l| l.clauses);
            self.left_out.extend(
                clauses.map(|clause| LeftOut { clause, reason: "nothing in its section can be practised".to_owned() }),
            );
        }
        self.units.retain(|u| !u.lessons.is_empty());
        let mut number = 0;
        for (unit, n) in self.units.iter_mut().zip(1..) {
            unit.number = n;
            for lesson in &mut unit.lessons {
                number += 1;
                lesson.number = number;
            }
        }
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
}

/// Makes the outline; fewer hours than the SOPs need keep the lessons with the most critical clauses.
pub fn outline(brief: &Brief, library: &Library, plan: &Plan) -> Outline {
    let mut left_out = plan.left_out.clone();
    let mut drafts: Vec<tree::Chunk> = Vec::new();
    for document in 0..library.documents().len() {
        drafts.extend(tree::chunks(library, plan, document));
    }
    drafts.retain(|c| worth_a_lesson(library, c, &mut left_out));
    fit_hours(brief, library, &mut drafts, &mut left_out);
    let lessons: Vec<LessonPlan> = drafts
        .into_iter()
        .zip(1..)
        .map(|(chunk, number)| {
            let document = &library.documents()[chunk.document];
            let first = chunk.clauses.first().map(|at| library.clause(*at).id.0.clone()).unwrap_or_default();
            LessonPlan {
                id: Uuid::new_v5(&document.document_id, format!("lesson/{first}").as_bytes()),
                number,
                document: chunk.document,
                title: chunk.title,
                topic: chunk.topic,
                clauses: chunk.clauses,
            }
        })
        .collect();
    Outline { title: titles::course(brief, library), level: brief.level, units: units(library, lessons), left_out }
}

/// Facts alone make no lesson: they are named as left out.
fn worth_a_lesson(library: &Library, chunk: &tree::Chunk, left_out: &mut Vec<LeftOut>) -> bool {
    let teachable = chunk.clauses.iter().filter(|at| is_teachable(library, **at)).count();
    let definitions = chunk.clauses.iter().filter(|at| library.kind(**at) == ClauseKind::Definition).count();
    let rows = chunk.clauses.iter().filter(|at| library.kind(**at) == ClauseKind::TableRow).count();
    let enough = teachable >= 2 || definitions >= 3 || rows >= 4 && teachable + definitions > 0;
    if !enough {
        left_out.extend(
            chunk
                .clauses
                .iter()
                .map(|at| LeftOut { clause: *at, reason: "its section gives too little to practise".to_owned() }),
        );
    }
    enough
}

fn fit_hours(brief: &Brief, library: &Library, drafts: &mut Vec<tree::Chunk>, left_out: &mut Vec<LeftOut>) {
    let Some(hours) = brief.hours else { return };
    let possible = (1..=drafts.len()).take_while(|n| *n as f32 * LESSON_MINUTES as f32 <= hours * 60.0).count().max(1);
    if drafts.len() <= possible {
        return;
    }
    let mut ranked: Vec<usize> = (0..drafts.len()).collect();
    ranked.sort_by_key(|i| {
        let critical = drafts[*i].clauses.iter().filter(|at| is_critical(library, **at)).count();
        (std::cmp::Reverse(critical), *i)
    });
    let dropped: Vec<usize> = ranked.split_off(possible);
    for i in &dropped {
        left_out.extend(drafts[*i].clauses.iter().map(|at| LeftOut {
            clause: *at,
            reason: format!(
                "{hours} hours are not enough for every section; those with more warnings and limits came first"
            ),
        }));
    }
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
}

/// Warnings, prohibitions and limits: a mistake here does harm.
pub fn is_critical(library: &Library, at: ClauseRef) -> bool {
    let clause = library.clause(at);
    let limit = clause.literals.iter().any(|l| matches!(l.kind, LiteralKind::Limit | LiteralKind::Range));
    library.kind(at) == ClauseKind::Warning
        || clause.modality == Modality::MustNot
        || limit && is_teachable(library, at)
}

/// Units of three to five lessons, never across documents unless a document has fewer than three.
fn units(library: &Library, lessons: Vec<LessonPlan>) -> Vec<UnitPlan> {
    let mut groups: Vec<Vec<LessonPlan>> = Vec::new();
    for lesson in lessons {
        match groups.last_mut().filter(|g| g[0].document == lesson.document) {
            Some(group) => group.push(lesson),
            None => groups.push(vec![lesson]),
        }
    }
    let mut out = Vec::new();
    for group in groups {
        let parts = group.len().div_ceil(5).max(1);
        let size = group.len().div_ceil(parts);
        for lessons in group.chunks(size) {
            let id = Uuid::new_v5(&lessons[0].id, b"unit");
            let number = u32::try_from(out.len() + 1).unwrap_or(u32::MAX);
            out.push(UnitPlan { id, number, title: titles::unit(library, lessons), lessons: lessons.to_vec() });
        }
    }
    out
}
