//! Signing in and out. The access token goes to the page's memory, the refresh token into a cookie that no script can read.

mod cookie;

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use garde::Validate;
use platform::{Problem, extract::Body};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use utoipa::ToSchema;

use crate::{
    audit::{self, Act},
    error::{account_disabled, session_ended},
    identity::{ChallengeKind, IdentityError, SignIn, Tokens},
    provision, rules,
    state::AppState,
    users::queries,
};

/// A refused sign-in is answered no sooner than this, so that its time does not tell whether the account exists.
const REFUSAL_TAKES: Duration = Duration::from_millis(300);

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    #[garde(length(max = 254))]
    email: String,
    #[garde(length(max = 256))]
    #[schema(format = Password)]
    password: String,
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct FirstPassword {
    #[garde(length(max = 254))]
    email: String,
    /// From the answer to sign-in.
    #[garde(length(min = 20, max = 2048))]
    session: String,
    #[garde(length(max = 256))]
    #[schema(format = Password)]
    new_password: String,
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TotpAnswer {
    #[garde(length(max = 254))]
    email: String,
    /// From the answer to sign-in.
    #[garde(length(min = 20, max = 2048))]
    session: String,
    /// Six digits from the authenticator app.
    #[garde(custom(six_digits))]
    code: String,
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ForgottenPassword {
    #[garde(custom(rules::email))]
    email: String,
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    #[garde(custom(rules::email))]
    email: String,
    /// From the e-mail.
    #[garde(length(min = 1, max = 64))]
    code: String,
    #[garde(length(max = 256))]
    #[schema(format = Password)]
    new_password: String,
}

/// Either tokens or what is still needed.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum SignInAnswer {
    Done(AccessToken),
    Challenge(Challenge),
}

#[derive(Serialize, ToSchema)]
pub struct AccessToken {
    access_token: String,
    /// Seconds.
    expires_in: i32,
    /// `Bearer`.
    token_type: &'static str,
}

#[derive(Serialize, ToSchema)]
pub struct Challenge {
    challenge: ChallengeName,
    session: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChallengeName {
    NewPasswordRequired,
    SoftwareTokenMfa,
}

pub fn six_digits(value: &str, (): &()) -> garde::Result {
    if value.len() == 6 && value.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(garde::Error::new("must be six digits"))
}

/// Sign in with e-mail and password
#[utoipa::path(post, path = "/v1/auth/sign-in", tag = "auth", request_body = Credentials, responses((status = 200, body = SignInAnswer)))]
pub async fn sign_in(State(state): State<AppState>, Body(input): Body<Credentials>) -> Result<Response, Problem> {
    let start = Instant::now();
    let step = state.identity.sign_in(&rules::canonical_email(&input.email), &input.password.into()).await;
    if matches!(step, Err(IdentityError::WrongCredentials)) {
        tokio::time::sleep_until(start + REFUSAL_TAKES).await;
    }
    answer(&state, step?, Act::SignedIn).await
}

/// Replace the first password that the invitation brought
#[utoipa::path(post, path = "/v1/auth/new-password", tag = "auth", request_body = FirstPassword, responses((status = 200, body = SignInAnswer)))]
pub async fn set_first_password(
    State(state): State<AppState>,
    Body(input): Body<FirstPassword>,
) -> Result<Response, Problem> {
    rules::check_password(&input.new_password)?;
    let email = rules::canonical_email(&input.email);
    let step = state.identity.answer_new_password(&email, &input.session, &input.new_password.into()).await?;
    answer(&state, step, Act::FirstPasswordSet).await
}

/// Give the authenticator app's code
#[utoipa::path(post, path = "/v1/auth/totp", tag = "auth", request_body = TotpAnswer, responses((status = 200, body = SignInAnswer)))]
pub async fn answer_totp(State(state): State<AppState>, Body(input): Body<TotpAnswer>) -> Result<Response, Problem> {
    let email = rules::canonical_email(&input.email);
    let step = state.identity.answer_totp(&email, &input.session, &input.code).await;
    let step = step.map_err(|error| match error {
        IdentityError::WrongCode => Problem::new(StatusCode::UNAUTHORIZED, "wrong_code", "The code is wrong"),
        other => other.into(),
    })?;
    answer(&state, step, Act::SignedIn).await
}

/// A new access token for the session in the cookie
#[utoipa::path(post, path = "/v1/auth/refresh", tag = "auth", responses((status = 200, body = AccessToken)))]
pub async fn refresh_session(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    let Some(token) = cookie::read(&headers) else {
        return Err(session_ended());
    };
    let tokens = match state.identity.refresh(token).await {
        Ok(tokens) => tokens,
        Err(IdentityError::SessionEnded) => return Err(cookie::clear_on(session_ended())),
        Err(error) => return Err(error.into()),
    };
    let user = state.auth.verifier.verify(&tokens.access_token).await?.sub;
    if provision::ensure(&state, user).await?.disabled {
        state.identity.revoke(token).await?;
        return Err(cookie::clear_on(account_disabled()));
    }
    let (cookie, token) = to_browser(tokens);
    Ok((cookie, Json(token)).into_response())
}

/// End the session in the cookie
#[utoipa::path(post, path = "/v1/auth/sign-out", tag = "auth", responses((status = 204)))]
pub async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = cookie::read(&headers) {
        // The session says whose it was, as long as it lives.
        if let Ok(tokens) = state.identity.refresh(token).await
            && let Ok(claims) = state.auth.verifier.verify(&tokens.access_token).await
        {
            let mut connection = state.pool.acquire().await?;
            audit::record(&mut connection, claims.sub, Act::SignedOut, claims.sub, serde_json::json!({})).await?;
        }
        state.identity.revoke(token).await?;
    }
    Ok((StatusCode::NO_CONTENT, cookie::clear()).into_response())
}

/// Ask for a code by e-mail
#[utoipa::path(post, path = "/v1/auth/forgot-password", tag = "auth", request_body = ForgottenPassword, responses((status = 202)))]
pub async fn forgot_password(State(state): State<AppState>, Body(input): Body<ForgottenPassword>) -> StatusCode {
    // Answered before Cognito is asked: neither the answer nor its time tells whether the account exists.
    tokio::spawn(async move {
        let sent = state.identity.forgot_password(&rules::canonical_email(&input.email)).await;
        match sent {
            Ok(())
            | Err(IdentityError::UserNotFound | IdentityError::InvalidInput | IdentityError::WrongCredentials) => {}
            Err(error) => {
                tracing::warn!(error.chain = format!("{:#}", anyhow::Error::from(error)), "no password code was sent");
            }
        }
    });
    StatusCode::ACCEPTED
}

/// Set a new password with the code from the e-mail
#[utoipa::path(post, path = "/v1/auth/reset-password", tag = "auth", request_body = PasswordReset, responses((status = 204)))]
pub async fn reset_password(
    State(state): State<AppState>,
    Body(input): Body<PasswordReset>,
) -> Result<StatusCode, Problem> {
    rules::check_password(&input.new_password)?;
    let email = rules::canonical_email(&input.email);
    state.identity.reset_password(&email, input.code.trim(), &input.new_password.into()).await?;
    let mut connection = state.pool.acquire().await?;
    if let Some(profile) = queries::by_email(&mut *connection, &email).await? {
        let user = profile.user_id;
        audit::record(&mut connection, user, Act::PasswordReset, user, serde_json::json!({})).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The answer to a step of signing in. Nobody gets a token without an account here that is not disabled.
async fn answer(state: &AppState, step: SignIn, act: Act) -> Result<Response, Problem> {
    let tokens = match step {
        SignIn::Challenge { kind, session } => {
            let challenge = match kind {
                ChallengeKind::NewPassword => ChallengeName::NewPasswordRequired,
                ChallengeKind::Totp => ChallengeName::SoftwareTokenMfa,
            };
            return Ok(Json(SignInAnswer::Challenge(Challenge { challenge, session })).into_response());
        }
        SignIn::Done(tokens) => tokens,
    };
    let user = state.auth.verifier.verify(&tokens.access_token).await?.sub;
    let admitted = match provision::ensure(state, user).await {
        Ok(profile) if profile.disabled => Err(account_disabled()),
        Ok(profile) => Ok(profile),
        Err(problem) => Err(problem),
    };
    if let Err(problem) = admitted {
        if let Some(token) = &tokens.refresh_token {
            state.identity.revoke(token).await?;
        }
        return Err(problem);
    }
    let mut connection = state.pool.acquire().await?;
    audit::record(&mut connection, user, act, user, serde_json::json!({})).await?;
    let (cookie, token) = to_browser(tokens);
    Ok((cookie, Json(SignInAnswer::Done(token))).into_response())
}

fn to_browser(tokens: Tokens) -> (HeaderMap, AccessToken) {
    let cookie = tokens.refresh_token.as_deref().map(cookie::set).unwrap_or_default();
    let token = AccessToken { access_token: tokens.access_token, expires_in: tokens.expires_in, token_type: "Bearer" };
    (cookie, token)
}
