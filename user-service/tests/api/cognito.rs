//! The way through the real client and the test stack's pool.

use events::payloads::{Role, UserAccount};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Issuer, Process, setting};
use user_service::identity::IdentityProvider as _;

use crate::app::{TestApp, new_user, refresh_token, unique_email};

const FIRST: &str = "Welcome-2-Local!";
const SECOND: &str = "Quite-long-enough-1";

async fn first_sign_in(app: &TestApp, email: &str) -> Answer {
    let challenge = app.sign_in(email, FIRST).await.expect(200);
    assert_eq!(challenge.body["challenge"], "NEW_PASSWORD_REQUIRED");
    let body = json!({ "email": email, "session": challenge.body["session"], "new_password": SECOND });
    app.call("/v1/auth/new-password", &body).await.expect(200)
}

async fn send(app: &TestApp, method: Method, path: &str, token: &str, body: Option<&Value>) -> Answer {
    let request = app.api.request(method, path).bearer_auth(token);
    app.api
        .send(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
}

fn token(answer: &Answer) -> &str {
    answer.body["access_token"].as_str().unwrap()
}

#[tokio::test]
async fn from_the_operators_first_administrator_to_a_person_who_forgot_their_password() {
    let (app, cognito) = TestApp::with_cognito().await;
    let operator = unique_email();
    let operator_id = cognito.create_user(&operator, "First Administrator").await.unwrap();
    cognito.set_groups(operator_id, &[Role::Admin]).await.unwrap();
    let admin = first_sign_in(&app, &operator).await;
    let admin = token(&admin);
    let me = send(&app, Method::GET, "/v1/me", admin, None).await.expect(200).body;
    assert_eq!((&me["display_name"], &me["roles"]), (&json!("First Administrator"), &json!(["admin"])));

    let email = unique_email();
    let ana = send(&app, Method::POST, "/v1/users", admin, Some(&new_user(&email))).await.expect(201).body;
    let id = ana["user_id"].as_str().unwrap();
    let session = first_sign_in(&app, &email).await;
    let ana_token = token(&session);
    assert_eq!(send(&app, Method::GET, "/v1/me", ana_token, None).await.expect(200).body["email"], json!(email));
    let totp = send(&app, Method::POST, "/v1/me/totp", ana_token, None).await.expect(200).body;
    assert!(totp["secret"].as_str().unwrap().len() >= 16);
    let cookie = refresh_token(&session);
    app.call_with_cookie("/v1/auth/refresh", &cookie).await.expect(200);
    app.call_with_cookie("/v1/auth/sign-out", &cookie).await.expect(204);
    app.call_with_cookie("/v1/auth/refresh", &cookie).await.expect(401);

    app.call("/v1/auth/forgot-password", &json!({ "email": email })).await.expect(202);
    let reset = json!({ "email": email, "code": "654321", "new_password": "Another-password-2" });
    app.call("/v1/auth/reset-password", &reset).await.expect(204);
    app.sign_in(&email, SECOND).await.expect(401);
    app.sign_in(&email, "Another-password-2").await.expect(200);

    let path = format!("/v1/users/{id}");
    let etag = send(&app, Method::GET, &path, admin, None).await.expect(200).etag();
    let request = app.api.request(Method::PATCH, &path).bearer_auth(admin).header("if-match", etag);
    app.api.send(request.json(&json!({ "role": "trainer" }))).await.expect(200);
    let in_pool = cognito.find_by_email(&email).await.unwrap().unwrap();
    assert_eq!(in_pool.roles, [Role::Trainer]);
    send(&app, Method::POST, &format!("{path}/disable"), admin, None).await.expect(200);
    assert_eq!(app.sign_in(&email, "Another-password-2").await.expect(401).code(), "wrong_credentials");
    send(&app, Method::POST, &format!("{path}/enable"), admin, None).await.expect(200);
    app.sign_in(&email, "Another-password-2").await.expect(200);
}

/// Runs the real binary until it dies at `point` in the middle of an invitation.
async fn killed_at(point: &str) {
    let (app, cognito) = TestApp::with_cognito().await;
    let operator = unique_email();
    let operator_id = cognito.create_user(&operator, "Administrator").await.unwrap();
    cognito.set_groups(operator_id, &[Role::Admin]).await.unwrap();
    let admin = first_sign_in(&app, &operator).await;
    let addr = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut environment: Vec<(&str, String)> = [
        "KAFKA_BROKERS",
        "JWT_ISSUER",
        "JWKS_URL",
        "COGNITO_CLIENT_ID",
        "COGNITO_USER_POOL_ID",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "APP_ENV",
    ]
    .map(|name| (name, setting(name)))
    .into();
    environment.extend([
        ("KAFKA_TOPIC_PREFIX", test_support::topics().await),
        ("USER_DATABASE_URL", app.db.url.clone()),
        ("USER_HTTP_ADDR", addr.to_string()),
        ("CRASH_AT", point.to_owned()),
    ]);
    let mut process = Process::serve(env!("CARGO_BIN_EXE_user-service"), &environment);
    let http = reqwest::Client::new();
    while http.get(format!("http://{addr}/livez")).send().await.is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let email = unique_email();
    let invitation = new_user(&email);
    let request = http.post(format!("http://{addr}/v1/users")).bearer_auth(token(&admin)).json(&invitation);
    assert!(request.send().await.is_err(), "the process died before it could answer");
    process.died();
    let accounts = app.probe.events::<UserAccount>().await;
    assert!(accounts.iter().all(|a| a.email != email), "{accounts:?}");

    send(&app, Method::POST, "/v1/users", token(&admin), Some(&invitation)).await.expect(201);
    assert_eq!(cognito.find_by_email(&email).await.unwrap().unwrap().roles, [Role::Student]);
    let accounts = app.probe.events::<UserAccount>().await;
    assert_eq!(accounts.iter().filter(|a| a.email == email).count(), 1);
    let again = send(&app, Method::POST, "/v1/users", token(&admin), Some(&invitation)).await;
    assert_eq!(again.expect(409).code(), "email_taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_survives_a_kill_after_it_was_written_down() {
    killed_at("invite.written_down").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_survives_a_kill_after_the_pool_made_the_user() {
    killed_at("invite.user_created").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_survives_a_kill_after_the_groups_were_set() {
    killed_at("invite.groups_set").await;
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let (app, _) = TestApp::with_cognito().await;
    let foreign = Issuer::start().await.token(uuid::Uuid::new_v4());
    assert_eq!(send(&app, Method::GET, "/v1/me", &foreign, None).await.expect(401).code(), "unauthenticated");
}
