use platform::paging::PageRequest;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use uuid::Uuid;

use super::{Assignment, NewAssignments};
use crate::courses::VersionRow;

const COLUMNS: &str = "assignment_id, user_id,
    (SELECT display_name FROM members m WHERE m.user_id = assignments.user_id) AS display_name, role, due_on, assigned_at";

/// The person's assignment, and whether it is new.
pub async fn insert(
    tx: &mut PgConnection,
    course: &VersionRow,
    user: Uuid,
    new: &NewAssignments,
    by: Uuid,
) -> Result<(Assignment, bool), sqlx::Error> {
    let inserted = sqlx::query_as(AssertSqlSafe(format!(
        "INSERT INTO assignments (assignment_id, course_id, user_id, role, version, due_on, assigned_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING {COLUMNS}"
    )))
    .bind(Uuid::now_v7())
    .bind(course.course_id)
    .bind(user)
    .bind(new.role)
    .bind(i64::from(course.version))
    .bind(new.due_on)
    .bind(by)
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(assignment) = inserted {
        return Ok((assignment, true));
    }
    let existing = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM assignments
         WHERE course_id = $1 AND user_id = $2 AND role = $3 AND unassigned_at IS NULL"
    )))
    .bind(course.course_id)
    .bind(user)
    .bind(new.role)
    .fetch_one(tx)
    .await?;
    Ok((existing, false))
}

pub async fn list(db: &mut PgConnection, course_id: Uuid, page: PageRequest) -> Result<Vec<Assignment>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM assignments
         WHERE course_id = $1 AND unassigned_at IS NULL AND ($2::uuid IS NULL OR assignment_id < $2)
         ORDER BY assignment_id DESC LIMIT $3"
    )))
    .bind(course_id)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(db)
    .await
}

#[derive(FromRow)]
struct Ended {
    client_id: Uuid,
    #[sqlx(flatten)]
    assignment: Assignment,
}

/// Ends the assignment if the caller may see its course: the course's client, and who it was.
pub async fn end(
    tx: &mut PgConnection,
    course_id: Uuid,
    assignment_id: Uuid,
    clients: Option<&[Uuid]>,
) -> Result<Option<(Uuid, Assignment)>, sqlx::Error> {
    // The course is locked first, as by everybody who assigns: an end and a new beginning take turns.
    let ended: Option<Ended> = sqlx::query_as(AssertSqlSafe(format!(
        "WITH course AS (SELECT client_id FROM courses WHERE course_id = $1
                         AND ($3::uuid[] IS NULL OR client_id = ANY($3)) FOR UPDATE)
         UPDATE assignments SET unassigned_at = now() FROM course
         WHERE course_id = $1 AND assignment_id = $2 AND unassigned_at IS NULL
         RETURNING course.client_id, {COLUMNS}"
    )))
    .bind(course_id)
    .bind(assignment_id)
    .bind(clients)
    .fetch_optional(tx)
    .await?;
    Ok(ended.map(|e| (e.client_id, e.assignment)))
}
