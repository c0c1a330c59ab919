use events::payloads::Role;
use serde_json::json;
use uuid::Uuid;

use crate::app::{TestApp, id};

#[tokio::test]
async fn a_rep_cannot_see_another_reps_client() {
    let app = TestApp::spawn().await;
    let (ana, ben) = (app.rep().await, app.rep().await);
    let client = app.client(&ana).await;
    let path = format!("/v1/clients/{client}");
    app.api.get(&ana, &path).await.expect(200);
    assert_eq!(app.api.get(&ben, &path).await.expect(404).code(), "not_found");
    app.api.patch(&ben, &path, "\"1\"", &json!({ "name": "Mine" })).await.expect(404);
    assert_eq!(app.api.get(&ben, "/v1/clients").await.expect(200).body["items"], json!([]));
}

#[tokio::test]
async fn an_admin_sees_every_client_and_a_student_none() {
    let app = TestApp::spawn().await;
    let client = app.client(&app.rep().await).await;
    let admin = test_support::person(&app.db.pool, &app.issuer, Role::Admin, &[]).await;
    let student = test_support::person(&app.db.pool, &app.issuer, Role::Student, &[client]).await;
    app.api.get(&admin, &format!("/v1/clients/{client}")).await.expect(200);
    assert_eq!(app.api.get(&student, "/v1/clients").await.expect(403).code(), "forbidden");
}

#[tokio::test]
async fn two_editors_cannot_overwrite_each_other() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let path = format!("/v1/clients/{}", app.client(&rep).await);
    let seen = app.api.get(&rep, &path).await.etag();
    app.api.patch(&rep, &path, &seen, &json!({ "name": "Harbour Hotel Group" })).await.expect(200);
    let late = app.api.patch(&rep, &path, &seen, &json!({ "name": "Harbor Hotel" })).await.expect(412);
    assert_eq!(late.code(), "changed_meanwhile");
    let request = app.api.request(reqwest::Method::PATCH, &path).bearer_auth(&rep.token).json(&json!({}));
    assert_eq!(app.api.send(request).await.expect(428).code(), "if_match_required");
}

#[tokio::test]
async fn fifty_equal_requests_with_one_key_make_one_client() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let key = Uuid::new_v4().to_string();
    let body = json!({ "name": "Harbour Hotel" });
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let request = app.api.request(reqwest::Method::POST, "/v1/clients").bearer_auth(&rep.token);
            let (api, request) = (app.api.clone(), request.header("idempotency-key", &key).json(&body));
            tokio::spawn(async move { api.send(request).await.expect(201).body })
        })
        .collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(id(&task.await.unwrap(), "client_id"));
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(app.api.get(&rep, "/v1/clients").await.body["items"].as_array().unwrap().len(), 1);

    let other = app.api.request(reqwest::Method::POST, "/v1/clients").bearer_auth(&rep.token);
    let other = other.header("idempotency-key", &key).json(&json!({ "name": "Another" }));
    assert_eq!(app.api.send(other).await.expect(422).code(), "idempotency_key_reused");
}

#[tokio::test]
async fn a_list_is_read_page_by_page_without_gaps() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(app.client(&rep).await);
    }
    let (mut seen, mut path) = (Vec::new(), "/v1/clients?limit=2".to_owned());
    loop {
        let page = app.api.get(&rep, &path).await.expect(200).body;
        seen.extend(page["items"].as_array().unwrap().iter().map(|c| id(c, "client_id")));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/v1/clients?limit=2&cursor={cursor}");
    }
    made.reverse();
    assert_eq!(seen, made);
    assert_eq!(app.api.get(&rep, "/v1/clients?cursor=nonsense").await.expect(400).code(), "bad_cursor");
}

#[tokio::test]
async fn bad_bodies_get_a_problem_that_names_the_field() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let cases = [
        (json!({ "name": "A", "colour": "red" }), 422, "unknown_field"),
        (json!({}), 422, "missing_field"),
        (json!({ "name": 7 }), 422, "wrong_type"),
        (json!({ "name": "  " }), 422, "validation_failed"),
        (json!({ "name": "a\u{0}b" }), 422, "validation_failed"),
        (json!({ "name": "x".repeat(201) }), 422, "validation_failed"),
        (json!({ "name": "A", "country": "Poland" }), 422, "validation_failed"),
    ];
    for (body, status, code) in cases {
        let answer = app.api.post(&rep, "/v1/clients", &body).await.expect(status);
        assert_eq!(answer.code(), code, "{body}");
        assert_eq!(answer.body["errors"].as_array().unwrap().len(), 1, "{body}");
        assert!(answer.body["request_id"].is_string());
    }
    let deep = format!("{{\"name\":{}", "[".repeat(10_000));
    for (mime, body, status, code) in [
        ("application/json", "[\"Harbour\"]".to_owned(), 400, "malformed_json"),
        ("application/json", "{".to_owned(), 400, "malformed_json"),
        ("application/json", deep, 422, "wrong_type"),
        ("text/plain", "{}".to_owned(), 415, "unsupported_media_type"),
        ("application/json", format!("\"{}\"", "x".repeat(2 << 20)), 413, "body_too_large"),
    ] {
        let request = app.api.request(reqwest::Method::POST, "/v1/clients").bearer_auth(&rep.token);
        let answer = app.api.send(request.header("content-type", mime).body(body)).await.expect(status);
        assert_eq!(answer.code(), code);
    }
}
