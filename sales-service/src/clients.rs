//! Client companies.

pub(crate) mod queries;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use garde::Validate;
use platform::{
    Problem,
    auth::{Admin, As, Caller, SalesRep},
    etag::{IfMatch, etag},
    extract::{Body, Path},
    idempotency::{Begun, IdempotencyKey},
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;

/// A client company.
#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Client {
    pub client_id: Uuid,
    pub name: String,
    pub industry: Option<String>,
    pub country: Option<String>,
    pub created_at: DateTime<Utc>,
    #[serde(skip)]
    pub revision: i64,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    #[garde(length(chars, max = 200), custom(platform::text::line))]
    pub name: String,
    #[garde(inner(length(chars, max = 100)), custom(platform::text::optional_line))]
    pub industry: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[garde(inner(length(chars, equal = 2), ascii))]
    pub country: Option<String>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ClientChanges {
    #[garde(inner(length(chars, max = 200)), custom(platform::text::optional_line))]
    pub name: Option<String>,
    #[garde(inner(length(chars, max = 100)), custom(platform::text::optional_line))]
    pub industry: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[garde(inner(length(chars, equal = 2), ascii))]
    pub country: Option<String>,
}

/// For queries: whose clients and requests the caller may see; `None` for all of them.
pub(crate) fn visible_owner(caller: &Caller) -> Option<Uuid> {
    (!caller.is_admin()).then_some(caller.user_id)
}

/// Add a client company to one's accounts.
#[utoipa::path(post, path = "/v1/clients", tag = "clients", request_body = NewClient,
    params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = Client)))]
pub async fn create_client(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    idempotency: IdempotencyKey,
    Body(new): Body<NewClient>,
) -> Result<Response, Problem> {
    let mut tx = state.pool.begin().await?;
    let slot = match idempotency.begin(&mut tx, caller.user_id, "create_client", &new).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(slot) => slot,
    };
    let client = queries::insert(&mut tx, caller.user_id, &new).await?;
    let response = slot.finish(&mut tx, StatusCode::CREATED, &client).await?;
    tx.commit().await?;
    Ok(response)
}

/// One's accounts, newest first.
#[utoipa::path(get, path = "/v1/clients", tag = "clients", params(PageParams),
    responses((status = 200, body = Page<Client>)))]
pub async fn list_clients(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    page: PageRequest,
) -> Result<Json<Page<Client>>, Problem> {
    let rows = queries::list(&state.pool, visible_owner(&caller), page).await?;
    Ok(Json(page.page(rows, |c| c.client_id)))
}

#[utoipa::path(get, path = "/v1/clients/{client_id}", tag = "clients", params(("client_id" = Uuid, Path)),
    responses((status = 200, body = Client)))]
pub async fn get_client(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(client_id): Path<Uuid>,
) -> Result<(HeaderMap, Json<Client>), Problem> {
    let mut connection = state.pool.acquire().await?;
    let client = queries::find(&mut connection, client_id, visible_owner(&caller)).await?;
    let client = client.ok_or_else(Problem::not_found)?;
    Ok((etag(client.revision), Json(client)))
}

#[utoipa::path(patch, path = "/v1/clients/{client_id}", tag = "clients", request_body = ClientChanges,
    params(("client_id" = Uuid, Path), ("If-Match" = String, Header)), responses((status = 200, body = Client)))]
pub async fn update_client(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(client_id): Path<Uuid>,
    if_match: IfMatch,
    Body(changes): Body<ClientChanges>,
) -> Result<(HeaderMap, Json<Client>), Problem> {
    let mut tx = state.pool.begin().await?;
    let client = queries::lock(&mut tx, client_id, visible_owner(&caller)).await?.ok_or_else(Problem::not_found)?;
    if_match.check(client.revision)?;
    let client = queries::update(&mut tx, client_id, &changes).await?;
    tx.commit().await?;
    Ok((etag(client.revision), Json(client)))
}
