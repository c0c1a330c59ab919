//! The caller's own account.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use events::payloads::AccountChange;
use garde::Validate;
use platform::{
    Problem,
    etag::{IfMatch, etag},
    extract::Body,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::{self, Act},
    auth::six_digits,
    error::account_disabled,
    events_out::account_changed,
    provision, rules,
    state::AppState,
    users::{
        profile::{Profile, User},
        queries,
    },
};

/// Name that authenticator apps show.
const TOTP_ISSUER: &str = "English Courses";

/// Whoever has a valid token, with the token. Unlike [`platform::auth::Caller`] this also admits, and makes known, people
/// whom only the user pool knew so far.
pub struct Myself {
    profile: Profile,
    token: String,
}

impl FromRequestParts<AppState> for Myself {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let token = bearer(&parts.headers).ok_or_else(Problem::unauthenticated)?;
        let user = state.auth.verifier.verify(token).await?.sub;
        let profile = provision::ensure(state, user).await?;
        if profile.disabled {
            return Err(account_disabled());
        }
        Ok(Self { profile, token: token.to_owned() })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::option_option,
    reason = "of a phone number: the outer one says whether it was sent, the inner one is its value"
)]
pub struct MyChanges {
    #[garde(inner(custom(rules::display_name)))]
    display_name: Option<String>,
    /// BCP 47 tag.
    #[garde(inner(custom(rules::language)))]
    language: Option<String>,
    /// E.164; `null` takes it away.
    #[serde(default, deserialize_with = "present")]
    #[garde(inner(inner(custom(rules::phone))))]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
}

/// Tells `null` from a field that is not there.
#[expect(clippy::option_option, reason = "the outer one says whether the field was sent, the inner one is its value")]
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Serialize, ToSchema)]
pub struct TotpSecret {
    /// Base32, to be typed.
    secret: String,
    /// The same as a QR code's content.
    otpauth_uri: String,
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    /// Six digits from the authenticator app.
    #[garde(custom(six_digits))]
    code: String,
}

/// My account
#[utoipa::path(get, path = "/v1/me", tag = "me", responses((status = 200, body = User)))]
pub async fn get_me(me: Myself) -> (HeaderMap, Json<User>) {
    (etag(me.profile.revision), Json(me.profile.into()))
}

/// Change my name, language or phone number
#[utoipa::path(patch, path = "/v1/me", tag = "me", request_body = MyChanges,
    params(("If-Match" = String, Header, description = "The ETag that was read")), responses((status = 200, body = User)))]
pub async fn update_me(
    me: Myself,
    State(state): State<AppState>,
    if_match: IfMatch,
    Body(changes): Body<MyChanges>,
) -> Result<(HeaderMap, Json<User>), Problem> {
    let user = me.profile.user_id;
    let mut tx = state.pool.begin().await?;
    let before = queries::by_id_for_update(&mut tx, user).await?.ok_or_else(Problem::not_found)?;
    if_match.check(before.revision)?;
    let mut wanted = before.clone();
    let mut fields = Vec::new();
    if let Some(name) = changes.display_name.map(|n| n.trim().to_owned()).filter(|n| *n != before.display_name) {
        wanted.display_name = name;
        fields.push("display_name");
    }
    if let Some(language) = changes.language.filter(|l| *l != before.language) {
        wanted.language = language;
        fields.push("language");
    }
    if let Some(phone) = changes.phone.filter(|p| *p != before.phone) {
        wanted.phone = phone;
        fields.push("phone");
    }
    if fields.is_empty() {
        return Ok((etag(before.revision), Json(before.into())));
    }
    let profile = queries::update(&mut tx, &wanted).await?;
    account_changed(&mut tx, &state.outbox, &profile, AccountChange::ProfileChanged).await?;
    // Which fields, not what stood in them: the log outlives a person's wish to be forgotten.
    audit::record(&mut tx, user, Act::ProfileChanged, user, json!({ "fields": fields })).await?;
    state.outbox.commit(tx).await?;
    Ok((etag(profile.revision), Json(profile.into())))
}

/// Begin to use an authenticator app
#[utoipa::path(post, path = "/v1/me/totp", tag = "me", responses((status = 200, body = TotpSecret)))]
pub async fn start_totp(me: Myself, State(state): State<AppState>) -> Result<Json<TotpSecret>, Problem> {
    let secret = state.identity.associate_totp(&me.token).await?;
    let (issuer, email) = (percent_encoded(TOTP_ISSUER), percent_encoded(&me.profile.email));
    let otpauth_uri = format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}");
    Ok(Json(TotpSecret { secret, otpauth_uri }))
}

/// Prove that the authenticator app works; sign-in asks for its code from now on
#[utoipa::path(post, path = "/v1/me/totp/verify", tag = "me", request_body = TotpCode, responses((status = 204)))]
pub async fn verify_totp(
    me: Myself,
    State(state): State<AppState>,
    Body(input): Body<TotpCode>,
) -> Result<StatusCode, Problem> {
    state.identity.verify_totp(&me.token, &input.code).await?;
    let user = me.profile.user_id;
    let mut connection = state.pool.acquire().await?;
    audit::record(&mut connection, user, Act::TotpEnabled, user, json!({})).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
