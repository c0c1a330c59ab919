use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use platform::{
    Problem,
    extract::{Path, Query},
};
use uuid::Uuid;

use super::{Reader, VersionParam, processed};
use crate::{AppState, pipeline::pictures, store::Folder};

/// The picture of a page, as the reviewer sees it beside the clauses; `boxes` of a clause are shares of it.
#[utoipa::path(get, path = "/v1/sops/{sop_id}/pages/{page}", tag = "sops",
    params(("sop_id" = Uuid, Path), ("page" = u32, Path), VersionParam),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, description = "`no_pages`: the format has no pages before it is printed; `page_not_drawn`: no picture of this page",
            body = Problem)))]
pub async fn get_sop_page(
    State(state): State<AppState>,
    caller: Reader,
    Path((sop_id, page)): Path<(Uuid, u32)>,
    Query(which): Query<VersionParam>,
) -> Result<Response, Problem> {
    let sop = processed(&state, &caller, sop_id, which.version).await?;
    let missing = |code: &'static str, detail: &'static str| Problem::new(StatusCode::NOT_FOUND, code, detail);
    if !sop.format.as_deref().is_some_and(pictures::has_pages_named) {
        return Err(missing(
            "no_pages",
            "Pictures of pages are made of PDF files and scans, and of archives that hold them",
        ));
    }
    if page == 0 || i64::from(page) > i64::from(sop.pages) {
        return Err(Problem::not_found());
    }
    let folder = Folder::of(sop.document_id, sop.version);
    let picture = state.store.get_picture(&folder, page).await.map_err(Problem::unavailable)?;
    let picture = picture.ok_or_else(|| missing("page_not_drawn", "There is no picture of this page"))?;
    // A version never changes, but who may see it can.
    let headers = [(header::CONTENT_TYPE, pictures::CONTENT_TYPE), (header::CACHE_CONTROL, "private, max-age=300")];
    Ok((headers, picture).into_response())
}
