//! Course requests, from draft to published course.

mod dto;
pub(crate) mod queries;
mod quote;
mod status;
mod submit;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use events::payloads::CourseCreationCancelled;
use platform::{
    Problem,
    auth::{Admin, As, SalesRep},
    etag::{IfMatch, etag},
    extract::{Body, Path, Query},
    idempotency::{Begun, IdempotencyKey},
    paging::{Page, PageParams, PageRequest},
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    AppState,
    clients::{self, visible_owner},
    documents,
    timeline::{self, Kind, NewEntry},
};
pub use dto::{Document, DocumentStatus, NewRequest, Request, RequestChanges, RequestFilter};
pub(crate) use queries::RequestRow;
pub use status::Status;
pub(crate) use submit::__path_submit_request;
pub use submit::submit_request;

/// Open a request; it is a draft until it is submitted.
#[utoipa::path(post, path = "/v1/requests", tag = "requests", request_body = NewRequest,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = Request)))]
pub async fn create_request(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    idempotency: IdempotencyKey,
    Body(new): Body<NewRequest>,
) -> Result<Response, Problem> {
    let mut tx = state.pool.begin().await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_request", &new).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    clients::queries::find(&mut tx, new.client_id, visible_owner(&caller))
        .await?
        .ok_or_else(|| Problem::invalid("client_id", "unknown_client", "is none of your clients"))?;
    let row = queries::insert(&mut tx, caller.user_id, &new).await?;
    timeline::add(&mut tx, row.request_id, NewEntry::of(Kind::Created)).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &row.with(Vec::new())).await?;
    tx.commit().await?;
    Ok(response)
}

/// One's requests, newest first.
#[utoipa::path(get, path = "/v1/requests", tag = "requests", params(PageParams, RequestFilter),
    responses((status = 200, body = Page<Request>)))]
pub async fn list_requests(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    page: PageRequest,
    Query(filter): Query<RequestFilter>,
) -> Result<Json<Page<Request>>, Problem> {
    let mut connection = state.pool.acquire().await?;
    let rows = queries::list(&mut connection, visible_owner(&caller), &filter, page).await?;
    let page = page.page(rows, |r| r.request_id);
    let ids: Vec<Uuid> = page.items.iter().map(|r| r.request_id).collect();
    let mut documents = documents::of_requests(&mut *connection, &ids).await?;
    drop(connection);
    Ok(Json(page.map(|row| {
        let own = documents.extract_if(.., |d| d.request_id == row.request_id).map(Document::from).collect();
        row.with(own)
    })))
}

#[utoipa::path(get, path = "/v1/requests/{request_id}", tag = "requests", params(("request_id" = Uuid, Path)),
    responses((status = 200, body = Request)))]
pub async fn get_request(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
) -> Result<(HeaderMap, Json<Request>), Problem> {
    let mut connection = state.pool.acquire().await?;
    let row =
        queries::find(&mut *connection, request_id, visible_owner(&caller)).await?.ok_or_else(Problem::not_found)?;
    let documents = documents::of_requests(&mut *connection, &[request_id]).await?;
    drop(connection);
    Ok((etag(row.revision), Json(row.with(documents.into_iter().map(Document::from).collect()))))
}

/// Change a draft.
#[utoipa::path(patch, path = "/v1/requests/{request_id}", tag = "requests", request_body = RequestChanges,
    params(("request_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = Request)))]
pub async fn update_request(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
    if_match: IfMatch,
    Body(changes): Body<RequestChanges>,
) -> Result<(HeaderMap, Json<Request>), Problem> {
    let mut tx = state.pool.begin().await?;
    let row = lock_draft(&mut tx, request_id, visible_owner(&caller)).await?;
    if_match.check(row.revision)?;
    let row = queries::update(&mut tx, request_id, &changes).await?;
    let documents = documents::lock_all(&mut tx, request_id).await?;
    tx.commit().await?;
    Ok((etag(row.revision), Json(row.with(documents.into_iter().map(Document::from).collect()))))
}

/// Take the request back. What is under way for it stops.
#[utoipa::path(post, path = "/v1/requests/{request_id}/cancel", tag = "requests", params(("request_id" = Uuid, Path)),
    responses((status = 200, body = Request)))]
pub async fn cancel_request(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
) -> Result<Json<Request>, Problem> {
    let mut tx = state.pool.begin().await?;
    let mut row = queries::lock(&mut tx, request_id, visible_owner(&caller)).await?.ok_or_else(Problem::not_found)?;
    let documents = documents::lock_all(&mut tx, request_id).await?;
    if row.status != Status::Cancelled {
        if row.status.is_final() {
            return Err(Problem::conflict("already_finished", "This request is finished; it cannot be cancelled"));
        }
        let ordered = row.status != Status::Draft;
        queries::advance(&mut tx, &mut row, Status::Cancelled).await?;
        timeline::add(&mut tx, request_id, NewEntry::of(Kind::Cancelled)).await?;
        if ordered {
            let event = CourseCreationCancelled { request_id, client_id: row.client_id, cancelled_by: caller.user_id };
            state.outbox.enqueue(&mut tx, &event).await?;
        }
    }
    state.outbox.commit(tx).await?;
    state.bell.ring();
    documents::remove_uploads(&state, &documents).await;
    Ok(Json(row.with(documents.into_iter().map(Document::from).collect())))
}

/// The request under its row lock, when it is still a draft.
pub(crate) async fn lock_draft(
    tx: &mut PgConnection,
    request_id: Uuid,
    owner: Option<Uuid>,
) -> Result<RequestRow, Problem> {
    let row = queries::lock(tx, request_id, owner).await?.ok_or_else(Problem::not_found)?;
    if row.status == Status::Draft {
        return Ok(row);
    }
    Err(not_a_draft())
}

pub(crate) fn not_a_draft() -> Problem {
    Problem::conflict("not_a_draft", "This request was submitted; it cannot be changed any more")
}
