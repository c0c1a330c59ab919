//! Between `async-openai` and the network: a refusal keeps its status and its Retry-After, a body has a limit, and what
//! is no event of JSON never reaches a parser that would write it to the log. SOP text and keys stay out of logs here.

use std::convert::Infallible;
use std::task::{Context, Poll};
use std::time::Duration;

use async_openai::middleware::HttpRequestFactory;
use axum::body::Bytes;
use axum::http;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, StreamExt as _};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use tower::BoxError;

/// Most bytes that an answer may have on the wire, its envelopes included.
const MOST_BYTES: usize = 8 << 20;
/// Most bytes that one event may have.
const MOST_EVENT_BYTES: usize = 2 << 20;
/// Of a refusal, this much is read, to find how long to wait.
const MOST_REFUSAL_BYTES: usize = 64 << 10;

/// A provider answered with a status that is no success.
#[derive(Debug, thiserror::Error)]
#[error("the provider answered with status {status}")]
pub struct Refused {
    pub status: u16,
    pub retry_after: Option<Duration>,
}

/// Sends requests for `async-openai`.
#[derive(Clone, Debug)]
pub struct Wire(pub reqwest::Client);

impl tower::Service<HttpRequestFactory> for Wire {
    type Response = reqwest::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<reqwest::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequestFactory) -> Self::Future {
        let client = self.0.clone();
        Box::pin(async move {
            let response = client.execute(request.build().await?).await?;
            if !response.status().is_success() {
                return Err(refused(response).await.into());
            }
            cleaned(response)
        })
    }
}

async fn refused(response: reqwest::Response) -> Refused {
    let status = response.status().as_u16();
    if let Some(wait) = retry_after(response.headers(), Utc::now()) {
        return Refused { status, retry_after: Some(wait) };
    }
    let mut body = response.bytes_stream();
    let mut read = Vec::new();
    while let Ok(Some(Ok(part))) = tokio::time::timeout(Duration::from_secs(2), body.next()).await {
        read.extend_from_slice(&part);
        if read.len() > MOST_REFUSAL_BYTES {
            break;
        }
    }
    Refused { status, retry_after: retry_delay(&String::from_utf8_lossy(&read)) }
}

/// `retry-after-ms: 500`, `Retry-After: 20` or `Retry-After: Wed, 21 Oct 2026 07:28:00 GMT`.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    if let Some(millis) = text("retry-after-ms").and_then(|t| t.parse::<u64>().ok()) {
        return Some(Duration::from_millis(millis));
    }
    let value = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    (DateTime::parse_from_rfc2822(value).ok()?.to_utc() - now).to_std().ok()
}

/// Google's way: `"retryDelay": "36s"` in the body.
fn retry_delay(body: &str) -> Option<Duration> {
    let after = body.split_once("\"retryDelay\"")?.1.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let seconds = after.split_once("s\"")?.0.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// The same response with a body of nothing but events of JSON.
fn cleaned(response: reqwest::Response) -> Result<reqwest::Response, BoxError> {
    let is_stream = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|t| t.to_ascii_lowercase().starts_with("text/event-stream"));
    let bytes = response.bytes_stream().map(|part| part.map_err(BoxError::from)).boxed();
    let state = Lines { bytes, buffer: Vec::new(), read: 0, whole: !is_stream, ended: false };
    let events = stream::unfold(state, |mut state| async move {
        let out = state.next().await?;
        Some((Ok::<Bytes, Infallible>(out), state))
    });
    let body = reqwest::Body::wrap_stream(events);
    Ok(http::Response::builder().header(CONTENT_TYPE, "text/event-stream").body(body)?.into())
}

struct Lines {
    bytes: BoxStream<'static, Result<Bytes, BoxError>>,
    buffer: Vec<u8>,
    read: usize,
    /// The body is one JSON value: the provider did not stream.
    whole: bool,
    ended: bool,
}

impl Lines {
    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.ended {
                return None;
            }
            if let Some(end) = self.buffer.iter().position(|b| *b == b'\n').filter(|_| !self.whole) {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                match event(&line) {
                    Some(out) => return Some(out),
                    None => continue,
                }
            }
            match self.bytes.next().await {
                Some(Ok(part)) => {
                    self.read += part.len();
                    self.buffer.extend_from_slice(&part);
                    if self.read > MOST_BYTES || self.buffer.len() > MOST_EVENT_BYTES {
                        return Some(self.fault("too_long"));
                    }
                }
                Some(Err(_)) => return Some(self.fault("cut")),
                None => {
                    self.ended = true;
                    let rest = std::mem::take(&mut self.buffer);
                    let line = if self.whole { [b"data: ", flat(&rest).as_bytes()].concat() } else { rest };
                    return event(&line);
                }
            }
        }
    }

    fn fault(&mut self, name: &str) -> Bytes {
        self.ended = true;
        format!("data: {{\"fault\":\"{name}\"}}\n\n").into()
    }
}

/// JSON on one line: outside of its strings, a line break means nothing, and inside of them there is none.
fn flat(json: &[u8]) -> String {
    String::from_utf8_lossy(json).replace(['\n', '\r'], " ")
}

fn event(line: &[u8]) -> Option<Bytes> {
    let line = String::from_utf8_lossy(line);
    let data = line.trim_end().strip_prefix("data:")?.trim();
    if data == "[DONE]" || serde_json::from_str::<serde::de::IgnoredAny>(data).is_ok() {
        return Some(format!("data: {data}\n\n").into());
    }
    Some("data: {\"fault\":\"not_json\"}\n\n".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_say_how_long_to_wait_is_understood() {
        let now = DateTime::parse_from_rfc2822("Wed, 21 Oct 2026 07:28:00 GMT").unwrap().to_utc();
        let of = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(of("retry-after", "20"), Some(Duration::from_secs(20)));
        assert_eq!(of("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(of("retry-after", "Wed, 21 Oct 2026 07:28:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!([of("retry-after", "soon"), of("retry-after", "-4"), of("x-other", "20")], [None; 3]);
        let body = "[{\"error\": {\"details\": [{\"retryDelay\": \"36.5s\"}]}}]";
        assert_eq!(retry_delay(body), Some(Duration::from_millis(36_500)));
        assert_eq!(retry_delay("{\"retryDelay\": 5}"), None);
    }

    #[test]
    fn what_is_no_json_does_not_pass() {
        let of = |line: &str| event(line.as_bytes()).map(|b| String::from_utf8_lossy(&b).into_owned());
        assert_eq!(of("data: {\"a\":1}\r\n").unwrap(), "data: {\"a\":1}\n\n");
        assert_eq!(of("data:[DONE]\n").unwrap(), "data: [DONE]\n\n");
        assert_eq!(of("data: the SOP says\n").unwrap(), "data: {\"fault\":\"not_json\"}\n\n");
        assert_eq!([of(": keep-alive\n"), of("event: x\n"), of("\n")], [None, None, None]);
    }
}
