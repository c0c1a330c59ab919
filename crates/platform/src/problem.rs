//! Errors as RFC 9457 problems: `application/problem+json` with a stable `code` that programs may rely on.

use std::borrow::Cow;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The body of every error answer.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the code says what happened.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    pub title: Cow<'static, str>,
    pub status: u16,
    /// Stable, `snake_case`.
    pub code: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    #[serde(skip)]
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What is wrong with one field of the request.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct FieldError {
    /// Path within the body or query: `documents[0].file_name`.
    pub field: String,
    pub code: Cow<'static, str>,
    pub message: String,
}

tokio::task_local! {
    /// Id of the request that this task answers; set by [`crate::app`].
    pub(crate) static REQUEST_ID: String;
}

impl Problem {
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>, title: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: title.into(),
            status: status.as_u16(),
            code: code.into(),
            detail: None,
            errors: Vec::new(),
            request_id: None,
            headers: Vec::new(),
        }
    }

    pub fn bad_request(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, title)
    }

    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "A valid access token is required")
            .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Your role does not allow this")
    }

    /// Also for what exists but belongs to somebody else.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here, or nothing that you may see")
    }

    pub fn conflict(code: &'static str, title: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, code, title)
    }

    /// One field breaks a rule.
    pub fn invalid(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self::validation(vec![FieldError { field: field.into(), code: code.into(), message: message.into() }])
    }

    pub fn validation(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", "Some fields are not valid") }
    }

    /// Logs the cause, once, and tells the caller nothing of it.
    pub fn internal(error: impl Into<anyhow::Error>) -> Self {
        let error: anyhow::Error = error.into();
        tracing::error!(error.chain = format!("{error:#}"), "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side")
    }

    /// Something that we depend on is out of reach; the same request may work in a moment.
    pub fn unavailable(error: impl Into<anyhow::Error>) -> Self {
        let error: anyhow::Error = error.into();
        tracing::warn!(error.chain = format!("{error:#}"), "a dependency is unavailable");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The service is busy; please try again")
            .header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    #[must_use]
    pub fn code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.code = code.into();
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// A database error that no constraint explains: an outage is 503, anything else 500.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        if crate::db::is_outage(&error) { Self::unavailable(error) } else { Self::internal(error) }
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        self.request_id = REQUEST_ID.try_with(Clone::clone).ok();
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        for (name, value) in self.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// Maps a broken constraint, by its name in the schema, to the problem it means.
pub trait OnConstraint<T> {
    /// # Errors
    /// `problem()` when the constraint `name` was broken, else what the database error means.
    fn on_constraint(self, name: &str, problem: impl FnOnce() -> Problem) -> Result<T, Problem>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, problem: impl FnOnce() -> Problem) -> Result<T, Problem> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(e) if e.constraint() == Some(name) => problem(),
            _ => error.into(),
        })
    }
}
