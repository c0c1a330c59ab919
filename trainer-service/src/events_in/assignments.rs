//! Beginnings and ends of assignments, in whatever order: an assignment that was ended stays ended.

use chrono::{DateTime, Utc};
use events::payloads::{AssigneeRole, CourseAssigned, CourseUnassigned};
use sqlx::PgConnection;

pub async fn begin(tx: &mut PgConnection, at: DateTime<Utc>, event: &CourseAssigned) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO assignments (assignment_id, course_id, user_id, role, due_on, assigned_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (assignment_id) DO UPDATE SET due_on = excluded.due_on, assigned_at = excluded.assigned_at",
    )
    .bind(event.assignment_id)
    .bind(event.course_id)
    .bind(event.user_id)
    .bind(role(event.role))
    .bind(event.due_on)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn end(tx: &mut PgConnection, at: DateTime<Utc>, event: &CourseUnassigned) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO assignments (assignment_id, course_id, user_id, role, assigned_at, unassigned_at)
         VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT (assignment_id) DO UPDATE SET unassigned_at = excluded.unassigned_at",
    )
    .bind(event.assignment_id)
    .bind(event.course_id)
    .bind(event.user_id)
    .bind(role(event.role))
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

fn role(role: AssigneeRole) -> &'static str {
    match role {
        AssigneeRole::Trainer => "trainer",
        AssigneeRole::Student => "student",
    }
}
