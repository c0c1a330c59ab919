use std::sync::Arc;

use axum::extract::FromRef;
use platform::{Outbox, auth::Auth, sse::Bell};
use sqlx::PgPool;

use crate::Uploads;

/// What handlers need.
#[derive(Clone)]
pub struct AppState {
    pub auth: Auth,
    pub pool: PgPool,
    pub outbox: Outbox,
    pub uploads: Arc<dyn Uploads>,
    /// Rings when a timeline grew.
    pub bell: Bell,
}

impl FromRef<AppState> for Auth {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
