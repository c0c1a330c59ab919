//! Lost updates: a reader gets `ETag`, an editor sends it back as `If-Match`.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
};

use crate::Problem;

/// Headers with the entity tag of a revision number.
#[must_use]
pub fn etag(revision: i64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        headers.insert(header::ETAG, value);
    }
    headers
}

/// The revision that the editor has seen. Required: without it the answer is 428.
pub struct IfMatch(String);

impl IfMatch {
    /// # Errors
    /// 412 when somebody else changed the resource since.
    pub fn check(&self, revision: i64) -> Result<(), Problem> {
        if self.0 == "*" || self.0.trim_start_matches("W/").trim_matches('"') == revision.to_string() {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::PRECONDITION_FAILED,
            "changed_meanwhile",
            "It was changed since you read it; read it again",
        ))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok()).map(|v| Self(v.trim().to_owned())).ok_or_else(
            || {
                Problem::new(
                    StatusCode::PRECONDITION_REQUIRED,
                    "if_match_required",
                    "Send the ETag that you read as If-Match",
                )
            },
        )
    }
}
