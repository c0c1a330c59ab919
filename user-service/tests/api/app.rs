use std::sync::Arc;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use events::payloads::Role;
use platform::{Outbox, auth::Auth, config::PlatformConfig, jwt::Verifier};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Api, Database, Issuer, Person, Probe, setting};
use user_service::{
    AppState, MIGRATOR, SERVICE,
    identity::{Cognito, IdentityProvider},
    router,
};
use uuid::Uuid;

use crate::pool::ScriptedPool;

/// Password of everybody in the scripted pool.
pub const PASSWORD: &str = "Right-password-1";

/// The service on a database of its own.
pub struct TestApp {
    pub api: Api,
    pub db: Database,
    pub probe: Probe,
}

impl TestApp {
    async fn serve(config: &PlatformConfig, db: Database, identity: Arc<dyn IdentityProvider>) -> Self {
        let pool = db.pool.clone();
        let state = AppState {
            auth: Auth { verifier: Verifier::new(config), pool: pool.clone() },
            pool: pool.clone(),
            outbox: Outbox::new(SERVICE),
            identity,
        };
        let (routes, openapi) = router::routes(state);
        let api = test_support::serve(SERVICE, pool.clone(), routes, openapi).await;
        Self { api, db, probe: Probe(pool) }
    }

    /// In front of the test stack's Cognito, which is lenient: no refusal is shown here.
    pub async fn with_cognito() -> (Self, Arc<Cognito>) {
        let identity = Arc::new(Cognito::new(
            &aws_config(&setting("AWS_ENDPOINT_URL")).await,
            setting("COGNITO_USER_POOL_ID"),
            setting("COGNITO_CLIENT_ID"),
            Some("Welcome-2-Local!".to_owned().into()),
        ));
        let app = Self::serve(&pool_config(), Database::create(&MIGRATOR).await, identity.clone()).await;
        (app, identity)
    }

    /// In front of whatever answers at `endpoint` instead of Cognito.
    pub async fn with_endpoint(endpoint: &str) -> Self {
        let config = aws_config(endpoint).await;
        let identity = Cognito::new(&config, "eu-central-1_test".to_owned(), "test".to_owned(), None);
        Self::serve(&pool_config(), Database::create(&MIGRATOR).await, Arc::new(identity)).await
    }

    pub async fn call(&self, path: &str, body: &Value) -> Answer {
        self.api.send(self.api.request(Method::POST, path).json(body)).await
    }

    pub async fn call_with_cookie(&self, path: &str, cookie: &str) -> Answer {
        self.api.send(self.api.request(Method::POST, path).header("cookie", format!("refresh_token={cookie}"))).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.call("/v1/auth/sign-in", &json!({ "email": email, "password": password })).await
    }
}

/// The service in front of a pool that is as strict as Cognito, and that a test can make fail.
pub struct Scripted {
    pub app: TestApp,
    pub users: Arc<ScriptedPool>,
    pub issuer: Arc<Issuer>,
}

impl std::ops::Deref for Scripted {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        &self.app
    }
}

impl Scripted {
    pub async fn spawn() -> Self {
        let issuer = Arc::new(Issuer::start().await);
        let users = Arc::new(ScriptedPool::new(issuer.clone()));
        let config = test_support::config(&issuer);
        let app = TestApp::serve(&config, Database::create(&MIGRATOR).await, users.clone()).await;
        Self { app, users, issuer }
    }

    /// Somebody with an account in the pool and here.
    pub async fn person(&self, role: Role, clients: &[Uuid]) -> Person {
        let email = format!("{}@example.com", Uuid::new_v4().simple());
        let user_id = self.users.add(&email, PASSWORD, &[role]);
        let token = self.issuer.token(user_id);
        let request = self.api.request(Method::GET, "/v1/me").bearer_auth(&token);
        self.api.send(request).await.expect(200);
        let mut person = test_support::person(&self.db.pool, &self.issuer, role, clients).await;
        person.account.user_id = user_id;
        person.account.email = email;
        person.account.revision = 2;
        let mut connection = self.db.pool.acquire().await.unwrap();
        platform::members::apply(&mut connection, &person.account).await.unwrap();
        sqlx::query("UPDATE profiles SET client_ids = $2, revision = 2 WHERE user_id = $1")
            .bind(user_id)
            .bind(clients)
            .execute(&self.db.pool)
            .await
            .unwrap();
        Person { user_id, token, account: person.account }
    }

    pub async fn admin(&self) -> Person {
        self.person(Role::Admin, &[]).await
    }
}

/// The refresh token in an answer's cookie.
#[track_caller]
pub fn refresh_token(answer: &Answer) -> String {
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    cookie.strip_prefix("refresh_token=").unwrap().split(';').next().unwrap().to_owned()
}

pub fn new_user(email: &str) -> Value {
    json!({ "email": email, "display_name": "Ana Kowalska", "role": "student", "client_ids": [], "language": "pl" })
}

pub fn unique_email() -> String {
    format!("{}@example.com", Uuid::new_v4().simple())
}

fn pool_config() -> PlatformConfig {
    PlatformConfig {
        kafka_brokers: setting("KAFKA_BROKERS"),
        kafka_topic_prefix: String::new(),
        jwt_issuer: setting("JWT_ISSUER"),
        jwks_url: setting("JWKS_URL"),
        cognito_client_id: setting("COGNITO_CLIENT_ID"),
    }
}

async fn aws_config(endpoint: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("local", "local-secret", None, None, "test"))
        .load()
        .await
}
