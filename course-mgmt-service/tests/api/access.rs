use events::payloads::{AccountChange, Role, UserAccount};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::TestApp,
    package::{LESSON, element},
};

/// Every route below a course, with a body that would be good.
fn routes(course: Uuid) -> Vec<(Method, String, serde_json::Value)> {
    let (base, id) = (format!("/v1/courses/{course}"), Uuid::now_v7());
    let null = serde_json::Value::Null;
    vec![
        (Method::GET, base.clone(), null.clone()),
        (Method::GET, format!("{base}/versions/1"), null.clone()),
        (Method::GET, format!("{base}/versions/1/comments"), null.clone()),
        (Method::POST, format!("{base}/versions/1/comments"), json!({ "element_id": element(LESSON), "text": "x" })),
        (Method::POST, format!("{base}/versions/1/comments/{id}/resolve"), null.clone()),
        (Method::POST, format!("{base}/versions/1/request-changes"), json!({ "note": "x" })),
        (Method::POST, format!("{base}/versions/1/approve"), null.clone()),
        (Method::POST, format!("{base}/versions/1/publish"), null.clone()),
        (Method::GET, format!("{base}/assignments"), null.clone()),
        (Method::POST, format!("{base}/assignments"), json!({ "user_ids": [id], "role": "student" })),
        (Method::DELETE, format!("{base}/assignments/{id}"), null.clone()),
        (Method::GET, format!("/v1/reports/courses/{course}"), null),
    ]
}

#[tokio::test]
async fn another_clients_course_is_not_found_on_any_route() {
    let app = TestApp::spawn().await;
    let (company, other) = (app.company().await, app.company().await);
    let course = app.published(&company).await;
    for (method, path, body) in routes(course) {
        let request = app.api.request(method.clone(), &path).bearer_auth(&other.manager.token).json(&body);
        let answer = app.api.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "not_found"), "{method} {path}");
    }
    for list in ["/v1/courses", "/v1/library", "/v1/reports/courses"] {
        let own = format!("{list}?client_id={}", company.client_id);
        for path in [list, &own] {
            let body = app.api.get(&other.manager, path).await.expect(200).body;
            assert_eq!(body["items"], json!([]), "{path}");
        }
    }
}

#[tokio::test]
async fn other_roles_are_refused_on_every_route() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    for role in [Role::SalesRep, Role::Trainer, Role::Student] {
        let person = app.person(role, &[company.client_id]).await;
        for (method, path, body) in routes(course) {
            let request = app.api.request(method.clone(), &path).bearer_auth(&person.token).json(&body);
            let answer = app.api.send(request).await;
            assert_eq!((answer.status.as_u16(), answer.code()), (403, "forbidden"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_a_token_or_with_a_disabled_account() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    let account = company.manager.account.clone();
    let account = UserAccount { revision: 2, change: AccountChange::Disabled, disabled: true, ..account };
    app.deliver(&account).await;
    for (method, path, body) in routes(course) {
        let answer = app.api.send(app.api.request(method.clone(), &path).json(&body)).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (401, "unauthenticated"), "{method} {path}");
        let request = app.api.request(method.clone(), &path).bearer_auth(&company.manager.token).json(&body);
        assert_eq!(app.api.send(request).await.expect(401).code(), "account_disabled", "{method} {path}");
    }
}

#[tokio::test]
async fn an_admin_sees_every_clients_courses() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let admin = app.person(Role::Admin, &[]).await;
    assert_eq!(app.course(&admin, course).await["course_id"], course.to_string());
    let list = app.api.get(&admin, "/v1/courses").await.expect(200).body;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_id_that_is_none_names_nothing() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    for path in [
        "/v1/courses/x".to_owned(),
        format!("/v1/courses/{course}/versions/x"),
        format!("/v1/courses/{course}/versions/99999999999"),
        "/v1/reports/courses/1".to_owned(),
    ] {
        assert_eq!(app.api.get(&company.manager, &path).await.expect(404).code(), "not_found");
    }
}
