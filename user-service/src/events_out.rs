use events::payloads::{AccountChange, UserAccount};
use platform::{Outbox, Problem, members};
use sqlx::PgConnection;

use crate::users::profile::Profile;

/// Tells every service of the account as it now is; this one at once, in the same transaction, for its own checks.
pub async fn account_changed(
    tx: &mut PgConnection,
    outbox: &Outbox,
    profile: &Profile,
    change: AccountChange,
) -> Result<(), Problem> {
    let account = UserAccount {
        user_id: profile.user_id,
        revision: profile.revision,
        change,
        email: profile.email.clone(),
        display_name: profile.display_name.clone(),
        language: profile.language.clone(),
        phone: profile.phone.clone(),
        roles: profile.roles(),
        client_ids: profile.client_ids.clone(),
        disabled: profile.disabled,
    };
    members::apply(&mut *tx, &account).await?;
    outbox.enqueue(tx, &account).await?;
    Ok(())
}
