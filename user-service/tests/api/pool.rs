//! A user pool that keeps its promises: the one of the test stack takes any code and any session.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use events::payloads::Role;
use secrecy::{ExposeSecret as _, SecretString};
use test_support::Issuer;
use user_service::identity::{ChallengeKind, IdentityError, IdentityProvider, IdentityUser, SignIn, Tokens};
use uuid::Uuid;

pub const CODE: &str = "246810";

#[derive(Clone)]
pub struct PoolUser {
    pub id: Uuid,
    pub password: String,
    pub temporary: bool,
    pub totp: bool,
    pub disabled: bool,
    pub roles: Vec<Role>,
}

/// Where the pool is to break down, once.
#[derive(Clone, Copy, Eq, PartialEq)]
pub enum Fault {
    /// Before anything happened.
    Create,
    /// The user is made, the answer is lost.
    Created,
    SetGroups,
    Disable,
}

pub struct ScriptedPool {
    issuer: Arc<Issuer>,
    users: Mutex<HashMap<String, PoolUser>>,
    sessions: Mutex<HashMap<String, String>>,
    refresh_tokens: Mutex<HashMap<String, Uuid>>,
    codes: Mutex<HashSet<String>>,
    fault: Mutex<Option<Fault>>,
    pub throttled: Mutex<bool>,
    pub mails: AtomicUsize,
}

impl ScriptedPool {
    pub fn new(issuer: Arc<Issuer>) -> Self {
        Self {
            issuer,
            users: Mutex::default(),
            sessions: Mutex::default(),
            refresh_tokens: Mutex::default(),
            codes: Mutex::default(),
            fault: Mutex::default(),
            throttled: Mutex::new(false),
            mails: AtomicUsize::new(0),
        }
    }

    pub fn add(&self, email: &str, password: &str, roles: &[Role]) -> Uuid {
        let user = PoolUser {
            id: Uuid::new_v4(),
            password: password.to_owned(),
            temporary: false,
            totp: false,
            disabled: false,
            roles: roles.to_vec(),
        };
        let id = user.id;
        self.users.lock().unwrap().insert(email.to_owned(), user);
        id
    }

    pub fn get(&self, email: &str) -> Option<PoolUser> {
        self.users.lock().unwrap().get(email).cloned()
    }

    pub fn enable_totp(&self, email: &str) {
        self.users.lock().unwrap().get_mut(email).unwrap().totp = true;
    }

    pub fn fail_once(&self, fault: Fault) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    pub fn sessions_of(&self, user: Uuid) -> usize {
        self.refresh_tokens.lock().unwrap().values().filter(|owner| **owner == user).count()
    }

    fn maybe_fail(&self, here: Fault) -> Result<(), IdentityError> {
        let mut fault = self.fault.lock().unwrap();
        if *fault == Some(here) {
            *fault = None;
            return Err(IdentityError::Unavailable(anyhow::anyhow!("the test says so")));
        }
        Ok(())
    }

    fn challenge(&self, kind: ChallengeKind, email: &str) -> SignIn {
        let session = format!("session-{}", Uuid::new_v4());
        self.sessions.lock().unwrap().insert(session.clone(), email.to_owned());
        SignIn::Challenge { kind, session }
    }

    fn tokens(&self, user: Uuid) -> SignIn {
        let refresh_token = format!("refresh-{}", Uuid::new_v4());
        self.refresh_tokens.lock().unwrap().insert(refresh_token.clone(), user);
        SignIn::Done(Tokens {
            access_token: self.issuer.token(user),
            expires_in: 900,
            refresh_token: Some(refresh_token),
        })
    }

    fn in_session(&self, email: &str, session: &str) -> Result<PoolUser, IdentityError> {
        let owner = self.sessions.lock().unwrap().get(session).cloned();
        if owner.as_deref() != Some(email) {
            return Err(IdentityError::SessionEnded);
        }
        self.get(email).ok_or(IdentityError::SessionEnded)
    }

    fn with<T>(&self, user: Uuid, f: impl FnOnce(&mut PoolUser) -> T) -> Result<T, IdentityError> {
        let mut users = self.users.lock().unwrap();
        users.values_mut().find(|u| u.id == user).map(f).ok_or(IdentityError::UserNotFound)
    }
}

#[async_trait]
impl IdentityProvider for ScriptedPool {
    async fn sign_in(&self, email: &str, password: &SecretString) -> Result<SignIn, IdentityError> {
        if *self.throttled.lock().unwrap() {
            return Err(IdentityError::Throttled);
        }
        let user = self.get(email).ok_or(IdentityError::WrongCredentials)?;
        // A real pool hashes: it takes longer for somebody who exists.
        tokio::time::sleep(std::time::Duration::from_millis(80)).await;
        if user.password != password.expose_secret() || user.disabled {
            return Err(IdentityError::WrongCredentials);
        }
        Ok(match user {
            PoolUser { temporary: true, .. } => self.challenge(ChallengeKind::NewPassword, email),
            PoolUser { totp: true, .. } => self.challenge(ChallengeKind::Totp, email),
            user => self.tokens(user.id),
        })
    }

    async fn answer_new_password(
        &self,
        email: &str,
        session: &str,
        password: &SecretString,
    ) -> Result<SignIn, IdentityError> {
        let user = self.in_session(email, session)?;
        if password.expose_secret().contains("used-before") {
            return Err(IdentityError::WeakPassword);
        }
        self.sessions.lock().unwrap().remove(session);
        self.with(user.id, |u| {
            password.expose_secret().clone_into(&mut u.password);
            u.temporary = false;
        })?;
        Ok(self.tokens(user.id))
    }

    async fn answer_totp(&self, email: &str, session: &str, code: &str) -> Result<SignIn, IdentityError> {
        let user = self.in_session(email, session)?;
        if code != CODE {
            return Err(IdentityError::WrongCode);
        }
        self.sessions.lock().unwrap().remove(session);
        Ok(self.tokens(user.id))
    }

    async fn refresh(&self, refresh_token: &str) -> Result<Tokens, IdentityError> {
        let owner = self.refresh_tokens.lock().unwrap().get(refresh_token).copied();
        let user = owner.ok_or(IdentityError::SessionEnded)?;
        Ok(Tokens { access_token: self.issuer.token(user), expires_in: 900, refresh_token: None })
    }

    async fn revoke(&self, refresh_token: &str) -> Result<(), IdentityError> {
        self.refresh_tokens.lock().unwrap().remove(refresh_token);
        Ok(())
    }

    async fn forgot_password(&self, email: &str) -> Result<(), IdentityError> {
        self.get(email).ok_or(IdentityError::UserNotFound)?;
        self.codes.lock().unwrap().insert(email.to_owned());
        self.mails.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    async fn reset_password(&self, email: &str, code: &str, password: &SecretString) -> Result<(), IdentityError> {
        if code != CODE || !self.codes.lock().unwrap().remove(email) {
            return Err(IdentityError::WrongCode);
        }
        let user = self.get(email).ok_or(IdentityError::WrongCode)?;
        self.with(user.id, |u| {
            password.expose_secret().clone_into(&mut u.password);
        })
    }

    async fn associate_totp(&self, _access_token: &str) -> Result<String, IdentityError> {
        Ok("JBSWY3DPEHPK3PXP".to_owned())
    }

    async fn verify_totp(&self, _access_token: &str, code: &str) -> Result<(), IdentityError> {
        if code == CODE { Ok(()) } else { Err(IdentityError::WrongCode) }
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<IdentityUser>, IdentityError> {
        Ok(self.get(email).map(|user| IdentityUser {
            user_id: user.id,
            email: email.to_owned(),
            display_name: None,
            roles: user.roles,
        }))
    }

    async fn find(&self, user: Uuid) -> Result<Option<IdentityUser>, IdentityError> {
        let email = self.users.lock().unwrap().iter().find(|(_, u)| u.id == user).map(|(email, _)| email.clone());
        match email {
            Some(email) => self.find_by_email(&email).await,
            None => Ok(None),
        }
    }

    async fn create_user(&self, email: &str, _display_name: &str) -> Result<Uuid, IdentityError> {
        self.maybe_fail(Fault::Create)?;
        if self.get(email).is_some() {
            return Err(IdentityError::UserExists);
        }
        let id = self.add(email, "Temporary-1", &[]);
        self.with(id, |u| u.temporary = true)?;
        self.mails.fetch_add(1, Ordering::SeqCst);
        self.maybe_fail(Fault::Created)?;
        Ok(id)
    }

    async fn set_groups(&self, user: Uuid, roles: &[Role]) -> Result<(), IdentityError> {
        self.maybe_fail(Fault::SetGroups)?;
        self.with(user, |u| u.roles = roles.to_vec())
    }

    async fn disable(&self, user: Uuid) -> Result<(), IdentityError> {
        self.maybe_fail(Fault::Disable)?;
        self.with(user, |u| u.disabled = true)?;
        self.refresh_tokens.lock().unwrap().retain(|_, owner| *owner != user);
        Ok(())
    }

    async fn enable(&self, user: Uuid) -> Result<(), IdentityError> {
        self.with(user, |u| u.disabled = false)
    }
}
