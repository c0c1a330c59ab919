//! The outside world of this service: whoever keeps passwords and makes tokens.

mod cognito;

use async_trait::async_trait;
use events::payloads::Role;
use secrecy::SecretString;
use uuid::Uuid;

pub use cognito::{Cognito, aws_config};

/// What a user pool does for us. E-mail addresses are given in their canonical spelling.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    async fn sign_in(&self, email: &str, password: &SecretString) -> Result<SignIn, IdentityError>;
    async fn answer_new_password(
        &self,
        email: &str,
        session: &str,
        password: &SecretString,
    ) -> Result<SignIn, IdentityError>;
    async fn answer_totp(&self, email: &str, session: &str, code: &str) -> Result<SignIn, IdentityError>;
    async fn refresh(&self, refresh_token: &str) -> Result<Tokens, IdentityError>;
    /// Ends the session of the refresh token. A token that is none is no error.
    async fn revoke(&self, refresh_token: &str) -> Result<(), IdentityError>;
    async fn forgot_password(&self, email: &str) -> Result<(), IdentityError>;
    async fn reset_password(&self, email: &str, code: &str, password: &SecretString) -> Result<(), IdentityError>;

    /// The new secret of an authenticator app, in Base32.
    async fn associate_totp(&self, access_token: &str) -> Result<String, IdentityError>;
    /// Takes the app's first code; from then on sign-in asks for one.
    async fn verify_totp(&self, access_token: &str, code: &str) -> Result<(), IdentityError>;

    async fn find_by_email(&self, email: &str) -> Result<Option<IdentityUser>, IdentityError>;
    async fn find(&self, user: Uuid) -> Result<Option<IdentityUser>, IdentityError>;
    /// Makes the user and mails the invitation.
    async fn create_user(&self, email: &str, display_name: &str) -> Result<Uuid, IdentityError>;
    /// Makes `roles` the user's groups.
    async fn set_groups(&self, user: Uuid, roles: &[Role]) -> Result<(), IdentityError>;
    /// No sign-in any more, and no refresh of what is signed in.
    async fn disable(&self, user: Uuid) -> Result<(), IdentityError>;
    async fn enable(&self, user: Uuid) -> Result<(), IdentityError>;
}

/// Where a step of signing in leads.
#[derive(Debug)]
pub enum SignIn {
    Done(Tokens),
    Challenge { kind: ChallengeKind, session: String },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ChallengeKind {
    NewPassword,
    Totp,
}

#[derive(Debug)]
pub struct Tokens {
    pub access_token: String,
    pub expires_in: i32,
    /// Not on a refresh.
    pub refresh_token: Option<String>,
}

#[derive(Clone, Debug)]
pub struct IdentityUser {
    pub user_id: Uuid,
    pub email: String,
    pub display_name: Option<String>,
    pub roles: Vec<Role>,
}

#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Also for a user that does not exist.
    #[error("wrong user or password")]
    WrongCredentials,
    #[error("the session is not known or has ended")]
    SessionEnded,
    #[error("wrong or expired code")]
    WrongCode,
    #[error("the password breaks the pool's policy")]
    WeakPassword,
    #[error("there is a user with this e-mail address")]
    UserExists,
    #[error("there is no such user")]
    UserNotFound,
    #[error("a parameter was refused")]
    InvalidInput,
    #[error("too many attempts")]
    Throttled,
    #[error("the user pool is out of reach")]
    Unavailable(#[source] anyhow::Error),
    #[error("the user pool answered what we do not understand")]
    Unexpected(#[source] anyhow::Error),
}
