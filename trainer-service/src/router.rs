use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, attendance, courses, feedback, sessions, submissions};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Training",
        description = "Assigned courses with materials and roster, sessions, attendance, grading and feedback."
    ),
    components(schemas(platform::Problem))
)]
struct Api;

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(courses::list_courses))
        .routes(routes!(courses::get_course))
        .routes(routes!(courses::get_materials))
        .routes(routes!(courses::list_roster))
        .routes(routes!(sessions::create_session, sessions::list_sessions))
        .routes(routes!(sessions::get_session, sessions::update_session))
        .routes(routes!(attendance::replace_attendance))
        .routes(routes!(submissions::list_submissions))
        .routes(routes!(submissions::get_submission))
        .routes(routes!(submissions::grade_submission))
        .routes(routes!(feedback::create_feedback, feedback::list_feedback))
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
