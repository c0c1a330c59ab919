use axum::extract::FromRef;
use course_store::CourseStore;
use platform::{Outbox, auth::Auth};
use sqlx::PgPool;

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
    pub outbox: Outbox,
    pub store: CourseStore,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
