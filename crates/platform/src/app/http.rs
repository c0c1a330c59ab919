//! What stands around a service's routes.

use std::time::{Duration, Instant};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::PgPool;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;
use utoipa::openapi::{
    ContentBuilder, OpenApi, Ref, ResponseBuilder,
    security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};
use uuid::Uuid;

use crate::{Problem, problem::REQUEST_ID};

/// Bodies that a route does not say otherwise for.
const BODY_LIMIT_BYTES: usize = 1024 * 1024;
/// Until the response's first byte; streams go on after it.
const TIMEOUT: Duration = Duration::from_secs(30);
const REQUEST_ID_HEADER: &str = "x-request-id";

/// The service's routes with health, metrics, its OpenAPI document, request ids, logs, limits and problems around them.
pub fn router(
    service: &'static str,
    pool: PgPool,
    routes: Router,
    openapi: OpenApi,
    metrics: &'static PrometheusHandle,
) -> Router {
    let document = Json(openapi);
    let internal = Router::new()
        .route("/livez", get(|| async { "ok" }))
        .route("/readyz", get(move || ready(pool.clone())))
        .route("/metrics", get(move || async move { metrics.render() }))
        .route("/openapi.json", get(move || async move { document.clone() }));
    routes
        .merge(internal)
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This method is not allowed here")
        })
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(CatchPanicLayer::custom(|_| Problem::internal(anyhow::anyhow!("a handler panicked")).into_response()))
        .layer(middleware::from_fn(move |request, next| observe(service, request, next)))
}

/// 200 while the database answers.
async fn ready(pool: PgPool) -> Response {
    match sqlx::query("SELECT 1").execute(&pool).await {
        Ok(_) => "ready".into_response(),
        Err(error) => Problem::unavailable(error).into_response(),
    }
}

/// Request id, span, time limit, metrics. The id comes from the gateway, else it is made here.
async fn observe(service: &'static str, request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get(REQUEST_ID_HEADER)
        .and_then(|v| v.to_str().ok())
        .filter(|v| !v.is_empty() && v.len() <= 64 && v.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map_or_else(|| Uuid::now_v7().to_string(), ToOwned::to_owned);
    // The pattern, not the path: ids are many, routes are few.
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", service, http.method = %method, http.route = route, request.id = id);
    let start = Instant::now();
    let answer = REQUEST_ID.scope(id.clone(), async {
        tokio::time::timeout(TIMEOUT, next.run(request))
            .await
            .unwrap_or_else(|_| Problem::unavailable(anyhow::anyhow!("no answer within {TIMEOUT:?}")).into_response())
    });
    let mut response = answer.instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, value);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let labels = [("method", method.to_string()), ("route", route), ("status", response.status().as_u16().to_string())];
    metrics::histogram!("http_request_seconds", &labels).record(start.elapsed().as_secs_f64());
    response
}

/// Adds to a generated document what holds for every operation: bearer tokens (but for `/v1/auth`) and problems.
pub fn finish(openapi: &mut OpenApi) {
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("A Cognito access token"));
    let components = openapi.components.get_or_insert_default();
    components.add_security_scheme("access_token", SecurityScheme::Http(scheme.build()));
    let problem = ResponseBuilder::new()
        .description("Any error, as an RFC 9457 problem")
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        )
        .build();
    for (path, item) in &mut openapi.paths.paths {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), problem.clone().into());
            if !path.starts_with("/v1/auth") {
                operation.security = Some(vec![SecurityRequirement::new("access_token", Vec::<String>::new())]);
            }
        }
    }
}

/// The committed form of the document.
///
/// # Errors
/// The document cannot be JSON.
pub fn document(openapi: &OpenApi) -> Result<String, serde_json::Error> {
    openapi.to_pretty_json().map(|json| json + "\n")
}
