use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, sops};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "SOP ingestion",
        description = "Parsed SOPs: clauses, procedures, terms, weak places; search in them."
    ),
    components(schemas(platform::Problem))
)]
struct Api;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(sops::list_sops))
        .routes(routes!(sops::get_sop))
        .routes(routes!(sops::search_sop))
        .routes(routes!(sops::diff_sop))
        .routes(routes!(sops::get_sop_page))
        .routes(routes!(sops::get_sop_defects))
        .routes(routes!(sops::get_sop_quote))
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
