use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, assessments, attempts, courses, evidence, feedback, lessons};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Learning",
        description = "A student's courses, lessons, attempts, progress, assessment and evidence."
    ),
    components(schemas(platform::Problem))
)]
struct Api;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(courses::list_courses))
        .routes(routes!(courses::get_course))
        .routes(routes!(courses::get_progress))
        .routes(routes!(lessons::get_lesson))
        .routes(routes!(lessons::complete_lesson))
        .routes(routes!(attempts::create_attempt, attempts::list_attempts))
        .routes(routes!(assessments::get_assessment))
        .routes(routes!(assessments::submit_assessment))
        .routes(routes!(evidence::list_evidence))
        .routes(routes!(feedback::create_feedback))
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
