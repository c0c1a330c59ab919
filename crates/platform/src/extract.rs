//! Extractors that answer bad input with a problem that names the field.

use axum::{
    RequestExt as _,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
    response::IntoResponse as _,
};
use garde::Validate;
use serde::de::DeserializeOwned;

use crate::problem::{FieldError, Problem};

/// A JSON request body that has the right type, knows only known fields and keeps its own rules ([`garde`]).
///
/// The DTO says `#[serde(deny_unknown_fields)]` and derives [`Validate`].
pub struct Body<T>(pub T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let value: T = parse(&read(request).await?)?;
        value.validate().map_err(|report| Problem::validation(field_errors(&report)))?;
        Ok(Self(value))
    }
}

async fn read(request: Request) -> Result<Bytes, Problem> {
    let json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.split(';').next())
        .is_some_and(|mime| mime.trim().eq_ignore_ascii_case("application/json"));
    if !json {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "The body must be application/json",
        ));
    }
    request.with_limited_body().extract::<Bytes, _>().await.map_err(|rejection: BytesRejection| {
        if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The body is too large")
        } else {
            Problem::bad_request("unreadable_body", "The body could not be read")
        }
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    refuse_nul(bytes)?;
    // serde reads a struct from an array as well; an API should not.
    if bytes.trim_ascii_start().first().is_some_and(|b| *b != b'{') {
        return Err(Problem::bad_request("malformed_json", "The body must be a JSON object"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let field = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            field_problem(field, &inner)
        } else {
            Problem::bad_request("malformed_json", "The body is not valid JSON").detail(format!(
                "line {}, column {}",
                inner.line(),
                inner.column()
            ))
        }
    })?;
    deserializer
        .end()
        .map_err(|_| Problem::bad_request("malformed_json", "The body holds more than one JSON value"))?;
    Ok(value)
}

fn field_problem(field: String, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    // serde's own words, without its "at line 1 column 2".
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(m, _)| m).to_owned();
    let code = if message.starts_with("unknown field") {
        "unknown_field"
    } else if message.starts_with("missing field") {
        "missing_field"
    } else {
        "wrong_type"
    };
    Problem::validation(vec![FieldError { field, code: code.into(), message }]).code(code)
}

/// Postgres cannot store U+0000, and nobody types it: refused wherever it stands.
fn refuse_nul(bytes: &[u8]) -> Result<(), Problem> {
    let escaped = bytes.windows(6).any(|w| w == b"\\u0000");
    if escaped && serde_json::from_slice(bytes).is_ok_and(|value| holds_nul(&value)) {
        return Err(Problem::invalid("", "nul_character", "NUL characters are not allowed"));
    }
    Ok(())
}

fn holds_nul(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(s) => s.contains('\0'),
        serde_json::Value::Array(items) => items.iter().any(holds_nul),
        serde_json::Value::Object(map) => map.iter().any(|(k, v)| k.contains('\0') || holds_nul(v)),
        _ => false,
    }
}

fn field_errors(report: &garde::Report) -> Vec<FieldError> {
    report
        .iter()
        .map(|(path, error)| FieldError {
            field: path.to_string(),
            code: "invalid".into(),
            message: error.message().to_owned(),
        })
        .collect()
}

/// Query parameters; unknown ones are refused when the type says `deny_unknown_fields`.
pub struct Query<T>(pub T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        if query.contains("%00") {
            return Err(Problem::bad_request("bad_query", "NUL characters are not allowed"));
        }
        axum::extract::Query::try_from_uri(&parts.uri).map(|axum::extract::Query(value)| Self(value)).map_err(
            |rejection| {
                Problem::bad_request("bad_query", "A query parameter is not valid").detail(rejection.body_text())
            },
        )
    }
}

/// Path parameters. An id that is none names nothing: 404.
pub struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| Problem::not_found())
    }
}
