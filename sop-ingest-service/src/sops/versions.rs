use axum::{Json, extract::State};
use course_format::sop::SopDiff;
use platform::{
    Problem,
    extract::{Path, Query},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Reader, processed, queries};
use crate::{AppState, versions};

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiffParams {
    /// A version; the one before `to` if not given.
    pub from: Option<i32>,
    /// A version; the one that the id names if not given.
    pub to: Option<i32>,
}

/// What one version of a SOP changed in another, clause by clause.
#[utoipa::path(get, path = "/v1/sops/{sop_id}/diff", tag = "sops", params(("sop_id" = Uuid, Path), DiffParams),
    responses((status = 200, body = SopDiff)))]
pub async fn diff_sop(
    State(state): State<AppState>,
    caller: Reader,
    Path(sop_id): Path<Uuid>,
    Query(params): Query<DiffParams>,
) -> Result<Json<SopDiff>, Problem> {
    let to = processed(&state, &caller, sop_id, params.to).await?;
    let from = match params.from {
        Some(from) => from,
        None => queries::before(&state.pool, &caller, to.document_id, to.version)
            .await?
            .ok_or_else(|| Problem::conflict("no_earlier_version", "There is no version before this one"))?,
    };
    let from = processed(&state, &caller, sop_id, Some(from)).await?;
    let old = state.store.get_parsed(&from.key).await.map_err(Problem::unavailable)?;
    let new = state.store.get_parsed(&to.key).await.map_err(Problem::unavailable)?;
    let diff = tokio::task::spawn_blocking(move || versions::compare(&old, &new)).await;
    Ok(Json(diff.map_err(Problem::internal)?))
}
