//! What a job tells the other services, as events for the outbox.

use course_format::course::CoursePackage;
use course_format::sop::ClauseKind;
use events::payloads::{
    CourseGenerated, CourseGenerationFailed, CourseLessonReady, CourseOutlineReady, OutlineClause, OutlineLeftOut,
    OutlineLesson, OutlineUnit, Package,
};

use crate::engine::author;
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{LESSON_MINUTES, LessonPlan, Outline, is_critical};
use crate::jobs::job::JobRow;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The outline with what its lessons hold, for the person who may have to approve it.
pub fn outline_ready(job: &JobRow, library: &Library, outline: &Outline) -> CourseOutlineReady {
    let clause = |at: ClauseRef| OutlineClause {
        clause_id: library.clause(at).id.0.clone(),
        text: beginning(&library.clause(at).text),
        safety: is_critical(library, at),
    };
    let plan = |lesson: &LessonPlan| OutlineLesson {
        lesson_id: lesson.id,
        number: lesson.number,
        title: lesson.title.clone(),
        minutes: LESSON_MINUTES,
        objectives: author::can_dos(&job.brief, library, lesson),
        clauses: taught(library, lesson).map(clause).collect(),
        safety: taught(library, lesson).any(|at| is_critical(library, at)),
    };
    CourseOutlineReady {
        request_id: job.request_id,
        client_id: job.client_id,
        course_id: job.course_id,
        version: job.version.unsigned_abs(),
        title: outline.title.clone(),
        level: outline.level,
        units: outline
            .units
            .iter()
            .map(|u| OutlineUnit {
                title: u.title.clone(),
                lessons: u.lessons.iter().map(|l| l.title.clone()).collect(),
                plans: u.lessons.iter().map(plan).collect(),
            })
            .collect(),
        left_out: outline
            .left_out
            .iter()
            .map(|l| OutlineLeftOut {
                clause_id: library.clause(l.clause).id.0.clone(),
                text: beginning(&library.clause(l.clause).text),
                reason: l.reason.clone(),
            })
            .collect(),
        awaits_approval: job.approve_outline,
    }
}

/// The clauses of a lesson that say something.
fn taught<'a>(library: &'a Library, lesson: &'a LessonPlan) -> impl Iterator<Item = ClauseRef> + 'a {
    lesson.clauses.iter().copied().filter(move |at| library.kind(*at) != ClauseKind::Heading)
}

/// Enough of a clause to know it by: an event is no document.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 160;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

pub fn lessons_ready(job: &JobRow, outline: &Outline) -> Vec<CourseLessonReady> {
    let of = count(outline.lessons().count());
    outline
        .lessons()
        .map(|lesson| CourseLessonReady {
            request_id: job.request_id,
            client_id: job.client_id,
            course_id: job.course_id,
            version: job.version.unsigned_abs(),
            lesson_id: lesson.id,
            title: lesson.title.clone(),
            number: lesson.number,
            of,
        })
        .collect()
}

pub fn generated(job: &JobRow, package: &CoursePackage, stored: Package) -> CourseGenerated {
    let course = &package.course;
    CourseGenerated {
        request_id: job.request_id,
        client_id: job.client_id,
        course_id: job.course_id,
        version: job.version.unsigned_abs(),
        title: course.title.clone(),
        level: course.level,
        ordered_by: job.ordered_by,
        units: count(course.units.len()),
        lessons: count(course.lessons().count()),
        items: count(course.items().count()),
        package: stored,
    }
}

pub fn failed(job: &JobRow, code: &str, detail: &str) -> CourseGenerationFailed {
    CourseGenerationFailed {
        request_id: job.request_id,
        client_id: job.client_id,
        ordered_by: job.ordered_by,
        code: code.to_owned(),
        detail: detail.to_owned(),
    }
}
