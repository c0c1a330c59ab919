use events::payloads::{CourseCreationCancelled, CourseCreationOrdered};
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;

#[tokio::test]
async fn a_rep_cannot_see_another_reps_request() {
    let app = TestApp::spawn().await;
    let (ana, ben) = (app.rep().await, app.rep().await);
    let request = app.draft(&ana).await;
    for path in ["", "/timeline", "/events"] {
        app.api.get(&ben, &format!("/v1/requests/{request}{path}")).await.expect(404);
    }
    for path in ["/submit", "/cancel"] {
        app.api.act(&ben, &format!("/v1/requests/{request}{path}")).await.expect(404);
    }
}

#[tokio::test]
async fn a_request_for_somebody_elses_client_is_refused() {
    let app = TestApp::spawn().await;
    let client = app.client(&app.rep().await).await;
    let body = json!({ "client_id": client, "title": "T", "level": "B1", "learners": 1, "hours": 1 });
    let answer = app.api.post(&app.rep().await, "/v1/requests", &body).await.expect(422);
    assert_eq!(answer.body["errors"][0]["code"], "unknown_client");
}

#[tokio::test]
async fn a_submitted_request_is_ordered_once_with_its_files() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, document) = app.submitted(&rep).await;
    assert_eq!(app.status(&rep, request).await, "submitted");
    let again = app.api.act(&rep, &format!("/v1/requests/{request}/submit")).await.expect(409);
    assert_eq!(again.code(), "already_submitted");
    let ordered = app.probe.events::<CourseCreationOrdered>().await;
    let [order] = &ordered[..] else { panic!("{ordered:?}") };
    assert_eq!((order.request_id, order.ordered_by), (request, rep.user_id));
    assert_eq!(order.documents[0].document_id, document);
    assert_eq!(order.order.languages, ["pl"]);
}

#[tokio::test]
async fn submitting_names_the_files_that_have_not_arrived() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let path = format!("/v1/requests/{request}/submit");
    assert_eq!(app.api.act(&rep, &path).await.expect(409).code(), "no_documents");
    app.document(&rep, request, "here.md", b"# Here\n", true).await;
    app.document(&rep, request, "missing.md", b"# Missing\n", false).await;
    let answer = app.api.act(&rep, &path).await.expect(409);
    assert_eq!(answer.code(), "documents_missing");
    assert_eq!(answer.body["errors"].as_array().unwrap().len(), 1);
    assert!(answer.body["errors"][0]["message"].as_str().unwrap().contains("missing.md"));
    assert_eq!(app.status(&rep, request).await, "draft");
    assert!(app.probe.events::<CourseCreationOrdered>().await.is_empty());
}

#[tokio::test]
async fn twenty_people_who_press_submit_at_once_order_one_course() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    app.document(&rep, request, "rooms.md", b"# Rooms\n", true).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (api, rep, path) = (app.api.clone(), rep.clone(), format!("/v1/requests/{request}/submit"));
            tokio::spawn(async move { api.act(&rep, &path).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|s| [200, 409].contains(s)), "{statuses:?}");
    assert_eq!(app.probe.events::<CourseCreationOrdered>().await.len(), 1);
}

#[tokio::test]
async fn a_cancelled_request_stays_cancelled_and_is_told_once() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, _) = app.submitted(&rep).await;
    for _ in 0..2 {
        app.api.act(&rep, &format!("/v1/requests/{request}/cancel")).await.expect(200);
    }
    assert_eq!(app.probe.events::<CourseCreationCancelled>().await.len(), 1);
    let path = format!("/v1/requests/{request}");
    let answer = app.api.patch(&rep, &path, "*", &json!({ "title": "Later" })).await.expect(409);
    assert_eq!(answer.code(), "not_a_draft");
}

#[tokio::test]
async fn cancelling_a_draft_tells_nobody() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    app.api.act(&rep, &format!("/v1/requests/{request}/cancel")).await.expect(200);
    assert!(app.probe.events::<CourseCreationCancelled>().await.is_empty());
}

#[tokio::test]
async fn a_draft_can_be_changed_and_found_by_its_status() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let path = format!("/v1/requests/{request}");
    let etag = app.api.get(&rep, &path).await.etag();
    let body = json!({ "title": "English for reception", "level": "B2", "approve_outline": true });
    let changed = app.api.patch(&rep, &path, &etag, &body).await.expect(200).body;
    assert_eq!((&changed["title"], &changed["level"]), (&json!("English for reception"), &json!("B2")));
    assert_eq!((&changed["notes"], &changed["approve_outline"]), (&json!("Early shift."), &json!(true)));
    let found = app.api.get(&rep, "/v1/requests?status=draft").await.expect(200).body;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let none = app.api.get(&rep, "/v1/requests?status=published").await.expect(200).body;
    assert_eq!(none["items"], json!([]));
    app.api.get(&rep, "/v1/requests?status=lost").await.expect(400);
    app.api.get(&rep, &format!("/v1/requests/{}", Uuid::now_v7())).await.expect(404);
    app.api.get(&rep, "/v1/requests/not-an-id").await.expect(404);
}
