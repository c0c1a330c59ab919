//! Puts the parts together: the package, and the page that needs no server.

mod activities;
mod entry;
mod html;

use std::collections::{BTreeMap, BTreeSet};

use course_format::course::{
    AnswerKeys, Assessment, Course, CoursePackage, FORMAT_VERSION, Lesson, Reading, SopReference, Unit,
};
use uuid::Uuid;

use super::Brief;
use super::author::LessonText;
use super::carry::carry;
use super::forge::{Forged, Made};
use super::library::Library;
use super::outline::{LESSON_MINUTES, Outline, stages};
use super::verify::report::report;

pub use activities::rank;
pub use html::{Audience, page, page_for};

/// The course on paper, by file name.
pub const BOOKS: [(&str, Audience); 2] = [("student.pdf", Audience::Student), ("teacher.pdf", Audience::Teacher)];

/// Share of the points that passes the final test (PEDAGOGY section 8).
const PASS_MARK: f32 = 0.75;

/// The course version with its keys and its quality report.
pub fn package(
    author: &str,
    brief: &Brief,
    library: &Library,
    outline: &Outline,
    texts: Vec<LessonText>,
    forged: Forged,
) -> CoursePackage {
    let refused = forged.refused;
    let mut keys = AnswerKeys::default();
    let entry_test = entry::of(brief, library, outline, &texts, forged.entry, &mut keys);
    let mut unit_tests: BTreeMap<Uuid, Vec<Made>> = forged.units.into_iter().map(|u| (u.unit, u.items)).collect();
    let mut lessons: BTreeMap<Uuid, Lesson> = BTreeMap::new();
    for ((plan, text), made) in outline.lessons().zip(texts).zip(forged.lessons) {
        let activities = activities::of(plan.id, outline.level, take_keys(made.items, &mut keys));
        lessons.insert(
            plan.id,
            Lesson {
                id: plan.id,
                number: plan.number,
                title: plan.title.clone(),
                minutes: LESSON_MINUTES,
                stages: stages(outline.level, !plan.practises.is_empty()),
                objectives: text.objectives,
                warm_up: text.warm_up,
                vocabulary: text.vocabulary,
                reading: text.reading,
                grammar: text.grammar,
                dialogue: text.dialogue,
                activities,
                role_play: text.role_play,
                homework: text.homework,
                variants: text.variants,
                trainer_notes: text.trainer_notes,
                trainer_page: text.trainer_page,
            },
        );
    }
    let mut asked = BTreeSet::new();
    for plan in outline.lessons() {
        if let Some(lesson) = lessons.get_mut(&plan.id) {
            ask_once(&mut lesson.reading, &mut asked);
        }
    }
    let units = outline
        .units
        .iter()
        .map(|u| Unit {
            id: u.id,
            number: u.number,
            title: u.title.clone(),
            lessons: u.lessons.iter().filter_map(|l| lessons.remove(&l.id)).collect(),
            test: unit_tests.remove(&u.id).map(|items| Assessment {
                id: Uuid::new_v5(&u.id, b"test"),
                title: format!("Test of unit {}", u.number),
                pass_mark: PASS_MARK,
                items: take_keys(items, &mut keys).into_iter().map(|m| m.item).collect(),
            }),
        })
        .collect();
    let assessment = Assessment {
        id: Uuid::new_v5(&brief.course_id, b"assessment"),
        title: "Final test".to_owned(),
        pass_mark: PASS_MARK,
        items: take_keys(forged.assessment, &mut keys).into_iter().map(|m| m.item).collect(),
    };
    let course = Course {
        format_version: FORMAT_VERSION.to_owned(),
        course_id: brief.course_id,
        request_id: brief.request_id,
        client_id: brief.client_id,
        title: outline.title.clone(),
        level: outline.level,
        hours: outline.hours(),
        sops: library
            .documents()
            .iter()
            .map(|d| SopReference {
                document_id: d.document_id,
                title: d.title.clone(),
                version: d.version.number,
                sha256: d.version.sha256.clone(),
            })
            .collect(),
        entry_test,
        units,
        assessment,
    };
    let quality = report(author, brief, library, outline, &course, &keys, refused);
    CoursePackage { course, keys, quality }
}

/// The course with all that still stands of the version before it, measured as it is then.
pub fn carried(
    mut package: CoursePackage,
    previous: &CoursePackage,
    brief: &Brief,
    library: &Library,
    outline: &Outline,
) -> CoursePackage {
    carry(&mut package, previous, library);
    let CoursePackage { course, keys, quality } = package;
    let refused = quality.key_check.map_or(0, |check| check.refused);
    let quality = report(&quality.author, brief, library, outline, &course, &keys, refused);
    CoursePackage { course, keys, quality }
}

/// A task that an earlier lesson has in the same words is left out.
fn ask_once(reading: &mut Reading, asked: &mut BTreeSet<String>) {
    for task in [&mut reading.before_reading, &mut reading.after_reading] {
        if task.as_ref().is_some_and(|t| !asked.insert(t.text.clone())) {
            *task = None;
        }
    }
}

fn take_keys(items: Vec<Made>, keys: &mut AnswerKeys) -> Vec<Made> {
    for made in &items {
        keys.0.insert(made.item.id, made.key.clone());
    }
    items
}
