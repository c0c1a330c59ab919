use axum::Router;
use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::Value;
use sqlx::PgPool;
use utoipa::openapi::OpenApi;

use crate::Person;

/// Serves the routes of a service under test, with everything that [`platform::app::router`] puts around them.
///
/// # Panics
/// When no port is free.
pub async fn serve(service: &'static str, pool: PgPool, routes: Router, openapi: OpenApi) -> Api {
    let app = platform::app::router(service, pool, routes, openapi, platform::telemetry::metrics_handle().unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Api { base }
}

/// A service as its callers see it.
#[derive(Clone)]
pub struct Api {
    pub base: String,
}

/// Status, headers and body of an answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// `Null` when the body is empty or no JSON.
    pub body: Value,
}

impl Answer {
    /// # Panics
    /// When the status is another one; says what the answer was.
    #[track_caller]
    #[expect(clippy::return_self_not_must_use, reason = "a test may stop at the status")]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// The problem's code.
    ///
    /// # Panics
    /// When the answer is no problem.
    #[track_caller]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_else(|| panic!("no problem: {} {}", self.status, self.body))
    }

    /// The entity tag, as `If-Match` wants it.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.headers["etag"].to_str().unwrap().to_owned()
    }
}

impl Api {
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        // A client belongs to the runtime that it was made on, and every test has its own.
        reqwest::Client::new().request(method, format!("{}{path}", self.base))
    }

    /// # Panics
    /// When there is no answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.unwrap_or_default();
        Answer { status, headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
    }

    pub async fn get(&self, who: &Person, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).bearer_auth(&who.token)).await
    }

    pub async fn post(&self, who: &Person, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).bearer_auth(&who.token).json(body)).await
    }

    /// A POST without a body.
    pub async fn act(&self, who: &Person, path: &str) -> Answer {
        self.send(self.request(Method::POST, path).bearer_auth(&who.token)).await
    }

    pub async fn patch(&self, who: &Person, path: &str, etag: &str, body: &Value) -> Answer {
        let request = self.request(Method::PATCH, path).bearer_auth(&who.token).header("if-match", etag).json(body);
        self.send(request).await
    }

    pub async fn put(&self, who: &Person, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).bearer_auth(&who.token).json(body)).await
    }

    pub async fn delete(&self, who: &Person, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path).bearer_auth(&who.token)).await
    }
}
