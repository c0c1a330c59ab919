use events::{
    CATALOG, Event,
    payloads::{CourseGenerated, CourseLessonReady, CoursePublished, SopFailed, SopProcessed, SopRequestReady},
};
use uuid::Uuid;

use crate::app::TestApp;

/// The catalogue's example, about our request.
fn about<E: Event>(request: Uuid) -> E {
    let info = CATALOG.iter().find(|i| i.event_type == E::TYPE).unwrap();
    let mut data = (info.example)();
    data["request_id"] = serde_json::to_value(request).unwrap();
    serde_json::from_value(data).unwrap()
}

#[tokio::test]
async fn a_request_follows_its_course() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, document) = app.submitted(&rep).await;
    let mut processed: SopProcessed = about(request);
    processed.sop.document_id = document;
    processed.upload_id = None;
    app.deliver(&processed).await;
    assert_eq!(app.status(&rep, request).await, "processing");
    app.deliver(&about::<SopRequestReady>(request)).await;
    app.deliver(&about::<CourseLessonReady>(request)).await;
    assert_eq!(app.status(&rep, request).await, "generating");
    let generated: CourseGenerated = about(request);
    app.deliver(&generated).await;
    app.deliver(&about::<CoursePublished>(request)).await;
    let body = app.api.get(&rep, &format!("/v1/requests/{request}")).await.body;
    assert_eq!(body["status"], "published");
    assert_eq!(body["course_id"], serde_json::to_value(generated.course_id).unwrap());
    assert_eq!(body["documents"][0]["status"], "processed");
    let kinds: Vec<_> =
        app.timeline(&rep, request).await.iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        kinds,
        ["created", "submitted", "sop_processed", "request_ready", "lesson_ready", "course_generated", "published"]
    );
}

#[tokio::test]
async fn an_event_that_comes_twice_is_told_once() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, _) = app.submitted(&rep).await;
    let envelope = app.deliver(&about::<CourseLessonReady>(request)).await;
    for _ in 0..3 {
        app.redeliver(&envelope).await;
    }
    let lessons = app.timeline(&rep, request).await.iter().filter(|e| e["kind"] == "lesson_ready").count();
    assert_eq!(lessons, 1);
}

#[tokio::test]
async fn a_late_event_does_not_move_a_request_back() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, _) = app.submitted(&rep).await;
    app.deliver(&about::<CourseGenerated>(request)).await;
    app.deliver(&about::<SopRequestReady>(request)).await;
    assert_eq!(app.status(&rep, request).await, "in_review");
}

#[tokio::test]
async fn a_cancelled_request_ignores_what_was_under_way() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, _) = app.submitted(&rep).await;
    app.api.act(&rep, &format!("/v1/requests/{request}/cancel")).await.expect(200);
    app.deliver(&about::<CourseGenerated>(request)).await;
    assert_eq!(app.status(&rep, request).await, "cancelled");
}

#[tokio::test]
async fn the_rep_reads_which_file_failed_and_why() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, document) = app.submitted(&rep).await;
    let mut failed: SopFailed = about(request);
    failed.failed.document_id = document;
    app.deliver(&failed).await;
    let body = app.api.get(&rep, &format!("/v1/requests/{request}")).await.body;
    assert_eq!(body["documents"][0]["status"], "failed");
    assert_eq!(body["documents"][0]["code"], "pdf_encrypted");
    let entry = app.timeline(&rep, request).await.into_iter().find(|e| e["kind"] == "sop_failed").unwrap();
    assert_eq!(entry["code"], "pdf_encrypted");
    assert!(entry["detail"].as_str().unwrap().contains("password"));
}

#[tokio::test]
async fn an_event_about_an_unknown_request_is_passed_over() {
    let app = TestApp::spawn().await;
    app.deliver(&about::<CourseGenerated>(Uuid::now_v7())).await;
}
