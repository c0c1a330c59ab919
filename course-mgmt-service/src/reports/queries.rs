use platform::paging::PageRequest;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, PgPool};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{CourseReport, Feedback, StudentReport};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportFilter {
    pub client_id: Option<Uuid>,
}

/// One row a published course; the numbers come from its assigned students.
const REPORT: &str = "SELECT c.course_id, v.title, n.assigned, n.started, n.finished, n.mean_score
    FROM courses c
    JOIN versions v ON v.course_id = c.course_id AND v.version = c.published_version
    CROSS JOIN LATERAL (
        SELECT count(*) AS assigned, count(p.started_at) AS started, count(p.finished_at) AS finished,
               avg(p.score)::double precision AS mean_score
        FROM assignments a LEFT JOIN progress p ON p.course_id = a.course_id AND p.student_id = a.user_id
        WHERE a.course_id = c.course_id AND a.role = 'student' AND a.unassigned_at IS NULL) n";

pub async fn list(
    pool: &PgPool,
    clients: Option<&[Uuid]>,
    filter: &ReportFilter,
    page: PageRequest,
) -> Result<Vec<CourseReport>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "{REPORT}
         WHERE ($1::uuid[] IS NULL OR c.client_id = ANY($1)) AND ($2::uuid IS NULL OR c.client_id = $2)
           AND ($3::uuid IS NULL OR c.course_id < $3)
         ORDER BY c.course_id DESC LIMIT $4"
    )))
    .bind(clients)
    .bind(filter.client_id)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

pub async fn find(
    pool: &PgPool,
    course_id: Uuid,
    clients: Option<&[Uuid]>,
) -> Result<Option<CourseReport>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "{REPORT} WHERE c.course_id = $1 AND ($2::uuid[] IS NULL OR c.client_id = ANY($2))"
    )))
    .bind(course_id)
    .bind(clients)
    .fetch_optional(pool)
    .await
}

pub async fn students(pool: &PgPool, course_id: Uuid) -> Result<Vec<StudentReport>, sqlx::Error> {
    sqlx::query_as(
        "SELECT a.user_id, m.display_name, p.started_at, v.lessons, p.score, p.passed,
             (SELECT count(*) FROM completed_lessons l
              WHERE l.course_id = a.course_id AND l.student_id = a.user_id AND l.lesson_id = ANY(v.element_ids))
                 AS lessons_completed,
             (SELECT count(*) FROM sessions_held s WHERE s.course_id = a.course_id AND a.user_id = ANY(s.present))
                 AS sessions_attended
         FROM assignments a
         JOIN courses c ON c.course_id = a.course_id
         JOIN versions v ON v.course_id = c.course_id AND v.version = c.published_version
         LEFT JOIN members m ON m.user_id = a.user_id
         LEFT JOIN progress p ON p.course_id = a.course_id AND p.student_id = a.user_id
         WHERE a.course_id = $1 AND a.role = 'student' AND a.unassigned_at IS NULL
         ORDER BY m.display_name, a.user_id",
    )
    .bind(course_id)
    .fetch_all(pool)
    .await
}

pub async fn feedback(pool: &PgPool, course_id: Uuid) -> Result<Vec<Feedback>, sqlx::Error> {
    sqlx::query_as(
        "SELECT text, from_role, lesson_id, at FROM feedback WHERE course_id = $1 ORDER BY at DESC, feedback_id LIMIT 200",
    )
    .bind(course_id)
    .fetch_all(pool)
    .await
}
