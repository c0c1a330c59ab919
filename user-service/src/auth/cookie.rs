//! The refresh token's cookie: out of reach of scripts and of other sites, sent to `/v1/auth` only.

use axum::http::{HeaderMap, HeaderValue, header};
use platform::Problem;

const NAME: &str = "refresh_token";
/// As long as the user pool's refresh tokens live.
const LIFETIME_SECONDS: u32 = 12 * 60 * 60;
/// Cognito's tokens have under 2,000 bytes.
const MAX_BYTES: usize = 4096;

/// The refresh token that the browser sent.
pub fn read(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == NAME && !value.is_empty() && value.len() <= MAX_BYTES)
        .map(|(_, value)| value)
}

pub fn set(token: &str) -> HeaderMap {
    header_of(&format!("{NAME}={token}; Max-Age={LIFETIME_SECONDS}; Path=/v1/auth; HttpOnly; Secure; SameSite=Strict"))
}

pub fn clear() -> HeaderMap {
    header_of(CLEARED)
}

/// A problem that also takes the cookie away.
pub fn clear_on(problem: Problem) -> Problem {
    problem.header(header::SET_COOKIE, HeaderValue::from_static(CLEARED))
}

const CLEARED: &str = "refresh_token=; Max-Age=0; Path=/v1/auth; HttpOnly; Secure; SameSite=Strict";

fn header_of(cookie: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Ok(mut value) = HeaderValue::from_str(cookie) {
        value.set_sensitive(true);
        headers.insert(header::SET_COOKIE, value);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; refresh_token_old=x"));
        headers.append(header::COOKIE, HeaderValue::from_static("a=b;refresh_token=abc.def-_=="));
        assert_eq!(read(&headers), Some("abc.def-_=="));
    }

    #[test]
    fn an_empty_cookie_is_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("refresh_token="));
        assert_eq!(read(&headers), None);
    }
}
