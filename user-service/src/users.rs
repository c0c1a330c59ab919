//! People, as administrators and course managers see them.

mod dto;
pub mod invite;
pub mod profile;
pub mod queries;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use events::payloads::{AccountChange, Role};
use platform::{
    Problem,
    auth::{Admin, As, CourseManager},
    etag::{IfMatch, etag},
    extract::{Body, Path, Query},
    idempotency::{Begun, IdempotencyKey},
    paging::{Page, PageParams, PageRequest},
};
use serde_json::{Value, json};
use uuid::Uuid;

use self::{
    dto::{NewUser, UserChanges, UserFilter},
    profile::{Profile, User, names},
    queries::Invitation,
};
use crate::{
    audit::{self, Act},
    error::email_taken,
    events_out::account_changed,
    rules,
    state::AppState,
};

/// Invite a person: an account, its role and clients, and an e-mail with the first password
#[utoipa::path(post, path = "/v1/users", tag = "users", request_body = NewUser,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = User)))]
pub async fn invite_user(
    admin: As<Admin>,
    State(state): State<AppState>,
    key: IdempotencyKey,
    Body(input): Body<NewUser>,
) -> Result<Response, Problem> {
    let invitation = Invitation {
        email: rules::canonical_email(&input.email),
        display_name: input.display_name.trim().to_owned(),
        role: Role::from(input.role).as_str().to_owned(),
        client_ids: input.client_ids.clone(),
        language: input.language.clone().unwrap_or_else(|| "en".to_owned()),
        phone: input.phone.clone(),
        invited_by: admin.user_id,
    };
    let free = invite::write_down(&state, &invitation).await?;
    let mut tx = state.pool.begin().await?;
    let slot = match key.begin(&mut tx, admin.user_id, "invite_user", &input).await? {
        Begun::Fresh(slot) => slot,
        Begun::Replay(response) => return Ok(response),
    };
    if !free {
        return Err(email_taken());
    }
    let profile = invite::complete(&state, &mut tx, invitation).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &User::from(profile)).await?;
    state.outbox.commit(tx).await?;
    Ok(response)
}

/// People, newest first; course managers see those of their clients
#[utoipa::path(get, path = "/v1/users", tag = "users", params(PageParams, UserFilter), responses((status = 200, body = Page<User>)))]
pub async fn list_users(
    caller: As<(Admin, CourseManager)>,
    State(state): State<AppState>,
    Query(filter): Query<UserFilter>,
    page: PageRequest,
) -> Result<Json<Page<User>>, Problem> {
    let role = filter.role.map(Role::from);
    let rows = queries::list(&state.pool, page, role, filter.client_id, caller.visible_clients()).await?;
    let shown = page.page(rows, |profile| profile.list_id).map(|profile| {
        // To a manager, a person belongs to the manager's clients only, and has no phone number.
        let mut user = User::from(profile);
        if !caller.is_admin() {
            user.phone = None;
            user.client_ids.retain(|client| caller.belongs_to(*client));
        }
        user
    });
    Ok(Json(shown))
}

/// One person
#[utoipa::path(get, path = "/v1/users/{user_id}", tag = "users", responses((status = 200, body = User)))]
pub async fn get_user(
    _admin: As<Admin>,
    State(state): State<AppState>,
    Path(user_id): Path<Uuid>,
) -> Result<(HeaderMap, Json<User>), Problem> {
    let profile = queries::by_id(&state.pool, user_id).await?.ok_or_else(Problem::not_found)?;
    Ok((etag(profile.revision), Json(profile.into())))
}

/// Change a person's role or clients
#[utoipa::path(patch, path = "/v1/users/{user_id}", tag = "users", request_body = UserChanges,
    params(("If-Match" = String, Header, description = "The ETag that was read")), responses((status = 200, body = User)))]
pub async fn update_user(
    admin: As<Admin>,
    State(state): State<AppState>,
    Path(user_id): Path<Uuid>,
    if_match: IfMatch,
    Body(changes): Body<UserChanges>,
) -> Result<(HeaderMap, Json<User>), Problem> {
    let mut tx = state.pool.begin().await?;
    let before = queries::by_id_for_update(&mut tx, user_id).await?.ok_or_else(Problem::not_found)?;
    if_match.check(before.revision)?;
    let mut wanted = before.clone();
    if let Some(role) = changes.role {
        wanted.role_names = names(&[role.into()]);
    }
    if let Some(client_ids) = changes.client_ids {
        wanted.client_ids = client_ids;
    }
    let new_role = wanted.role_names != before.role_names;
    let new_clients = wanted.client_ids != before.client_ids;
    if new_role {
        refuse_oneself(&admin, user_id)?;
    }
    if !new_role && !new_clients {
        return Ok((etag(before.revision), Json(before.into())));
    }
    let profile = queries::update(&mut tx, &wanted).await?;
    let change = if new_role { AccountChange::RoleChanged } else { AccountChange::ClientsChanged };
    account_changed(&mut tx, &state.outbox, &profile, change).await?;
    if new_role {
        let details = json!({ "from": before.role_names, "to": profile.role_names });
        audit::record(&mut tx, admin.user_id, Act::RoleChanged, user_id, details).await?;
        // Before the commit: if the pool refuses, nothing has changed; after a crash the groups are only a copy that is ahead.
        state.identity.set_groups(user_id, &profile.roles()).await?;
    }
    if new_clients {
        let details = json!({ "from": before.client_ids, "to": profile.client_ids });
        audit::record(&mut tx, admin.user_id, Act::ClientsChanged, user_id, details).await?;
    }
    state.outbox.commit(tx).await?;
    Ok((etag(profile.revision), Json(profile.into())))
}

/// Shut a person out, everywhere and at once
#[utoipa::path(post, path = "/v1/users/{user_id}/disable", tag = "users", responses((status = 200, body = User)))]
pub async fn disable_user(
    admin: As<Admin>,
    State(state): State<AppState>,
    Path(user_id): Path<Uuid>,
) -> Result<(HeaderMap, Json<User>), Problem> {
    refuse_oneself(&admin, user_id)?;
    // Here first: from this commit on no service admits them, whatever happens to the call to the pool. Repeating it is safe.
    let profile = set_disabled(&state, &admin, user_id, true).await?;
    state.identity.disable(user_id).await?;
    Ok((etag(profile.revision), Json(profile.into())))
}

/// Let a person in again
#[utoipa::path(post, path = "/v1/users/{user_id}/enable", tag = "users", responses((status = 200, body = User)))]
pub async fn enable_user(
    admin: As<Admin>,
    State(state): State<AppState>,
    Path(user_id): Path<Uuid>,
) -> Result<(HeaderMap, Json<User>), Problem> {
    queries::by_id(&state.pool, user_id).await?.ok_or_else(Problem::not_found)?;
    state.identity.enable(user_id).await?;
    let profile = set_disabled(&state, &admin, user_id, false).await?;
    Ok((etag(profile.revision), Json(profile.into())))
}

async fn set_disabled(state: &AppState, admin: &As<Admin>, user: Uuid, disabled: bool) -> Result<Profile, Problem> {
    let mut tx = state.pool.begin().await?;
    let before = queries::by_id_for_update(&mut tx, user).await?.ok_or_else(Problem::not_found)?;
    if before.disabled == disabled {
        return Ok(before);
    }
    let profile = queries::update(&mut tx, &Profile { disabled, ..before }).await?;
    let (change, act) =
        if disabled { (AccountChange::Disabled, Act::Disabled) } else { (AccountChange::Enabled, Act::Enabled) };
    account_changed(&mut tx, &state.outbox, &profile, change).await?;
    audit::record(&mut tx, admin.user_id, act, user, Value::Object(serde_json::Map::new())).await?;
    state.outbox.commit(tx).await?;
    Ok(profile)
}

/// The last administrator must not lock everybody out by a slip.
fn refuse_oneself(admin: &As<Admin>, user: Uuid) -> Result<(), Problem> {
    if admin.user_id == user {
        return Err(Problem::conflict(
            "own_account",
            "You cannot do this to your own account; ask another administrator",
        ));
    }
    Ok(())
}
