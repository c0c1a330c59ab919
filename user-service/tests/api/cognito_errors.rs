//! What Cognito's own error codes become. The answers stand in for Cognito: the test stack's pool never refuses most of this.

use std::sync::{Arc, Mutex};

use axum::{Json, Router, http::StatusCode};
use serde_json::json;

use crate::app::TestApp;

/// Status and error code of every answer.
type Refusal = Arc<Mutex<(u16, &'static str)>>;

async fn cognito_that_refuses() -> (TestApp, Refusal) {
    let refusal = Refusal::default();
    let shared = refusal.clone();
    let answer = move || async move {
        let (status, code) = *shared.lock().unwrap();
        (StatusCode::from_u16(status).unwrap(), Json(json!({ "__type": code, "message": "its own words" })))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    (TestApp::with_endpoint(&url).await, refusal)
}

#[tokio::test]
async fn refusals_of_cognito_have_a_code_and_none_of_its_words() {
    let (app, refusal) = cognito_that_refuses().await;
    let session = "a-session-of-more-than-twenty-characters";
    let sign_in = ("/v1/auth/sign-in", json!({ "email": "a@example.com", "password": "x" }));
    let new_password = (
        "/v1/auth/new-password",
        json!({ "email": "a@example.com", "session": session, "new_password": "Long-enough-1" }),
    );
    let totp = ("/v1/auth/totp", json!({ "email": "a@example.com", "session": session, "code": "123456" }));
    let reset = (
        "/v1/auth/reset-password",
        json!({ "email": "a@example.com", "code": "123456", "new_password": "Long-enough-1" }),
    );
    for (cognito, (path, body), status, code) in [
        ((400, "NotAuthorizedException"), &sign_in, 401, "wrong_credentials"),
        ((400, "UserNotFoundException"), &sign_in, 401, "wrong_credentials"),
        ((400, "PasswordResetRequiredException"), &sign_in, 401, "wrong_credentials"),
        ((400, "InvalidParameterException"), &sign_in, 401, "wrong_credentials"),
        ((400, "LimitExceededException"), &sign_in, 429, "too_many_attempts"),
        ((500, "InternalErrorException"), &sign_in, 503, "unavailable"),
        ((400, "ResourceNotFoundException"), &sign_in, 500, "internal"),
        ((400, "NotAuthorizedException"), &new_password, 401, "session_ended"),
        ((400, "InvalidPasswordException"), &new_password, 422, "weak_password"),
        ((400, "PasswordHistoryPolicyViolationException"), &new_password, 422, "weak_password"),
        ((400, "CodeMismatchException"), &totp, 401, "wrong_code"),
        ((400, "ExpiredCodeException"), &totp, 401, "wrong_code"),
        ((400, "NotAuthorizedException"), &totp, 401, "session_ended"),
        ((400, "CodeMismatchException"), &reset, 422, "wrong_code"),
        ((400, "UserNotFoundException"), &reset, 422, "wrong_code"),
        ((400, "TooManyFailedAttemptsException"), &reset, 429, "too_many_attempts"),
    ] {
        *refusal.lock().unwrap() = cognito;
        let answer = app.call(path, body).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (status, code), "{cognito:?} on {path}");
        assert!(!answer.body.to_string().contains("its own words"));
    }
}

#[tokio::test]
async fn a_cognito_that_is_away_is_no_fault_of_the_caller() {
    let app = TestApp::with_endpoint("http://127.0.0.1:9").await;
    let answer = app.sign_in("a@example.com", "x").await.expect(503);
    assert_eq!(answer.code(), "unavailable");
    assert!(answer.headers.contains_key("retry-after"));
}
