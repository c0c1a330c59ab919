//! What a client is told about a SOP: what to mend in it, and how much work a course from it will be.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{Html, IntoResponse, Response},
};
use course_format::{Level, sop::LoadQuote};
use platform::{
    Problem,
    extract::{Path, Query},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Reader, processed};
use crate::{
    AppState,
    pipeline::{
        profile::defects::report::{self, DefectReport},
        quote,
    },
};

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// Of the learners; the level that was ordered if not given.
    pub level: Option<Level>,
    /// Another version of the same SOP than the one that this id names.
    pub version: Option<i32>,
}

/// What should be mended in a SOP before a course is made from it, the gravest first: as data, or as a page to print for
/// those who ask for `text/html`.
#[utoipa::path(get, path = "/v1/sops/{sop_id}/defects", tag = "sops", params(("sop_id" = Uuid, Path), ReportParams),
    responses((status = 200, content((DefectReport = "application/json"), (String = "text/html")))))]
pub async fn get_sop_defects(
    State(state): State<AppState>,
    caller: Reader,
    Path(sop_id): Path<Uuid>,
    Query(params): Query<ReportParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let sop = processed(&state, &caller, sop_id, params.version).await?;
    let document = state.store.get_parsed(&sop.key).await.map_err(Problem::unavailable)?;
    let report = report::of(&document, params.level.or(sop.level));
    let vary = [(header::VARY, "Accept")];
    Ok(if prefers_html(&headers) {
        (vary, PAGE_HEADERS, Html(report::html(&report))).into_response()
    } else {
        (vary, Json(report)).into_response()
    })
}

/// How many lessons and hours a course from this SOP will take, and how these numbers come about.
#[utoipa::path(get, path = "/v1/sops/{sop_id}/quote", tag = "sops", params(("sop_id" = Uuid, Path), ReportParams),
    responses((status = 200, body = LoadQuote)))]
pub async fn get_sop_quote(
    State(state): State<AppState>,
    caller: Reader,
    Path(sop_id): Path<Uuid>,
    Query(params): Query<ReportParams>,
) -> Result<Json<LoadQuote>, Problem> {
    let sop = processed(&state, &caller, sop_id, params.version).await?;
    let level = params.level.or(sop.level);
    let level =
        level.ok_or_else(|| Problem::bad_request("level_missing", "Say the level of the learners: ?level=B1"))?;
    let document = state.store.get_parsed(&sop.key).await.map_err(Problem::unavailable)?;
    Ok(Json(quote::quote(&document, level)))
}

/// The page quotes a stranger's document: nothing in it may run or be fetched.
const PAGE_HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// Whether a page is asked for rather than data. Who takes both alike gets data.
fn prefers_html(headers: &HeaderMap) -> bool {
    let accept: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    weight(&accept, &["text/html", "text/*", "*/*"]) > weight(&accept, &["application/json", "application/*", "*/*"])
}

/// How much the first of these ranges that is named is wanted, 0 to 1.
fn weight(accept: &[&str], ranges: &[&str]) -> f32 {
    let asked = |range: &str| {
        accept.iter().find_map(|part| {
            let mut fields = part.split(';').map(str::trim);
            let named = fields.next().is_some_and(|name| name.eq_ignore_ascii_case(range));
            let q = fields.find_map(|f| f.strip_prefix("q=").and_then(|q| q.parse().ok()));
            named.then(|| q.unwrap_or(1.0))
        })
    };
    ranges.iter().find_map(|range| asked(range)).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_page_and_a_program_gets_data() {
        for (accept, page) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("text/html", true),
            ("application/json;q=0.5, text/html;q=0.9", true),
            ("text/*", true),
            ("application/json", false),
            ("application/json, text/plain, */*", false),
            ("text/html;q=0, */*", false),
            ("*/*", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
            assert_eq!(prefers_html(&headers), page, "{accept}");
        }
        assert!(!prefers_html(&HeaderMap::new()));
    }
}
