//! What Cognito's answers mean, its refusals above all.

use anyhow::anyhow;
use aws_sdk_cognitoidentityprovider::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
    types::{AuthenticationResultType, ChallengeNameType},
};
use uuid::Uuid;

use crate::identity::{ChallengeKind, IdentityError, SignIn, Tokens};

pub(super) fn next_step(
    done: Option<AuthenticationResultType>,
    challenge: Option<ChallengeNameType>,
    session: Option<String>,
) -> Result<SignIn, IdentityError> {
    if let Some(result) = done {
        let access_token = result.access_token.ok_or_else(|| unexpected(anyhow!("no access token")))?;
        let refresh_token = result.refresh_token;
        return Ok(SignIn::Done(Tokens { access_token, expires_in: result.expires_in, refresh_token }));
    }
    let kind = match challenge {
        Some(ChallengeNameType::NewPasswordRequired) => ChallengeKind::NewPassword,
        Some(ChallengeNameType::SoftwareTokenMfa) => ChallengeKind::Totp,
        other => return Err(unexpected(anyhow!("challenge {other:?}"))),
    };
    let session = session.ok_or_else(|| unexpected(anyhow!("a challenge without session")))?;
    Ok(SignIn::Challenge { kind, session })
}

pub(super) fn user_id(sub: &str) -> Result<Uuid, IdentityError> {
    sub.parse().map_err(unexpected)
}

pub(super) fn unexpected(error: impl Into<anyhow::Error>) -> IdentityError {
    IdentityError::Unexpected(error.into())
}

pub(super) fn in_session<E>(error: SdkError<E, HttpResponse>) -> IdentityError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match explain(error) {
        IdentityError::WrongCredentials | IdentityError::UserNotFound => IdentityError::SessionEnded,
        other => other,
    }
}

/// What Cognito's error codes mean; a method that knows more maps on.
pub(super) fn explain<E>(error: SdkError<E, HttpResponse>) -> IdentityError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let overloaded = match &error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
        SdkError::ServiceError(e) => e.raw().status().as_u16() >= 500,
        _ => false,
    };
    match error.code().unwrap_or_default() {
        // The two others are states in which only "forgot password" helps; whoever guesses must not learn of them.
        "NotAuthorizedException" | "UserNotConfirmedException" | "PasswordResetRequiredException" => {
            IdentityError::WrongCredentials
        }
        "UserNotFoundException" => IdentityError::UserNotFound,
        "UsernameExistsException" | "AliasExistsException" => IdentityError::UserExists,
        "CodeMismatchException" | "ExpiredCodeException" | "EnableSoftwareTokenMFAException" => {
            IdentityError::WrongCode
        }
        "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" => IdentityError::WeakPassword,
        "InvalidParameterException" => IdentityError::InvalidInput,
        "TooManyRequestsException" | "LimitExceededException" | "TooManyFailedAttemptsException" => {
            IdentityError::Throttled
        }
        _ if overloaded => IdentityError::Unavailable(error.into()),
        _ => unexpected(error),
    }
}
