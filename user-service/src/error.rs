//! What the user pool's errors mean to the caller.

use axum::http::{HeaderValue, StatusCode, header};
use platform::Problem;

use crate::{identity::IdentityError, rules};

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::WrongCredentials => {
                Self::new(StatusCode::UNAUTHORIZED, "wrong_credentials", "The e-mail address or the password is wrong")
            }
            IdentityError::SessionEnded => session_ended(),
            IdentityError::WrongCode => {
                Self::invalid("code", "wrong_code", "is wrong or has expired").code("wrong_code")
            }
            IdentityError::WeakPassword => rules::weak_password("is too weak or was used before"),
            IdentityError::UserExists => email_taken(),
            IdentityError::UserNotFound => Self::not_found(),
            IdentityError::InvalidInput => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "refused",
                "The account system does not accept one of the values",
            ),
            IdentityError::Throttled => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", "Too many attempts; please wait a little")
                    .header(header::RETRY_AFTER, HeaderValue::from_static("10"))
            }
            IdentityError::Unavailable(cause) => Self::unavailable(cause),
            IdentityError::Unexpected(cause) => Self::internal(cause),
        }
    }
}

pub fn session_ended() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "session_ended", "The session has ended; please sign in again")
}

pub fn account_disabled() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "account_disabled", "This account is disabled")
}

pub fn email_taken() -> Problem {
    Problem::conflict("email_taken", "There is an account with this e-mail address")
}
