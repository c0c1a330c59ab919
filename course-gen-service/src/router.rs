use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, jobs};

#[derive(OpenApi)]
#[openapi(
    info(title = "Course generation", description = "Jobs that make courses out of SOPs, step by step."),
    components(schemas(platform::Problem))
)]
struct Api;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi()).routes(routes!(jobs::list_jobs)).routes(routes!(jobs::get_job))
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
