use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, assignments, comments, courses, impacts, library, outlines, reports, review};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Course management",
        description = "Course versions and their review, the library, assignments and reports."
    ),
    components(schemas(platform::Problem))
)]
struct Api;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(courses::list_courses))
        .routes(routes!(courses::get_course))
        .routes(routes!(courses::get_version))
        .routes(routes!(impacts::get_impact))
        .routes(routes!(outlines::list_outlines))
        .routes(routes!(outlines::get_outline))
        .routes(routes!(outlines::approve_outline))
        .routes(routes!(comments::create_comment, comments::list_comments))
        .routes(routes!(comments::resolve_comment))
        .routes(routes!(review::request_changes))
        .routes(routes!(review::approve_version))
        .routes(routes!(review::publish_version))
        .routes(routes!(library::search_library))
        .routes(routes!(assignments::create_assignments, assignments::list_assignments))
        .routes(routes!(assignments::delete_assignment))
        .routes(routes!(reports::list_course_reports))
        .routes(routes!(reports::get_course_report))
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
