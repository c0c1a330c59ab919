use axum::extract::FromRef;
use platform::{auth::Auth, sse::Bell};
use sqlx::PgPool;

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
    /// Rings when something came into an inbox.
    pub bell: Bell,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
