//! Keyset paging: newest first by UUIDv7, so that a page costs the same however deep it is and nothing is seen twice.

use axum::{extract::FromRequestParts, http::request::Parts};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::Problem;

/// One page of a list.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it as `cursor` to get the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// `?limit=&cursor=`. Queries ask for `fetch()` rows with `id < before` (all when `None`), ordered by `id DESC`.
#[derive(Clone, Copy, Debug)]
pub struct PageRequest {
    pub limit: usize,
    pub before: Option<Uuid>,
}

/// How the two parameters look in the OpenAPI document.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// 1 to 100; 20 if not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u16>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// Rows to ask the database for: one more than shown, to know whether there is a next page.
    pub fn fetch(self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    /// Cuts the rows of a query to the page.
    pub fn page<T>(self, mut rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Page<T> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| URL_SAFE_NO_PAD.encode(id(row)));
        Page { items: rows, next_cursor }
    }
}

impl<T> Page<T> {
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageRequest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let axum::extract::Query(params) = axum::extract::Query::<PageParams>::try_from_uri(&parts.uri)
            .map_err(|e| Problem::bad_request("bad_query", "A query parameter is not valid").detail(e.body_text()))?;
        let limit = params.limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            return Err(Problem::bad_request("bad_query", "limit must be 1 to 100"));
        }
        let before = params.cursor.as_deref().map(read_cursor).transpose()?;
        Ok(Self { limit: usize::from(limit), before })
    }
}

fn read_cursor(cursor: &str) -> Result<Uuid, Problem> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| Uuid::from_slice(&bytes).ok())
        .ok_or_else(|| Problem::bad_request("bad_cursor", "The cursor is not one that we gave"))
}
