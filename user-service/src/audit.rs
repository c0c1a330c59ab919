//! Who did what to whom, and when.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use platform::{
    Problem,
    auth::{Admin, As},
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::state::AppState;

/// What can be done with an account.
#[derive(Clone, Copy)]
pub enum Act {
    Invited,
    /// Signed in for the first time with an account that somebody made in the user pool itself.
    Provisioned,
    ProfileChanged,
    RoleChanged,
    ClientsChanged,
    Disabled,
    Enabled,
    SignedIn,
    SignedOut,
    FirstPasswordSet,
    PasswordReset,
    TotpEnabled,
}

impl Act {
    fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Provisioned => "provisioned",
            Self::ProfileChanged => "profile_changed",
            Self::RoleChanged => "role_changed",
            Self::ClientsChanged => "clients_changed",
            Self::Disabled => "disabled",
            Self::Enabled => "enabled",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::FirstPasswordSet => "first_password_set",
            Self::PasswordReset => "password_reset",
            Self::TotpEnabled => "totp_enabled",
        }
    }
}

/// Writes the act down, in the transaction of its effect. `details` never holds a secret.
pub async fn record(
    tx: &mut PgConnection,
    actor: Uuid,
    act: Act,
    user: Uuid,
    details: Value,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO audit (audit_id, actor_id, action, user_id, details) VALUES ($1, $2, $3, $4, $5)")
        .bind(Uuid::now_v7())
        .bind(actor)
        .bind(act.as_str())
        .bind(user)
        .bind(details)
        .execute(tx)
        .await?;
    Ok(())
}

#[derive(Deserialize, FromRow, Serialize, ToSchema)]
pub struct AuditEntry {
    pub audit_id: Uuid,
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor_id: Uuid,
    /// `invited`, `role_changed`, `disabled`, ...
    pub action: String,
    /// To whom.
    pub user_id: Uuid,
    /// What it was before and is now.
    #[schema(value_type = Object)]
    pub details: Value,
}

/// The audit log, newest first
#[utoipa::path(get, path = "/v1/audit", tag = "audit", params(PageParams), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list_audit(
    _admin: As<Admin>,
    State(state): State<AppState>,
    page: PageRequest,
) -> Result<Json<Page<AuditEntry>>, Problem> {
    let rows: Vec<AuditEntry> = sqlx::query_as(
        "SELECT audit_id, at, actor_id, action, user_id, details FROM audit
         WHERE $1::uuid IS NULL OR audit_id < $1 ORDER BY audit_id DESC LIMIT $2",
    )
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(&state.pool)
    .await?;
    Ok(Json(page.page(rows, |entry| entry.audit_id)))
}
