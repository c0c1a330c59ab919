use events::payloads::{CourseCreationCancelled, Role, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady};
use uuid::Uuid;

use crate::{
    app::{TestApp, described, order},
    files, hostile,
};

#[tokio::test]
async fn every_sop_of_an_order_is_read_and_then_the_request_is_ready() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), Uuid::now_v7());
    let mut documents = Vec::new();
    for name in [files::KITCHEN, files::HOTEL, files::LABORATORY] {
        documents.push(app.upload(name, files::example(name)).await);
    }
    let order = order(client, rep, documents);
    let cause = app.deliver(&order).await;
    app.work().await;

    assert_eq!(app.probe.events::<SopProcessed>().await.len(), 3);
    let ready = app.probe.events::<SopRequestReady>().await;
    assert_eq!(ready.len(), 1);
    assert_eq!((ready[0].request_id, ready[0].client_id, ready[0].ordered_by), (order.request_id, client, rep));
    assert_eq!(ready[0].order, order.order);
    assert_eq!(ready[0].sops.len(), 3);
    for sop in &ready[0].sops {
        let announced = order.documents.iter().find(|d| d.document_id == sop.document_id).unwrap();
        assert_eq!(sop.sha256, announced.sha256);
        let stored = app.worker.store.get_parsed(&sop.key).await.unwrap();
        assert_eq!((stored.document_id, stored.clauses.len()), (sop.document_id, sop.clauses as usize));
    }
    let envelope = &app.probe.envelopes("sop.request_ready.v1").await[0];
    assert_eq!((envelope.causationid, envelope.correlationid), (Some(cause.id), cause.correlationid));
}

#[tokio::test]
async fn bad_files_fail_with_their_reason_and_the_good_one_goes_on() {
    let app = TestApp::spawn().await;
    let good = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n2. Close the door.\n".to_vec()).await;
    let (mut documents, mut expected) = (vec![good.clone()], Vec::new());
    for (name, bytes, code) in files::bad().into_iter().chain(hostile::refused()) {
        let document = app.upload(name, bytes).await;
        expected.push((document.document_id, code));
        documents.push(document);
    }
    app.order(Uuid::now_v7(), Uuid::now_v7(), documents).await;
    app.work().await;

    let failed = app.probe.events::<SopFailed>().await;
    for (document, code) in expected {
        let found = failed.iter().find(|f| f.failed.document_id == document).unwrap();
        assert_eq!(found.failed.code, code);
        assert!(found.failed.detail.ends_with('.'));
    }
    let ready = app.probe.events::<SopRequestReady>().await;
    assert_eq!(ready[0].sops.iter().map(|s| s.document_id).collect::<Vec<_>>(), [good.document_id]);
    assert_eq!(ready[0].failed.len(), failed.len());
}

#[tokio::test]
async fn an_upload_that_is_missing_changed_or_badly_named_is_refused() {
    let app = TestApp::spawn().await;
    let text = b"# Doors\n\n1. Open the door.\n";
    let missing = described("missing.md", text);
    let mut changed = app.upload("changed.md", text.to_vec()).await;
    changed.sha256 = "0".repeat(64);
    let mut longer = app.upload("longer.md", text.to_vec()).await;
    longer.size_bytes -= 1;
    let above = app.upload("../../etc/passwd", text.to_vec()).await;
    let turned = app.upload("invoice\u{202E}fdp.md", text.to_vec()).await;
    let long = app.upload(&"a".repeat(1_000), text.to_vec()).await;
    let control = app.upload("a\u{1b}[2J\0.md", text.to_vec()).await;
    let expected = [
        (&missing, "not_uploaded"),
        (&changed, "checksum_mismatch"),
        (&longer, "checksum_mismatch"),
        (&above, "unsafe_file_name"),
        (&control, "unsafe_file_name"),
        (&turned, "unsafe_file_name"),
        (&long, "unsafe_file_name"),
    ];
    let documents = expected.iter().map(|(d, _)| (*d).clone()).collect();
    app.order(Uuid::now_v7(), Uuid::now_v7(), documents).await;
    app.work().await;

    let failed = app.probe.events::<SopRequestFailed>().await;
    assert_eq!(failed.len(), 1);
    for (document, code) in expected {
        let found = failed[0].failed.iter().find(|f| f.document_id == document.document_id).unwrap();
        assert_eq!(found.code, code);
    }
    assert!(app.probe.events::<SopRequestReady>().await.is_empty());
}

#[tokio::test]
async fn an_order_that_comes_twice_is_worked_on_once() {
    let app = TestApp::spawn().await;
    let document = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n".to_vec()).await;
    let order = order(Uuid::now_v7(), Uuid::now_v7(), vec![document]);
    let envelope = app.deliver(&order).await;
    app.redeliver(&envelope).await;
    app.work().await;
    // The same order in a new envelope, as a producer that lost its memory would send it.
    app.deliver(&order).await;
    app.work().await;
    assert_eq!(app.probe.events::<SopProcessed>().await.len(), 1);
    assert_eq!(app.probe.events::<SopRequestReady>().await.len(), 1);
}

#[tokio::test]
async fn an_order_without_documents_has_failed() {
    let app = TestApp::spawn().await;
    app.order(Uuid::now_v7(), Uuid::now_v7(), Vec::new()).await;
    assert_eq!(app.probe.events::<SopRequestFailed>().await.len(), 1);
}

#[tokio::test]
async fn a_cancelled_request_leaves_nothing_open() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), Uuid::now_v7());
    let document = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n".to_vec()).await;
    let request_id = app.order(client, rep, vec![document.clone()]).await;
    app.deliver(&CourseCreationCancelled { request_id, client_id: client, cancelled_by: rep }).await;
    app.work().await;
    assert_eq!(app.state(document.document_id).await, "cancelled");
    assert!(app.probe.events::<SopProcessed>().await.is_empty());
    assert!(app.probe.events::<SopRequestReady>().await.is_empty());
}

#[tokio::test]
async fn a_client_with_many_documents_does_not_keep_another_waiting() {
    let app = TestApp::spawn().await;
    let text = b"# Doors\n\n1. Open the door.\n".to_vec();
    let mut many = Vec::new();
    for _ in 0..6 {
        many.push(app.upload("many.md", text.clone()).await);
    }
    let one = app.upload("one.md", text).await;
    app.order(Uuid::now_v7(), Uuid::now_v7(), many).await;
    app.worker.run_once().await.unwrap();
    app.order(Uuid::now_v7(), Uuid::now_v7(), vec![one.clone()]).await;
    app.worker.run_once().await.unwrap();
    assert_eq!(app.state(one.document_id).await, "processed");
}

#[tokio::test]
async fn the_same_file_from_two_people_at_once_is_a_sop_of_each() {
    let app = TestApp::spawn().await;
    let text = b"# Doors\n\n1. Open the door.\n2. Close the door.\n".to_vec();
    let people = [app.person(Role::SalesRep, &[]).await, app.person(Role::SalesRep, &[]).await];
    let documents = [app.upload("doors.md", text.clone()).await, app.upload("doors.md", text).await];
    for (rep, document) in people.iter().zip(&documents) {
        app.order(Uuid::now_v7(), rep.user_id, vec![document.clone()]).await;
    }
    let (first, second) = tokio::join!(app.worker.run_once(), app.worker.run_once());
    assert!(first.unwrap() && second.unwrap());
    for (at, rep) in people.iter().enumerate() {
        app.api.get(rep, &format!("/v1/sops/{}", documents[at].document_id)).await.expect(200);
        app.api.get(rep, &format!("/v1/sops/{}", documents[1 - at].document_id)).await.expect(404);
    }
    assert_eq!(app.probe.events::<SopProcessed>().await.len(), 2);
}
