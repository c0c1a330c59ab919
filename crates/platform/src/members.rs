//! Who belongs where: each service's own projection of the compacted topic `user-accounts`.
//!
//! The token says who is calling; the roles and clients come from here, by one local query. So a role that was taken
//! away or an account that was disabled is out as soon as the event arrives, although its token still lives.

use events::payloads::{Role, UserAccount};
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

/// A person as this service knows them.
#[derive(Clone, Debug, FromRow)]
pub struct Member {
    pub user_id: Uuid,
    pub email: String,
    pub display_name: String,
    pub language: String,
    pub phone: Option<String>,
    #[sqlx(rename = "roles")]
    role_names: Vec<String>,
    pub client_ids: Vec<Uuid>,
    pub disabled: bool,
}

impl Member {
    pub fn roles(&self) -> Vec<Role> {
        self.role_names.iter().filter_map(|name| Role::from_name(name)).collect()
    }

    pub fn has(&self, role: Role) -> bool {
        self.role_names.iter().any(|name| name == role.as_str())
    }
}

const COLUMNS: &str = "user_id, email, display_name, language, phone, roles, client_ids, disabled";

/// Takes over an account event; an older revision never replaces a newer one.
///
/// # Errors
/// Database errors.
pub async fn apply(tx: &mut PgConnection, account: &UserAccount) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO members (user_id, revision, email, display_name, language, phone, roles, client_ids, disabled)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (user_id) DO UPDATE SET
             revision = excluded.revision, email = excluded.email, display_name = excluded.display_name,
             language = excluded.language, phone = excluded.phone, roles = excluded.roles,
             client_ids = excluded.client_ids, disabled = excluded.disabled
         WHERE members.revision < excluded.revision",
    )
    .bind(account.user_id)
    .bind(account.revision)
    .bind(&account.email)
    .bind(&account.display_name)
    .bind(&account.language)
    .bind(&account.phone)
    .bind(account.roles.iter().map(|r| r.as_str().to_owned()).collect::<Vec<_>>())
    .bind(&account.client_ids)
    .bind(account.disabled)
    .execute(tx)
    .await?;
    Ok(())
}

/// # Errors
/// Database errors.
pub async fn find(db: impl PgExecutor<'_>, user: Uuid) -> Result<Option<Member>, sqlx::Error> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM members WHERE user_id = $1")))
        .bind(user)
        .fetch_optional(db)
        .await
}

/// The people among `users` that we know.
///
/// # Errors
/// Database errors.
pub async fn find_all(db: impl PgExecutor<'_>, users: &[Uuid]) -> Result<Vec<Member>, sqlx::Error> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM members WHERE user_id = ANY($1)")))
        .bind(users)
        .fetch_all(db)
        .await
}

/// Everybody who has `role` at `client` and is not disabled.
///
/// # Errors
/// Database errors.
pub async fn of_client(db: impl PgExecutor<'_>, client: Uuid, role: Role) -> Result<Vec<Member>, sqlx::Error> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM members
         WHERE client_ids @> ARRAY[$1] AND roles @> ARRAY[$2] AND NOT disabled ORDER BY user_id"
    )))
    .bind(client)
    .bind(role.as_str())
    .fetch_all(db)
    .await
}
