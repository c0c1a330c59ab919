use events::payloads::Role;
use reqwest::Method;
use uuid::Uuid;

use crate::{app::TestApp, files};

#[tokio::test]
async fn every_page_of_a_pdf_has_its_picture_and_other_formats_say_that_they_have_none() {
    let app = TestApp::spawn().await;
    let rep = app.person(Role::SalesRep, &[]).await;
    let pdf = app.upload(files::LABORATORY, files::example(files::LABORATORY)).await;
    let text = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n".to_vec()).await;
    app.order(Uuid::now_v7(), rep.user_id, vec![pdf.clone(), text.clone()]).await;
    app.work().await;

    let sop = app.api.get(&rep, &format!("/v1/sops/{}", pdf.document_id)).await.expect(200).body;
    let pages = sop["pages"].as_u64().unwrap();
    for page in 1..=pages {
        let path = format!("/v1/sops/{}/pages/{page}", pdf.document_id);
        let picture = app.api.request(Method::GET, &path).bearer_auth(&rep.token).send().await.unwrap();
        assert_eq!(picture.headers()["content-type"], "image/jpeg");
        let bytes = picture.bytes().await.unwrap();
        assert!(bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && bytes.len() > 10_000);
    }
    for beyond in [0, pages + 1] {
        app.api.get(&rep, &format!("/v1/sops/{}/pages/{beyond}", pdf.document_id)).await.expect(404);
    }
    let none = app.api.get(&rep, &format!("/v1/sops/{}/pages/1", text.document_id)).await.expect(404);
    assert_eq!(none.code(), "no_pages");

    let list = app.api.get(&rep, "/v1/sops").await.expect(200).body;
    let row = list["items"].as_array().unwrap().iter().find(|s| s["format"] == "pdf").unwrap();
    assert_eq!((row["pictures"].as_u64(), row["version"].as_u64()), (Some(pages), Some(1)));
    let stages: Vec<&str> = row["stages"].as_array().unwrap().iter().map(|s| s["stage"].as_str().unwrap()).collect();
    assert_eq!(stages, ["fetch", "identify", "extract", "structure", "profile", "store", "pictures", "embed", "index"]);
}

#[tokio::test]
async fn a_sop_whose_pages_cannot_be_drawn_is_read_all_the_same() {
    let mut app = TestApp::spawn().await;
    let rep = app.person(Role::SalesRep, &[]).await;
    let pdf = app.upload(files::LABORATORY, files::example(files::LABORATORY)).await;
    app.order(Uuid::now_v7(), rep.user_id, vec![pdf.clone()]).await;
    let drawer = tempfile::tempdir().unwrap();
    app.worker.reader = reader_that_cannot_draw(drawer.path());
    app.work().await;
    assert_eq!(app.state(pdf.document_id).await, "processed");
    let none = app.api.get(&rep, &format!("/v1/sops/{}/pages/1", pdf.document_id)).await.expect(404);
    assert_eq!(none.code(), "page_not_drawn");
}

/// This program, but for its drawing, which ends badly.
fn reader_that_cannot_draw(folder: &std::path::Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("reader");
    let program = env!("CARGO_BIN_EXE_sop-ingest-service");
    std::fs::write(&path, format!("#!/bin/sh\n[ \"$1\" = draw-contained ] && exit 9\nexec {program} \"$@\"\n"))
        .unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}
