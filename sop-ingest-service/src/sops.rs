//! Parsed SOPs, for those who may see them.

mod pages;
mod queries;
mod reports;
mod versions;

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::{Level, sop::SopDocument};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, Caller, CourseManager, SalesRep, Trainer},
    extract::{Body, Path, Query},
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, types};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AppState,
    pipeline::{
        contain::StageTime,
        index::Scope,
        search::{self, SearchError},
    },
};
pub(crate) use pages::__path_get_sop_page;
pub use pages::get_sop_page;
pub(crate) use reports::{__path_get_sop_defects, __path_get_sop_quote};
pub use reports::{get_sop_defects, get_sop_quote};
pub(crate) use versions::__path_diff_sop;
pub use versions::diff_sop;

type Reader = As<(Admin, SalesRep, CourseManager, Trainer)>;

/// A SOP of a request and what became of it.
#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct SopSummary {
    pub sop_id: Uuid,
    pub request_id: Uuid,
    pub client_id: Uuid,
    /// Known once the file was read.
    pub title: Option<String>,
    pub file_name: String,
    pub format: Option<String>,
    pub pages: Option<i32>,
    pub clauses: Option<i32>,
    /// `processing`, `processed`, `failed` or `cancelled`.
    pub status: String,
    /// Why it failed.
    pub code: Option<String>,
    /// The same as a sentence.
    pub detail: Option<String>,
    pub created_at: DateTime<Utc>,
    /// The same for every version of a SOP: the id that courses and their proofs name.
    pub document_id: Uuid,
    /// Known once the file was read; the same file again is the same version.
    pub version: Option<i32>,
    /// Pages that there is a picture of; missing until that stage was run.
    pub pictures: Option<i32>,
    /// The stages that were run so far, in order.
    #[sqlx(try_from = "types::Json<BTreeMap<String, u64>>")]
    pub stages: Stages,
}

/// How long each stage took.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stages(Vec<StageTime>);

/// In the order in which they are run.
const STAGES: [&str; 10] =
    ["fetch", "identify", "extract", "structure", "profile", "compare", "store", "pictures", "embed", "index"];

impl From<types::Json<BTreeMap<String, u64>>> for Stages {
    fn from(types::Json(times): types::Json<BTreeMap<String, u64>>) -> Self {
        let place = |name: &str| STAGES.iter().position(|s| *s == name).unwrap_or(STAGES.len());
        let mut stages: Vec<StageTime> =
            times.into_iter().map(|(stage, milliseconds)| StageTime { stage, milliseconds }).collect();
        stages.sort_by_key(|s| place(&s.stage));
        Self(stages)
    }
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VersionParam {
    /// Another version of the same SOP than the one that this id names.
    pub version: Option<i32>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SopFilter {
    /// Only SOPs of this request.
    pub request_id: Option<Uuid>,
}

#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    /// A question or some words.
    #[garde(length(chars, max = 500), custom(platform::text::line))]
    pub query: String,
    /// 1 to 50; 10 if not given.
    #[garde(inner(range(min = 1, max = 50)))]
    pub limit: Option<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// The best first.
    pub hits: Vec<SearchHit>,
    /// 0 to 1: how likely the SOP answers the question at all. Below a half, better say that it does not.
    pub answerable: f32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit {
    pub clause_id: String,
    pub score: f32,
    pub text: String,
    pub section: String,
    pub page: u32,
}

/// SOPs that the caller may see, the newest first.
#[utoipa::path(get, path = "/v1/sops", tag = "sops", params(PageParams), responses((status = 200, body = Page<SopSummary>)))]
pub async fn list_sops(
    State(state): State<AppState>,
    caller: Reader,
    Query(filter): Query<SopFilter>,
    page: PageRequest,
) -> Result<Json<Page<SopSummary>>, Problem> {
    let rows = queries::list(&state.pool, &caller, filter.request_id, page).await?;
    Ok(Json(page.page(rows, |row| row.sop_id)))
}

/// A parsed SOP with its clauses and procedures.
#[utoipa::path(get, path = "/v1/sops/{sop_id}", tag = "sops", params(("sop_id" = Uuid, Path), VersionParam),
    responses((status = 200, body = SopDocument)))]
pub async fn get_sop(
    State(state): State<AppState>,
    caller: Reader,
    Path(sop_id): Path<Uuid>,
    Query(which): Query<VersionParam>,
) -> Result<Json<SopDocument>, Problem> {
    let sop = processed(&state, &caller, sop_id, which.version).await?;
    let document = state.store.get_parsed(&sop.key).await.map_err(Problem::unavailable)?;
    Ok(Json(document))
}

/// The clauses of a SOP that answer a question best: by meaning and by words, then read closely.
/// Names and numbers of people are placeholders here; the SOP itself has the originals.
#[utoipa::path(post, path = "/v1/sops/{sop_id}/search", tag = "sops", params(("sop_id" = Uuid, Path), VersionParam),
    request_body = SearchRequest,
    responses((status = 200, body = SearchResult)))]
pub async fn search_sop(
    State(state): State<AppState>,
    caller: Reader,
    Path(sop_id): Path<Uuid>,
    Query(which): Query<VersionParam>,
    Body(request): Body<SearchRequest>,
) -> Result<Json<SearchResult>, Problem> {
    let sop = processed(&state, &caller, sop_id, which.version).await?;
    let scope = Scope { client_id: sop.client_id, document_id: sop.document_id, version: sop.version.unsigned_abs() };
    let limit = usize::from(request.limit.unwrap_or(10));
    let found = search::search(&state.embedder, &state.index, scope, &request.query, limit).await;
    let found = found.map_err(|error| match error {
        SearchError::Model(error) => Problem::internal(error),
        SearchError::Index(error) => Problem::unavailable(error),
    })?;
    let hits = found.hits.into_iter().map(|h| SearchHit {
        clause_id: h.clause_id,
        score: h.score,
        text: h.text,
        section: h.section,
        page: h.page,
    });
    Ok(Json(SearchResult { hits: hits.collect(), answerable: found.answerable }))
}

/// One version of a SOP that was read.
struct Version {
    client_id: Uuid,
    document_id: Uuid,
    version: i32,
    key: String,
    format: Option<String>,
    pages: i32,
    /// Of the learners, as it was ordered.
    level: Option<Level>,
}

/// A version that the caller may see.
async fn processed(state: &AppState, caller: &Caller, sop_id: Uuid, version: Option<i32>) -> Result<Version, Problem> {
    let found = queries::find(&state.pool, caller, sop_id, version).await?.ok_or_else(Problem::not_found)?;
    match (found.parsed_key, found.version) {
        (Some(key), Some(version)) if found.state == "processed" => Ok(Version {
            client_id: found.client_id,
            document_id: found.lineage_id,
            version,
            key,
            format: found.format,
            pages: found.pages.unwrap_or(0),
            level: found.level.and_then(|level| level.parse().ok()),
        }),
        _ => Err(Problem::conflict("sop_not_processed", "This SOP has not been read, or could not be read")),
    }
}
