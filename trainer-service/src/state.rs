use axum::extract::FromRef;
use platform::{Outbox, auth::Auth};
use sqlx::PgPool;

use crate::ContentStore;

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
    pub outbox: Outbox,
    pub contents: ContentStore,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
