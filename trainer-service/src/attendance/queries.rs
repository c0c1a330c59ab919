use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

use super::Attendance;

/// By user id.
pub async fn list(db: &mut PgConnection, session_id: Uuid) -> Result<Vec<Attendance>, sqlx::Error> {
    sqlx::query_as(
        "SELECT a.user_id, m.display_name, a.present
         FROM attendance a LEFT JOIN members m ON m.user_id = a.user_id WHERE a.session_id = $1 ORDER BY a.user_id",
    )
    .bind(session_id)
    .fetch_all(db)
    .await
}

pub async fn replace(
    tx: &mut PgConnection,
    session_id: Uuid,
    entries: &BTreeMap<Uuid, bool>,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM attendance WHERE session_id = $1").bind(session_id).execute(&mut *tx).await?;
    sqlx::query(
        "INSERT INTO attendance (session_id, user_id, present) SELECT $1, * FROM unnest($2::uuid[], $3::boolean[])",
    )
    .bind(session_id)
    .bind(entries.keys().copied().collect::<Vec<_>>())
    .bind(entries.values().copied().collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

/// Who learns the course or once did.
pub async fn ever_students(tx: &mut PgConnection, course_id: Uuid) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar("SELECT DISTINCT user_id FROM assignments WHERE course_id = $1 AND role = 'student'")
        .bind(course_id)
        .fetch_all(tx)
        .await
}
