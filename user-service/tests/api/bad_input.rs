use events::payloads::Role;
use reqwest::Method;
use serde_json::{Value, json};
use test_support::Answer;
use uuid::Uuid;

use crate::app::{Scripted, new_user, unique_email};

async fn get_me(app: &Scripted, authorization: &str) -> Answer {
    app.api.send(app.api.request(Method::GET, "/v1/me").header("authorization", authorization)).await
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_refused() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let spoiled = |field: &str, value: Value| {
        let mut claims = app.issuer.claims(ana.user_id);
        claims[field] = value;
        app.issuer.sign(&claims)
    };
    for token in [
        spoiled("exp", json!(1_000_000)),
        spoiled("iss", json!("https://elsewhere.example.com")),
        spoiled("client_id", json!("another-client")),
        spoiled("token_use", json!("id")),
        spoiled("sub", json!("not-a-uuid")),
        format!("{}x", ana.token),
        "eyJhbGciOiJub25lIn0.e30.".to_owned(),
        String::new(),
    ] {
        let answer = get_me(&app, &format!("Bearer {token}")).await.expect(401);
        assert_eq!(answer.code(), "unauthenticated");
    }
    get_me(&app, &format!("Basic {}", ana.token)).await.expect(401);
    app.api.send(app.api.request(Method::GET, "/v1/users")).await.expect(401);
}

#[tokio::test]
async fn an_invitation_names_what_is_wrong_with_it() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let client = Uuid::now_v7();
    for (field, value, code) in [
        ("email", json!("ana"), "validation_failed"),
        ("email", json!(format!("{}@example.com", "a".repeat(300))), "validation_failed"),
        ("display_name", json!(""), "validation_failed"),
        ("display_name", json!("x".repeat(101)), "validation_failed"),
        ("role", json!("superuser"), "wrong_type"),
        ("client_ids", json!([client, client]), "validation_failed"),
        ("client_ids", json!(["x"]), "wrong_type"),
        ("language", json!("../en"), "validation_failed"),
        ("phone", json!("+49 151 1"), "validation_failed"),
        ("is_admin", json!(true), "unknown_field"),
    ] {
        let mut body = new_user(&unique_email());
        body[field] = value;
        let answer = app.api.post(&admin, "/v1/users", &body).await.expect(422);
        assert_eq!(answer.code(), code, "{}", answer.body);
        assert!(answer.body["errors"][0]["field"].as_str().unwrap().starts_with(field), "{}", answer.body);
    }
    let mut body = new_user(&unique_email());
    body["display_name"] = json!("a\0b");
    assert_eq!(app.api.post(&admin, "/v1/users", &body).await.expect(422).body["errors"][0]["code"], "nul_character");
}

#[tokio::test]
async fn what_is_no_request_is_a_problem_and_never_a_crash() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let raw = |content_type: &'static str, body: String| {
        let request = app.api.request(Method::POST, "/v1/auth/sign-in").header("content-type", content_type);
        app.api.send(request.body(body))
    };
    assert_eq!(raw("application/json", "{".to_owned()).await.expect(400).code(), "malformed_json");
    assert_eq!(raw("text/plain", "{}".to_owned()).await.expect(415).code(), "unsupported_media_type");
    assert_eq!(raw("application/json", "[".repeat(10_000)).await.status.as_u16() / 100, 4);
    let long = format!("{{\"email\":\"{}\"}}", "a".repeat(2_000_000));
    assert_eq!(raw("application/json", long).await.expect(413).code(), "body_too_large");
    assert_eq!(raw("application/json", "{}".to_owned()).await.expect(422).code(), "missing_field");
    for path in ["/v1/users?cursor=x", "/v1/audit?cursor=%21"] {
        assert_eq!(app.api.get(&admin, path).await.expect(400).code(), "bad_cursor");
    }
    for path in ["/v1/users?role=king", "/v1/users?client_id=1", "/v1/users?limit=0", "/v1/audit?limit=101"] {
        assert_eq!(app.api.get(&admin, path).await.expect(400).code(), "bad_query");
    }
}
