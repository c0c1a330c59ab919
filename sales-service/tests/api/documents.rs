use events::{
    CATALOG, Event,
    payloads::{SopProcessed, SopReplaced},
};
use sales_service::{Found, Uploads as _};
use serde_json::{Value, json};
use test_support::Person;
use uuid::Uuid;

use crate::app::{TestApp, file, id, put};

#[tokio::test]
async fn the_signed_url_takes_the_announced_bytes_and_no_others() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let path = format!("/v1/requests/{request}/documents");
    let created = app.api.post(&rep, &path, &file("rooms.md", b"# Rooms\n")).await.expect(201).body;
    assert!(put(&created["upload"], b"# Lies!\n".to_vec()).await >= 400, "other bytes of the same length");
    assert!(put(&created["upload"], b"# Rooms, and more\n".to_vec()).await >= 400, "more bytes");
    assert_eq!(put(&created["upload"], b"# Rooms\n".to_vec()).await, 200);
}

#[tokio::test]
async fn hostile_announcements_are_refused_with_the_field() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let path = format!("/v1/requests/{request}/documents");
    let good = file("rooms.md", b"# Rooms\n");
    for (field, value) in [
        ("file_name", json!("../../etc/passwd")),
        ("file_name", json!("a\u{7}b.md")),
        ("file_name", json!("rooms\u{202e}fdp.exe")),
        ("file_name", json!("n".repeat(1000))),
        ("file_name", json!(" ")),
        ("size_bytes", json!(0)),
        ("size_bytes", json!(51 * 1024 * 1024)),
        ("sha256", json!("abc")),
        ("content_type", json!("text/plain\r\nx-evil: 1")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let answer = app.api.post(&rep, &path, &body).await.expect(422);
        assert_eq!(answer.body["errors"][0]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn the_same_file_is_part_of_a_request_once() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let path = format!("/v1/requests/{request}/documents");
    app.api.post(&rep, &path, &file("rooms.md", b"# Rooms\n")).await.expect(201);
    assert_eq!(app.api.post(&rep, &path, &file("rooms.md", b"# Rooms\n")).await.expect(409).code(), "same_file");
}

#[tokio::test]
async fn a_file_can_leave_a_draft_but_not_a_submitted_request() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let document = app.document(&rep, request, "rooms.md", b"# Rooms\n", false).await;
    let path = format!("/v1/requests/{request}/documents/{document}");
    app.api.delete(&app.rep().await, &path).await.expect(404);
    app.api.delete(&rep, &path).await.expect(204);
    app.api.delete(&rep, &path).await.expect(404);
    let (submitted, document) = app.submitted(&rep).await;
    let path = format!("/v1/requests/{submitted}/documents/{document}");
    assert_eq!(app.api.delete(&rep, &path).await.expect(409).code(), "not_a_draft");
}

/// A submitted request whose one document was read.
async fn with_read_sop(app: &TestApp, rep: &Person) -> (Uuid, Uuid) {
    let (request, document) = app.submitted(rep).await;
    app.deliver(&processed(request, document, document, 1)).await;
    (request, document)
}

fn processed(request: Uuid, document: Uuid, upload: Uuid, version: u32) -> SopProcessed {
    let info = CATALOG.iter().find(|i| i.event_type == SopProcessed::TYPE).unwrap();
    let mut event: SopProcessed = serde_json::from_value((info.example)()).unwrap();
    (event.request_id, event.sop.document_id, event.upload_id) = (request, document, Some(upload));
    event.sop.version = version;
    event
}

fn version(bytes: &[u8], replaces: Uuid) -> Value {
    let mut body = file("rooms.md", bytes);
    body["replaces"] = json!(replaces);
    body
}

#[tokio::test]
async fn a_new_version_of_a_submitted_sop_is_announced_uploaded_and_handed_in() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, first) = with_read_sop(&app, &rep).await;
    let path = format!("/v1/requests/{request}/documents");
    let created = app.api.post(&rep, &path, &version(b"# Rooms\n\n1. Knock twice.\n", first)).await.expect(201).body;
    let second = id(&created, "document_id");
    let submit = format!("{path}/{second}/submit");
    assert_eq!(app.api.act(&rep, &submit).await.expect(409).code(), "documents_missing");
    assert_eq!(put(&created["upload"], b"# Rooms\n\n1. Knock twice.\n".to_vec()).await, 200);
    app.api.act(&app.rep().await, &submit).await.expect(404);
    let answer = app.api.act(&rep, &submit).await.expect(200).body;
    assert_eq!((&answer["status"], &answer["replaces"]), (&json!("uploaded"), &json!(first)));
    assert_eq!(app.api.act(&rep, &submit).await.expect(409).code(), "already_submitted");

    let events = app.probe.events::<SopReplaced>().await;
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].document.document_id, events[0].document.replaces), (second, Some(first)));
    app.deliver(&processed(request, first, second, 2)).await;
    let body = app.api.get(&rep, &format!("/v1/requests/{request}")).await.expect(200).body;
    let versions: Vec<_> = body["documents"].as_array().unwrap().iter().map(|d| d["version"].clone()).collect();
    assert_eq!(versions, [json!(1), json!(2)]);
}

#[tokio::test]
async fn what_is_no_new_version_is_refused() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, first) = with_read_sop(&app, &rep).await;
    let (other, unread) = app.submitted(&rep).await;
    let path = |request: Uuid| format!("/v1/requests/{request}/documents");
    let announce = async |request: Uuid, replaces: Uuid, bytes: &[u8]| {
        app.api.post(&rep, &path(request), &version(bytes, replaces)).await
    };
    assert_eq!(announce(request, first, b"# Rooms\n\n1. Knock.\n").await.expect(409).code(), "same_file");
    assert_eq!(announce(other, unread, b"# Rooms\n").await.expect(409).code(), "not_processed");
    for replaces in [unread, Uuid::now_v7()] {
        let answer = announce(request, replaces, b"# Rooms\n").await.expect(422);
        assert_eq!(answer.body["errors"][0]["field"], "replaces");
    }
    let stranger = app.rep().await;
    app.api.post(&stranger, &path(request), &version(b"# Rooms\n", first)).await.expect(404);
    app.api.act(&rep, &format!("/v1/requests/{other}/cancel")).await.expect(200);
    assert_eq!(announce(other, unread, b"# Rooms\n").await.expect(409).code(), "already_finished");
    let first_again = format!("{}/{first}/submit", path(request));
    assert_eq!(app.api.act(&rep, &first_again).await.expect(409).code(), "not_a_version");
}

#[tokio::test]
async fn a_new_version_can_be_taken_back_until_it_is_handed_in() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, first) = with_read_sop(&app, &rep).await;
    let path = format!("/v1/requests/{request}/documents");
    let created = app.api.post(&rep, &path, &version(b"# Rooms\n\n1. Wait.\n", first)).await.expect(201).body;
    app.api.delete(&rep, &format!("{path}/{}", id(&created, "document_id"))).await.expect(204);
    assert_eq!(app.api.delete(&rep, &format!("{path}/{first}")).await.expect(409).code(), "not_a_draft");
}

#[tokio::test]
async fn files_of_a_cancelled_request_leave_the_store() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, document) = app.submitted(&rep).await;
    let key = format!("requests/{request}/{document}");
    assert!(matches!(app.uploads().await.find(&key).await, Ok(Found::Object { .. })));
    app.api.act(&rep, &format!("/v1/requests/{request}/cancel")).await.expect(200);
    assert!(matches!(app.uploads().await.find(&key).await, Ok(Found::Nothing)));
}

#[tokio::test]
async fn the_request_says_how_much_work_the_course_will_be() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, first) = app.submitted(&rep).await;
    let path = format!("/v1/requests/{request}");
    assert_eq!(app.api.get(&rep, &path).await.expect(200).body["quote"], json!(null));
    let event = processed(request, first, first, 1);
    let envelope = app.deliver(&event).await;
    app.redeliver(&envelope).await;
    let body = app.api.get(&rep, &path).await.expect(200).body;
    let told = serde_json::to_value(event.quote.clone().unwrap()).unwrap();
    assert_eq!((&body["quote"], &body["documents"][0]["quote"]), (&told, &told));
    assert!(body["quote"]["formula"].as_str().unwrap().contains("steps"));
    let read = app.timeline(&rep, request).await.into_iter().find(|e| e["kind"] == "sop_processed").unwrap();
    assert_eq!(read["detail"], "About 7 lessons (5 to 10), 7.5 hours at B1");

    // An event of a service that does not know quotes takes nothing away.
    app.deliver(&SopProcessed { quote: None, ..event }).await;
    assert_eq!(app.api.get(&rep, &path).await.expect(200).body["quote"], told);
    app.api.get(&app.rep().await, &path).await.expect(404);
}

#[tokio::test]
async fn a_new_version_takes_the_place_of_the_old_one_in_the_sum_whichever_is_told_first() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, first) = with_read_sop(&app, &rep).await;
    let path = format!("/v1/requests/{request}");
    let body = version(b"# Rooms\n\n1. Knock twice.\n", first);
    let created = app.api.post(&rep, &format!("{path}/documents"), &body).await.expect(201).body;
    let second = id(&created, "document_id");
    let mut newer = processed(request, first, second, 2);
    let quote = newer.quote.as_mut().unwrap();
    (quote.lessons, quote.lessons_low, quote.lessons_high) = (9, 6, 12);
    app.deliver(&newer).await;
    app.deliver(&processed(request, first, first, 1)).await;
    let body = app.api.get(&rep, &path).await.expect(200).body;
    assert_eq!(body["quote"]["lessons"], 9);
    assert_eq!((&body["documents"][0]["quote"]["lessons"], &body["documents"][1]["version"]), (&json!(7), &json!(2)));
    let listed = app.api.get(&rep, "/v1/requests").await.expect(200).body;
    assert_eq!(listed["items"][0]["quote"]["lessons"], 9);
}

#[tokio::test]
async fn several_sops_make_one_course() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let one = app.document(&rep, request, "rooms.md", b"# Rooms\n\n1. Knock.\n", true).await;
    let two = app.document(&rep, request, "doors.md", b"# Doors\n\n1. Open.\n", true).await;
    let twin = app.document(&rep, request, "doors (1).md", b"# Doors\n\n1. Open.\n", true).await;
    let path = format!("/v1/requests/{request}");
    app.api.act(&rep, &format!("{path}/submit")).await.expect(200);
    for document in [one, two, twin] {
        app.deliver(&processed(request, document, document, 1)).await;
    }
    let quote = app.api.get(&rep, &path).await.expect(200).body["quote"].clone();
    // Fourteen lessons of 50 minutes and four tests.
    assert_eq!((&quote["lessons"], &quote["hours"]), (&json!(14), &json!(15.0)));
    let formula = quote["formula"].as_str().unwrap();
    assert!(formula.starts_with("rooms.md: 7 lessons; doors.md: 7 lessons. Together 14 lessons"), "{formula}");
}
