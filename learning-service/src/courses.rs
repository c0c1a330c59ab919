//! A student's courses and how far they have come.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use course_format::course::{Course, LearnerAssessment};
use platform::{
    Problem,
    auth::{As, Student},
    extract::Path,
};
use serde::Serialize;
use sqlx::PgPool;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState, assessments,
    enrolments::{self, Enrolment},
    lessons::{self, Completion},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct MyCourse {
    pub course_id: Uuid,
    pub title: String,
    pub level: String,
    pub version: i32,
    pub due_on: Option<NaiveDate>,
    pub started_at: Option<DateTime<Utc>>,
    pub lessons_total: usize,
    pub lessons_completed: usize,
    /// The last assessment that was handed in.
    pub assessment: Option<AssessmentResult>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentResult {
    /// 0 to 1.
    pub score: f32,
    pub passed: bool,
    pub submitted_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyCourses {
    pub items: Vec<MyCourse>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyCourseDetail {
    #[serde(flatten)]
    pub course: MyCourse,
    pub units: Vec<UnitOutline>,
    pub assessment_frame: LearnerAssessment,
    /// Where to go on.
    pub resume: Option<Resume>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UnitOutline {
    pub number: u32,
    pub title: String,
    pub lessons: Vec<LessonOutline>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LessonOutline {
    pub lesson_id: Uuid,
    pub number: u32,
    pub title: String,
    pub minutes: u32,
    pub state: LessonState,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LessonState {
    Open,
    Started,
    Completed,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Resume {
    pub lesson_id: Uuid,
    pub item_id: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Progress {
    pub lessons: Vec<LessonProgress>,
    /// Mean score of the completed lessons, 0 to 1.
    pub score: Option<f32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LessonProgress {
    pub lesson_id: Uuid,
    pub number: u32,
    pub title: String,
    pub state: LessonState,
    pub score: Option<f32>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// One's courses.
#[utoipa::path(get, path = "/v1/learning/courses", tag = "courses", responses((status = 200, body = MyCourses)))]
pub async fn list_courses(State(state): State<AppState>, student: As<Student>) -> Result<Json<MyCourses>, Problem> {
    let mut items = Vec::new();
    for enrolment in enrolments::of_student(&state.pool, student.user_id).await? {
        let package = state.store.load(&enrolment.package()).await?;
        let standing = Standing::read(&state.pool, &enrolment).await?;
        items.push(standing.course(&enrolment, &package.course));
    }
    Ok(Json(MyCourses { items }))
}

/// A course's outline, and where to go on.
#[utoipa::path(get, path = "/v1/learning/courses/{course_id}", tag = "courses", params(("course_id" = Uuid, Path)),
    responses((status = 200, body = MyCourseDetail)))]
pub async fn get_course(
    State(state): State<AppState>,
    student: As<Student>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<MyCourseDetail>, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    let standing = Standing::read(&state.pool, &enrolment).await?;
    let units = package.course.units.iter().map(|unit| UnitOutline {
        number: unit.number,
        title: unit.title.clone(),
        lessons: unit
            .lessons
            .iter()
            .map(|l| LessonOutline {
                lesson_id: l.id,
                number: l.number,
                title: l.title.clone(),
                minutes: l.minutes,
                state: standing.state(l.id),
            })
            .collect(),
    });
    Ok(Json(MyCourseDetail {
        units: units.collect(),
        assessment_frame: (&package.course.assessment).into(),
        resume: standing.resume(&enrolment, &package.course),
        course: standing.course(&enrolment, &package.course),
    }))
}

/// Lesson by lesson.
#[utoipa::path(get, path = "/v1/learning/courses/{course_id}/progress", tag = "courses",
    params(("course_id" = Uuid, Path)), responses((status = 200, body = Progress)))]
pub async fn get_progress(
    State(state): State<AppState>,
    student: As<Student>,
    Path(course_id): Path<Uuid>,
) -> Result<Json<Progress>, Problem> {
    let enrolment = enrolments::of_course(&state.pool, student.user_id, course_id).await?;
    let package = state.store.load(&enrolment.package()).await?;
    let standing = Standing::read(&state.pool, &enrolment).await?;
    let lessons = package.course.lessons().map(|l| {
        let completion = standing.completions.get(&l.id);
        LessonProgress {
            lesson_id: l.id,
            number: l.number,
            title: l.title.clone(),
            state: standing.state(l.id),
            score: completion.map(|c| c.score),
            completed_at: completion.map(|c| c.completed_at),
        }
    });
    let lessons: Vec<_> = lessons.collect();
    let scores: Vec<f32> = lessons.iter().filter_map(|l| l.score).collect();
    let score = (!scores.is_empty()).then(|| scores.iter().sum::<f32>() / scores.len() as f32);
    Ok(Json(Progress { lessons, score }))
}

/// What a student has done in a course.
struct Standing {
    completions: BTreeMap<Uuid, Completion>,
    started: Vec<Uuid>,
    assessment: Option<AssessmentResult>,
}

impl Standing {
    async fn read(pool: &PgPool, enrolment: &Enrolment) -> Result<Self, Problem> {
        let (student, course) = (enrolment.student_id, enrolment.course_id);
        let completions = lessons::completions(pool, student, course).await?;
        let last = assessments::last(pool, student, course).await?;
        Ok(Self {
            completions: completions.into_iter().map(|c| (c.lesson_id, c)).collect(),
            started: lessons::started(pool, student, course).await?,
            assessment: last.map(|s| AssessmentResult {
                score: s.score,
                passed: s.passed,
                submitted_at: s.submitted_at,
            }),
        })
    }

    fn state(&self, lesson: Uuid) -> LessonState {
        if self.completions.contains_key(&lesson) {
            LessonState::Completed
        } else if self.started.contains(&lesson) {
            LessonState::Started
        } else {
            LessonState::Open
        }
    }

    fn course(self, enrolment: &Enrolment, course: &Course) -> MyCourse {
        MyCourse {
            course_id: enrolment.course_id,
            title: enrolment.title.clone(),
            level: enrolment.level.clone(),
            version: enrolment.version,
            due_on: enrolment.due_on,
            started_at: enrolment.started_at,
            lessons_total: course.lessons().count(),
            lessons_completed: course.lessons().filter(|l| self.completions.contains_key(&l.id)).count(),
            assessment: self.assessment,
        }
    }

    /// The lesson that was open last if it is unfinished, else the first unfinished one.
    fn resume(&self, enrolment: &Enrolment, course: &Course) -> Option<Resume> {
        let unfinished = |id: &Uuid| !self.completions.contains_key(id);
        if let Some(lesson_id) = enrolment.resume_lesson.filter(unfinished) {
            return Some(Resume { lesson_id, item_id: enrolment.resume_item });
        }
        course.lessons().map(|l| l.id).find(unfinished).map(|lesson_id| Resume { lesson_id, item_id: None })
    }
}
