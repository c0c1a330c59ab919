//! An invitation touches two systems, so it is written down first.
//!
//! 1. `invitations` gets its row, committed: from now on a user in the pool with this address is ours to complete.
//! 2. The pool makes the user and mails them.
//! 3. Groups, profile, account event and audit entry, and the row goes: one transaction.
//!
//! After a crash between any two of these the same invitation goes through again: step 2 then finds its own user. A user who
//! was in the pool without an invitation is somebody else's doing and is left alone.

use events::payloads::{AccountChange, Role};
use platform::{Problem, crash_point};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    profile::Profile,
    queries::{self, Invitation},
};
use crate::{
    audit::{self, Act},
    error::email_taken,
    events_out::account_changed,
    identity::IdentityError,
    state::AppState,
};

/// Step 1. False when the address belongs to an account.
pub async fn write_down(state: &AppState, invitation: &Invitation) -> Result<bool, Problem> {
    let mut tx = state.pool.begin().await?;
    queries::lock_email(&mut tx, &invitation.email).await?;
    if queries::by_email(&mut *tx, &invitation.email).await?.is_some() {
        return Ok(false);
    }
    if !queries::invitation_exists(&mut *tx, &invitation.email).await?
        && state.identity.find_by_email(&invitation.email).await?.is_some()
    {
        return Ok(false);
    }
    queries::write_invitation(&mut *tx, invitation).await?;
    tx.commit().await?;
    crash_point("invite.written_down");
    Ok(true)
}

/// Steps 2 and 3, in `tx`. Two at once make one account: the second finds the invitation gone.
pub async fn complete(state: &AppState, tx: &mut PgConnection, wanted: Invitation) -> Result<Profile, Problem> {
    queries::lock_email(tx, &wanted.email).await?;
    if queries::take_invitation(tx, &wanted.email).await?.is_none() {
        return Err(email_taken());
    }
    let user = match state.identity.create_user(&wanted.email, &wanted.display_name).await {
        Err(IdentityError::UserExists) => {
            let user = state.identity.find_by_email(&wanted.email).await?;
            user.ok_or_else(email_taken)?.user_id
        }
        Err(IdentityError::InvalidInput) => {
            return Err(Problem::invalid("email", "refused", "the account system does not accept this address"));
        }
        other => other?,
    };
    crash_point("invite.user_created");
    let actor = wanted.invited_by;
    let profile = profile_of(user, wanted);
    state.identity.set_groups(user, &profile.roles()).await?;
    crash_point("invite.groups_set");
    if !queries::insert(tx, &profile).await? {
        return Err(email_taken());
    }
    account_changed(tx, &state.outbox, &profile, AccountChange::Invited).await?;
    let details = json!({ "roles": profile.role_names, "client_ids": profile.client_ids });
    audit::record(tx, actor, Act::Invited, user, details).await?;
    Ok(profile)
}

pub fn profile_of(user: Uuid, invitation: Invitation) -> Profile {
    let roles: Vec<Role> = Role::from_name(&invitation.role).into_iter().collect();
    Profile {
        language: invitation.language,
        phone: invitation.phone,
        client_ids: invitation.client_ids,
        ..Profile::new(user, invitation.email, invitation.display_name, &roles)
    }
}
