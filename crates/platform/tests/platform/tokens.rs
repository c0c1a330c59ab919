use axum::{Router, extract::FromRef, routing::get};
use events::payloads::Role;
use platform::{
    auth::{As, Auth, CourseManager},
    jwt::Verifier,
};
use serde_json::{Value, json};
use test_support::{Answer, Api, Database, Issuer, Person};

#[derive(Clone)]
struct State(Auth);

impl FromRef<State> for Auth {
    fn from_ref(state: &State) -> Self {
        state.0.clone()
    }
}

struct Door {
    api: Api,
    db: Database,
    issuer: Issuer,
    manager: Person,
}

impl Door {
    async fn new() -> Self {
        let (db, issuer) = (Database::create(&sqlx::migrate::Migrator::DEFAULT).await, Issuer::start().await);
        let auth = Auth { verifier: Verifier::new(&test_support::config(&issuer)), pool: db.pool.clone() };
        let routes = Router::new()
            .route("/", get(|caller: As<CourseManager>| async move { caller.user_id.to_string() }))
            .with_state(State(auth));
        let document = utoipa::openapi::OpenApi::default();
        let api = test_support::serve("door", db.pool.clone(), routes, document).await;
        let manager = test_support::person(&db.pool, &issuer, Role::CourseManager, &[]).await;
        Self { api, db, issuer, manager }
    }

    async fn knock(&self, token: &str) -> Answer {
        self.api.send(self.api.request(reqwest::Method::GET, "/").bearer_auth(token)).await
    }

    fn spoiled(&self, field: &str, value: Value) -> String {
        let mut claims = self.issuer.claims(self.manager.user_id);
        claims[field] = value;
        self.issuer.sign(&claims)
    }
}

#[tokio::test]
async fn only_a_good_access_token_of_our_client_opens_the_door() {
    let door = Door::new().await;
    door.knock(&door.manager.token).await.expect(200);
    let other_pool = Issuer::start().await;
    for (what, token) in [
        ("expired", door.spoiled("exp", json!(1))),
        ("another issuer", door.spoiled("iss", json!("https://example.com"))),
        ("another client", door.spoiled("client_id", json!("another"))),
        ("an ID token", door.spoiled("token_use", json!("id"))),
        ("no person", door.spoiled("sub", json!("admin"))),
        ("another pool", other_pool.token(door.manager.user_id)),
        ("not a token", "abc".to_owned()),
        ("empty", String::new()),
        (
            "alg none",
            format!("eyJhbGciOiJub25lIiwia2lkIjoidGVzdC1rZXkifQ.{}.", door.manager.token.split('.').nth(1).unwrap()),
        ),
        ("cut", door.manager.token[..door.manager.token.len() - 10].to_owned()),
    ] {
        let answer = door.knock(&token).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (401, "unauthenticated"), "{what}");
    }
    door.api.send(door.api.request(reqwest::Method::GET, "/")).await.expect(401);
}

#[tokio::test]
async fn the_public_key_is_no_hmac_secret() {
    let door = Door::new().await;
    let keys: Value = reqwest::get(format!("{}/jwks.json", door.issuer.url)).await.unwrap().json().await.unwrap();
    let token =
        door.issuer.sign_hs256(&door.issuer.claims(door.manager.user_id), keys["keys"][0]["n"].as_str().unwrap());
    door.knock(&token).await.expect(401);
}

#[tokio::test]
async fn a_role_or_an_account_that_was_taken_away_is_out_although_the_token_lives() {
    let door = Door::new().await;
    let mut account = door.manager.account.clone();
    let mut connection = door.db.pool.acquire().await.unwrap();
    account.revision = 2;
    account.roles = vec![Role::Trainer];
    platform::members::apply(&mut connection, &account).await.unwrap();
    assert_eq!(door.knock(&door.manager.token).await.expect(403).code(), "forbidden");
    account.revision = 3;
    account.roles = vec![Role::CourseManager];
    account.disabled = true;
    platform::members::apply(&mut connection, &account).await.unwrap();
    assert_eq!(door.knock(&door.manager.token).await.expect(401).code(), "account_disabled");
}
