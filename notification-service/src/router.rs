//! Every route on one screen.

use axum::Router;
use utoipa::{OpenApi, openapi::OpenApi as Document};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{deliveries, inbox, preferences, state::AppState};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "notification-service",
        description = "The inbox, what a person wants to be sent, and the delivery log"
    ),
    components(schemas(platform::Problem))
)]
struct ApiDoc;

fn open_api_router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(ApiDoc::openapi())
        .routes(routes!(inbox::list_notifications))
        .routes(routes!(inbox::read_all_notifications))
        .routes(routes!(inbox::stream_notifications))
        .routes(routes!(inbox::read_notification))
        .routes(routes!(preferences::get_preferences, preferences::set_preferences))
        .routes(routes!(deliveries::list_deliveries))
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
