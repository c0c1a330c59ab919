use sqlx::PgConnection;
use uuid::Uuid;

use super::ReviewState;
use crate::courses::VersionRow;

pub async fn review(
    tx: &mut PgConnection,
    row: &VersionRow,
    state: ReviewState,
    by: Uuid,
    note: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE versions SET state = $3, reviewed_by = $4, reviewed_at = now(), changes_note = $5
         WHERE course_id = $1 AND version = $2",
    )
    .bind(row.course_id)
    .bind(i64::from(row.version))
    .bind(state)
    .bind(by)
    .bind(note)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn publish(tx: &mut PgConnection, row: &VersionRow, by: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE versions SET state = 'published', published_by = $3, published_at = now()
         WHERE course_id = $1 AND version = $2",
    )
    .bind(row.course_id)
    .bind(i64::from(row.version))
    .bind(by)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE courses SET published_version = $2 WHERE course_id = $1")
        .bind(row.course_id)
        .bind(i64::from(row.version))
        .execute(tx)
        .await?;
    Ok(())
}
