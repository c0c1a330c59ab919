use serde_json::json;

use crate::app::{TestApp, file, put};

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
