use reqwest::Method;
use serde_json::json;

use crate::{
    app::TestApp,
    package::{ITEM, LESSON, LINE, UNIT, element},
};

#[tokio::test]
async fn a_reviewer_comments_on_an_element_and_resolves_it() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1/comments");
    for id in [UNIT, LESSON, LINE, ITEM] {
        let body = json!({ "element_id": element(id), "text": "Too hard.\nPlease shorten." });
        app.api.post(&company.manager, &path, &body).await.expect(201);
    }
    let list = app.api.get(&company.manager, &path).await.expect(200).body;
    assert_eq!(list["items"].as_array().unwrap().len(), 4);
    let comment = &list["items"][0];
    assert_eq!(comment["element_id"], element(ITEM).to_string());
    assert_eq!(comment["author_name"], company.manager.account.display_name);
    let resolve = format!("{path}/{}/resolve", comment["comment_id"].as_str().unwrap());
    let first = app.api.act(&company.manager, &resolve).await.expect(200).body;
    assert_eq!(first["resolved_by"], company.manager.user_id.to_string());
    assert_eq!(app.api.act(&company.manager, &resolve).await.expect(200).body, first);
}

#[tokio::test]
async fn a_comment_stands_on_an_element_of_that_version() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1/comments");
    let body = json!({ "element_id": element(77), "text": "Where is this?" });
    let answer = app.api.post(&company.manager, &path, &body).await.expect(422);
    assert_eq!(answer.body["errors"][0]["code"], "unknown_element");
    let path = format!("/v1/courses/{course}/versions/2/comments");
    app.api.post(&company.manager, &path, &body).await.expect(404);
}

#[tokio::test]
async fn a_repeated_request_makes_one_comment() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1/comments");
    let send = |text: &str| {
        let body = json!({ "element_id": element(LESSON), "text": text });
        let request = app.api.request(Method::POST, &path).bearer_auth(&company.manager.token);
        app.api.send(request.header("idempotency-key", "one").json(&body))
    };
    let first = send("Once.").await.expect(201).body;
    assert_eq!(send("Once.").await.expect(201).body, first);
    assert_eq!(send("Other.").await.expect(422).code(), "idempotency_key_reused");
    let list = app.api.get(&company.manager, &path).await.expect(200).body;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}
