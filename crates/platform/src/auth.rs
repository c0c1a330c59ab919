//! The caller as an argument: a handler that takes `As<CourseManager>` can only be reached by a course manager.
//!
//! `As<(SalesRep, Admin)>` lets either in. What a person may see within their role (their client, their own work) is the
//! handler's query, with [`Caller::belongs_to`] and 404.

use std::marker::PhantomData;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, header, request::Parts},
};
use events::payloads::Role;
use sqlx::PgPool;
use uuid::Uuid;

use crate::{Problem, jwt::Verifier, members};

/// What authentication needs of a service's state.
#[derive(Clone)]
pub struct Auth {
    pub verifier: Verifier,
    pub pool: PgPool,
}

/// A person with a valid token and an account that is not disabled.
#[derive(Clone, Debug)]
pub struct Caller {
    pub user_id: Uuid,
    pub display_name: String,
    pub roles: Vec<Role>,
    pub client_ids: Vec<Uuid>,
}

impl Caller {
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    pub fn is_admin(&self) -> bool {
        self.has(Role::Admin)
    }

    /// Whether the person belongs to the client; admins belong everywhere.
    pub fn belongs_to(&self, client: Uuid) -> bool {
        self.is_admin() || self.client_ids.contains(&client)
    }

    /// For queries: the clients that the person may see, or `None` for all of them.
    pub fn visible_clients(&self) -> Option<&[Uuid]> {
        (!self.is_admin()).then_some(&self.client_ids)
    }
}

impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    Auth: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(Problem::unauthenticated)?;
        let auth = Auth::from_ref(state);
        let claims = auth.verifier.verify(token).await?;
        let member = members::find(&auth.pool, claims.sub).await?.ok_or_else(|| {
            Problem::new(StatusCode::UNAUTHORIZED, "account_unknown", "This account is not known here yet")
        })?;
        if member.disabled {
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "account_disabled", "This account is disabled"));
        }
        Ok(Self {
            user_id: member.user_id,
            roles: member.roles(),
            display_name: member.display_name,
            client_ids: member.client_ids,
        })
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// One role, or a tuple of roles of which the caller needs one.
pub trait Roles {
    const ANY_OF: &'static [Role];
}

macro_rules! role_types {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Roles for $name {
            const ANY_OF: &'static [Role] = &[Role::$name];
        }
    )*};
}

role_types!(
    /// People who run the platform.
    Admin,
    /// People who bring requests.
    SalesRep,
    /// People who review, approve and assign courses of their client.
    CourseManager,
    /// People who teach assigned courses.
    Trainer,
    /// People who learn assigned courses.
    Student
);

impl<A: Roles, B: Roles> Roles for (A, B) {
    const ANY_OF: &'static [Role] = &[A::ANY_OF[0], B::ANY_OF[0]];
}

impl<A: Roles, B: Roles, C: Roles> Roles for (A, B, C) {
    const ANY_OF: &'static [Role] = &[A::ANY_OF[0], B::ANY_OF[0], C::ANY_OF[0]];
}

impl<A: Roles, B: Roles, C: Roles, D: Roles> Roles for (A, B, C, D) {
    const ANY_OF: &'static [Role] = &[A::ANY_OF[0], B::ANY_OF[0], C::ANY_OF[0], D::ANY_OF[0]];
}

/// A [`Caller`] who has one of the roles `R`; anybody else gets 403.
pub struct As<R>(pub Caller, PhantomData<fn() -> R>);

impl<R> std::ops::Deref for As<R> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl<R, S> FromRequestParts<S> for As<R>
where
    R: Roles,
    S: Send + Sync,
    Auth: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, state).await?;
        if R::ANY_OF.iter().any(|role| caller.has(*role)) {
            Ok(Self(caller, PhantomData))
        } else {
            Err(Problem::forbidden())
        }
    }
}
