use axum::extract::FromRef;
use platform::auth::Auth;
use sqlx::PgPool;

use crate::{
    pipeline::{embed::Embedder, index::Index},
    store::Store,
};

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
    pub store: Store,
    pub embedder: Embedder,
    pub index: Index,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
