use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, clients, documents, requests, timeline};

#[derive(OpenApi)]
#[openapi(
    info(title = "Sales", description = "Clients, course requests, SOP uploads and their timeline."),
    components(schemas(platform::Problem))
)]
struct Api;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(clients::create_client, clients::list_clients))
        .routes(routes!(clients::get_client, clients::update_client))
        .routes(routes!(requests::create_request, requests::list_requests))
        .routes(routes!(requests::get_request, requests::update_request))
        .routes(routes!(requests::submit_request))
        .routes(routes!(requests::cancel_request))
        .routes(routes!(documents::create_document))
        .routes(routes!(documents::delete_document))
        .routes(routes!(documents::submit_document))
        .routes(routes!(timeline::list_timeline))
        .routes(routes!(timeline::stream_timeline))
}

/// Every route of the service.
pub fn routes(state: AppState) -> Router {
    api().split_for_parts().0.with_state(state)
}

/// The OpenAPI document of the routes.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = api().split_for_parts().1;
    platform::app::finish(&mut document);
    document
}
