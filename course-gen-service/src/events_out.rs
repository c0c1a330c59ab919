//! What a job tells the other services, as events for the outbox.

use course_format::course::CoursePackage;
use events::payloads::{
    CourseGenerated, CourseGenerationFailed, CourseLessonReady, CourseOutlineReady, OutlineUnit, Package,
};

use crate::engine::outline::Outline;
use crate::jobs::job::JobRow;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

pub fn outline_ready(job: &JobRow, outline: &Outline) -> CourseOutlineReady {
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
            })
            .collect(),
    }
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
