//! What Postgres keeps of a package: the ids that comments may stand on, and the titles that search looks at.

use course_format::course::{Activity, Course, Lesson};
use uuid::Uuid;

/// Ids of everything that a reviewer can point at: the course itself, units, lessons and what they hold, the assessment.
pub fn element_ids(course: &Course) -> Vec<Uuid> {
    let mut ids = vec![course.course_id, course.assessment.id];
    ids.extend(course.units.iter().map(|unit| unit.id));
    for lesson in course.lessons() {
        lesson_parts(lesson, &mut ids);
    }
    ids.extend(course.items().map(|item| item.id));
    ids
}

fn lesson_parts(lesson: &Lesson, ids: &mut Vec<Uuid>) {
    ids.push(lesson.id);
    ids.extend(lesson.vocabulary.iter().map(|entry| entry.id));
    ids.extend(lesson.reading.lines.iter().map(|line| line.id));
    ids.extend(lesson.grammar.iter().map(|grammar| grammar.id));
    if let Some(dialogue) = &lesson.dialogue {
        ids.push(dialogue.id);
        ids.extend(dialogue.turns.iter().map(|turn| turn.id));
    }
    ids.extend(lesson.role_play.iter().map(|play| play.id));
    ids.extend(lesson.activities.iter().map(|Activity { id, .. }| *id));
}

/// Titles of units and lessons, one a line.
pub fn titles(course: &Course) -> String {
    let titles = course
        .units
        .iter()
        .flat_map(|unit| std::iter::once(unit.title.as_str()).chain(unit.lessons.iter().map(|l| l.title.as_str())));
    titles.collect::<Vec<_>>().join("\n")
}
