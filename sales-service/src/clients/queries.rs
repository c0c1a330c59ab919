use platform::paging::PageRequest;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Client, ClientChanges, NewClient};

pub async fn insert(tx: &mut PgConnection, owner: Uuid, new: &NewClient) -> Result<Client, sqlx::Error> {
    sqlx::query_as(
        "INSERT INTO clients (client_id, owner_id, name, industry, country) VALUES ($1, $2, $3, $4, upper($5))
         RETURNING *",
    )
    .bind(Uuid::now_v7())
    .bind(owner)
    .bind(new.name.trim())
    .bind(&new.industry)
    .bind(&new.country)
    .fetch_one(tx)
    .await
}

pub async fn list(pool: &PgPool, owner: Option<Uuid>, page: PageRequest) -> Result<Vec<Client>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM clients
         WHERE ($1::uuid IS NULL OR owner_id = $1) AND ($2::uuid IS NULL OR client_id < $2)
         ORDER BY client_id DESC LIMIT $3",
    )
    .bind(owner)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(pool)
    .await
}

pub async fn find(
    connection: &mut PgConnection,
    client_id: Uuid,
    owner: Option<Uuid>,
) -> Result<Option<Client>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM clients WHERE client_id = $1 AND ($2::uuid IS NULL OR owner_id = $2)")
        .bind(client_id)
        .bind(owner)
        .fetch_optional(connection)
        .await
}

pub async fn lock(tx: &mut PgConnection, client_id: Uuid, owner: Option<Uuid>) -> Result<Option<Client>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM clients WHERE client_id = $1 AND ($2::uuid IS NULL OR owner_id = $2) FOR UPDATE")
        .bind(client_id)
        .bind(owner)
        .fetch_optional(tx)
        .await
}

pub async fn update(tx: &mut PgConnection, client_id: Uuid, changes: &ClientChanges) -> Result<Client, sqlx::Error> {
    sqlx::query_as(
        "UPDATE clients SET name = coalesce($2, name), industry = coalesce($3, industry),
             country = coalesce(upper($4), country), revision = revision + 1
         WHERE client_id = $1 RETURNING *",
    )
    .bind(client_id)
    .bind(changes.name.as_deref().map(str::trim))
    .bind(&changes.industry)
    .bind(&changes.country)
    .fetch_one(tx)
    .await
}
