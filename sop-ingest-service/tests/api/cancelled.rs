use events::payloads::{CourseCreationCancelled, Role};
use sop_ingest_service::pipeline::{chunk, index::Owner};
use uuid::Uuid;

use crate::{app::TestApp, files};

#[tokio::test]
async fn nothing_is_left_of_a_cancelled_request_in_s3_and_in_the_index() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), app.person(Role::SalesRep, &[]).await);
    let pdf = app.upload(files::LABORATORY, files::example(files::LABORATORY)).await;
    let waiting = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n".to_vec()).await;
    let request_id = app.order(client, rep.user_id, vec![pdf.clone(), waiting.clone()]).await;
    app.worker.run_once().await.unwrap();
    assert_eq!(app.state(pdf.document_id).await, "processed");
    assert!(app.objects(pdf.document_id).await.len() > 2);
    assert!(app.points(pdf.document_id).await > 0);

    app.deliver(&CourseCreationCancelled { request_id, client_id: client, cancelled_by: rep.user_id }).await;
    app.work().await;
    for document in [&pdf, &waiting] {
        assert_eq!(app.state(document.document_id).await, "cancelled");
        assert_eq!(app.objects(document.document_id).await, Vec::<String>::new());
        assert_eq!(app.points(document.document_id).await, 0);
    }
    app.api.get(&rep, &format!("/v1/sops/{}", pdf.document_id)).await.expect(409);
}

#[tokio::test]
async fn what_a_worker_wrote_after_the_cancellation_goes_as_well() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), Uuid::now_v7());
    let document = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n".to_vec()).await;
    let request_id = app.order(client, rep, vec![document.clone()]).await;
    app.worker.run_once().await.unwrap();
    let sop = app.worker.store.get_parsed(&format!("sops/{}/v1/sop.json", document.document_id)).await.unwrap();
    // A worker holds the document while it is cancelled, and indexes it once more before it dies.
    sqlx::query("UPDATE documents SET state = 'queued', lease_until = now() + interval '1 minute'")
        .execute(&app.db.pool)
        .await
        .unwrap();
    app.deliver(&CourseCreationCancelled { request_id, client_id: client, cancelled_by: rep }).await;
    assert!(!app.worker.run_once().await.unwrap(), "the lease of the other one still runs");
    let chunks = chunk::chunks(&sop);
    let vectors = vec![vec![0.1; 384]; chunks.len()];
    app.worker.index.replace(&sop, Owner { client_id: client, request_id }, &chunks, vectors).await.unwrap();
    sqlx::query("UPDATE documents SET lease_until = now() - interval '1 second'").execute(&app.db.pool).await.unwrap();
    app.work().await;
    assert_eq!(app.points(document.document_id).await, 0);
    assert_eq!(app.objects(document.document_id).await, Vec::<String>::new());
}
