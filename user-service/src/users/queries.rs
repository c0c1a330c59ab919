use events::payloads::Role;
use platform::{Problem, paging::PageRequest, problem::OnConstraint as _};
use sqlx::{AssertSqlSafe, FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

use super::profile::Profile;
use crate::error::email_taken;

const COLUMNS: &str =
    "user_id, list_id, revision, email, display_name, language, phone, roles, client_ids, disabled, updated_at";

pub async fn by_id(db: impl PgExecutor<'_>, user: Uuid) -> Result<Option<Profile>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM profiles WHERE user_id = $1");
    sqlx::query_as(AssertSqlSafe(sql)).bind(user).fetch_optional(db).await
}

pub async fn by_id_for_update(tx: &mut PgConnection, user: Uuid) -> Result<Option<Profile>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM profiles WHERE user_id = $1 FOR UPDATE");
    sqlx::query_as(AssertSqlSafe(sql)).bind(user).fetch_optional(tx).await
}

pub async fn by_email(db: impl PgExecutor<'_>, email: &str) -> Result<Option<Profile>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM profiles WHERE email = $1");
    sqlx::query_as(AssertSqlSafe(sql)).bind(email).fetch_optional(db).await
}

/// False when the person has a profile already.
pub async fn insert(tx: &mut PgConnection, profile: &Profile) -> Result<bool, Problem> {
    let inserted = sqlx::query(
        "INSERT INTO profiles (user_id, list_id, revision, email, display_name, language, phone, roles, client_ids)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_id) DO NOTHING",
    )
    .bind(profile.user_id)
    .bind(profile.list_id)
    .bind(profile.revision)
    .bind(&profile.email)
    .bind(&profile.display_name)
    .bind(&profile.language)
    .bind(&profile.phone)
    .bind(&profile.role_names)
    .bind(&profile.client_ids)
    .execute(tx)
    .await
    .on_constraint("profiles_email_key", email_taken)?;
    Ok(inserted.rows_affected() == 1)
}

/// Writes what may change, as the next revision. The row is locked by [`by_id_for_update`].
pub async fn update(tx: &mut PgConnection, profile: &Profile) -> Result<Profile, sqlx::Error> {
    let sql = format!(
        "UPDATE profiles SET display_name = $2, language = $3, phone = $4, roles = $5, client_ids = $6, disabled = $7,
             revision = revision + 1, updated_at = now()
         WHERE user_id = $1 RETURNING {COLUMNS}"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(profile.user_id)
        .bind(&profile.display_name)
        .bind(&profile.language)
        .bind(&profile.phone)
        .bind(&profile.role_names)
        .bind(&profile.client_ids)
        .bind(profile.disabled)
        .fetch_one(tx)
        .await
}

/// `clients`: only people of these; `None` for everybody.
pub async fn list(
    db: impl PgExecutor<'_>,
    page: PageRequest,
    role: Option<Role>,
    client: Option<Uuid>,
    clients: Option<&[Uuid]>,
) -> Result<Vec<Profile>, sqlx::Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM profiles
         WHERE ($1::uuid IS NULL OR list_id < $1)
           AND ($2::text IS NULL OR roles @> ARRAY[$2])
           AND ($3::uuid IS NULL OR client_ids @> ARRAY[$3])
           AND ($4::uuid[] IS NULL OR client_ids && $4)
         ORDER BY list_id DESC LIMIT $5"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(page.before)
        .bind(role.map(Role::as_str))
        .bind(client)
        .bind(clients)
        .bind(page.fetch())
        .fetch_all(db)
        .await
}

/// Until this transaction ends, nobody else invites or admits the person with this address.
pub async fn lock_email(tx: &mut PgConnection, email: &str) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind(email).execute(tx).await?;
    Ok(())
}

/// An invitation that has not reached its profile yet.
#[derive(FromRow)]
pub struct Invitation {
    pub email: String,
    pub display_name: String,
    pub role: String,
    pub client_ids: Vec<Uuid>,
    pub language: String,
    pub phone: Option<String>,
    pub invited_by: Uuid,
}

pub async fn invitation_exists(db: impl PgExecutor<'_>, email: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM invitations WHERE email = $1)").bind(email).fetch_one(db).await
}

/// Writes the invitation down, in place of one that stopped half way.
pub async fn write_invitation(db: impl PgExecutor<'_>, invitation: &Invitation) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO invitations (email, display_name, role, client_ids, language, phone, invited_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (email) DO UPDATE SET
             display_name = excluded.display_name, role = excluded.role, client_ids = excluded.client_ids,
             language = excluded.language, phone = excluded.phone, invited_by = excluded.invited_by",
    )
    .bind(&invitation.email)
    .bind(&invitation.display_name)
    .bind(&invitation.role)
    .bind(&invitation.client_ids)
    .bind(&invitation.language)
    .bind(&invitation.phone)
    .bind(invitation.invited_by)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the invitation away, for whoever completes it in this transaction.
pub async fn take_invitation(tx: &mut PgConnection, email: &str) -> Result<Option<Invitation>, sqlx::Error> {
    sqlx::query_as(
        "DELETE FROM invitations WHERE email = $1
         RETURNING email, display_name, role, client_ids, language, phone, invited_by",
    )
    .bind(email)
    .fetch_optional(tx)
    .await
}
