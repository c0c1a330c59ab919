use events::payloads::{AccountChange, Role, UserAccount};
use sqlx::PgPool;
use uuid::Uuid;

use crate::Issuer;

/// Somebody with an account and a token.
#[derive(Clone)]
pub struct Person {
    pub user_id: Uuid,
    pub token: String,
    pub account: UserAccount,
}

/// Makes a person known to the service behind `pool`, as its `user-accounts` consumer would.
///
/// # Panics
/// When the database says no.
pub async fn person(pool: &PgPool, issuer: &Issuer, role: Role, clients: &[Uuid]) -> Person {
    let user_id = Uuid::now_v7();
    let account = UserAccount {
        user_id,
        revision: 1,
        change: AccountChange::Invited,
        email: format!("{user_id}@example.com"),
        display_name: format!("{} {}", role.as_str(), &user_id.simple().to_string()[28..]),
        language: "en".to_owned(),
        phone: None,
        roles: vec![role],
        client_ids: clients.to_vec(),
        disabled: false,
    };
    let mut connection = pool.acquire().await.unwrap();
    platform::members::apply(&mut connection, &account).await.unwrap();
    Person { user_id, token: issuer.token(user_id), account }
}
