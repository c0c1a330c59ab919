use std::sync::Arc;

use axum::extract::FromRef;
use platform::{Outbox, auth::Auth};
use sqlx::PgPool;

use crate::identity::IdentityProvider;

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
    pub outbox: Outbox,
    pub identity: Arc<dyn IdentityProvider>,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
