use axum::extract::FromRef;
use platform::auth::Auth;
use sqlx::PgPool;

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
