//! People who are in the user pool but not here yet: the first administrator, whom the operator made in the pool, and those
//! whose invitation stopped half way.

use axum::http::StatusCode;
use events::payloads::AccountChange;
use platform::Problem;
use serde_json::json;
use uuid::Uuid;

use crate::{
    audit::{self, Act},
    error::session_ended,
    events_out::account_changed,
    state::AppState,
    users::{invite, profile::Profile, queries},
};

/// The person's profile; made now, if they have none, from their invitation or else from their groups in the pool. Call it
/// only for somebody whose token was verified.
pub async fn ensure(state: &AppState, user: Uuid) -> Result<Profile, Problem> {
    if let Some(profile) = queries::by_id(&state.pool, user).await? {
        return Ok(profile);
    }
    let person = state.identity.find(user).await?.ok_or_else(session_ended)?;
    let mut tx = state.pool.begin().await?;
    queries::lock_email(&mut tx, &person.email).await?;
    let invitation = queries::take_invitation(&mut tx, &person.email).await?;
    let (profile, act, actor) = if let Some(invitation) = invitation {
        let actor = invitation.invited_by;
        let profile = invite::profile_of(user, invitation);
        state.identity.set_groups(user, &profile.roles()).await?;
        (profile, Act::Invited, actor)
    } else {
        let name = person.display_name.unwrap_or_else(|| local_part(&person.email));
        (Profile::new(user, person.email, name, &person.roles), Act::Provisioned, user)
    };
    if queries::insert(&mut tx, &profile).await? {
        if profile.role_names.is_empty() {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "no_role",
                "This account has no role yet; ask an administrator",
            ));
        }
        account_changed(&mut tx, &state.outbox, &profile, AccountChange::Invited).await?;
        let details = json!({ "roles": profile.role_names, "client_ids": profile.client_ids });
        audit::record(&mut tx, actor, act, user, details).await?;
        state.outbox.commit(tx).await?;
        return Ok(profile);
    }
    // Another request of the same person, or their invitation, was quicker.
    queries::by_id(&mut *tx, user).await?.ok_or_else(session_ended)
}

fn local_part(email: &str) -> String {
    email.split('@').next().unwrap_or(email).to_owned()
}
