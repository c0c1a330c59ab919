//! Every route on one screen.

use axum::Router;
use utoipa::{OpenApi, openapi::OpenApi as Document};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{audit, auth, me, state::AppState, users};

#[derive(OpenApi)]
#[openapi(
    info(title = "user-service", description = "Accounts, roles, sessions and the audit log"),
    components(schemas(platform::Problem))
)]
struct ApiDoc;

fn open_api_router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(ApiDoc::openapi())
        .routes(routes!(auth::sign_in))
        .routes(routes!(auth::set_first_password))
        .routes(routes!(auth::answer_totp))
        .routes(routes!(auth::refresh_session))
        .routes(routes!(auth::sign_out))
        .routes(routes!(auth::forgot_password))
        .routes(routes!(auth::reset_password))
        .routes(routes!(me::get_me, me::update_me))
        .routes(routes!(me::start_totp))
        .routes(routes!(me::verify_totp))
        .routes(routes!(users::invite_user, users::list_users))
        .routes(routes!(users::get_user, users::update_user))
        .routes(routes!(users::disable_user))
        .routes(routes!(users::enable_user))
        .routes(routes!(audit::list_audit))
}

pub fn routes(state: AppState) -> (Router, Document) {
    let (router, mut document) = open_api_router().split_for_parts();
    platform::app::finish(&mut document);
    (router.with_state(state), document)
}

pub fn openapi() -> Document {
    let mut document = open_api_router().into_openapi();
    platform::app::finish(&mut document);
    document
}
