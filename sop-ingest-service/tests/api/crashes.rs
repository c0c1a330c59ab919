//! The service as a process of its own, killed at its worst moments.

use events::payloads::{SopProcessed, SopRequestReady, SopVersionChanged};
use test_support::{Process, setting};
use uuid::Uuid;

use crate::{app::TestApp, files};

async fn serve(app: &TestApp, crash_at: &str) -> Process {
    let config = test_support::config(&app.issuer);
    let environment = [
        ("KAFKA_BROKERS", config.kafka_brokers),
        ("KAFKA_TOPIC_PREFIX", test_support::topics().await),
        ("JWT_ISSUER", config.jwt_issuer),
        ("JWKS_URL", config.jwks_url),
        ("COGNITO_CLIENT_ID", config.cognito_client_id),
        ("SOP_INGEST_DATABASE_URL", app.db.url.clone()),
        ("SOP_INGEST_HTTP_ADDR", "127.0.0.1:0".to_owned()),
        ("CRASH_AT", crash_at.to_owned()),
    ];
    let from_stack = [
        "UPLOADS_BUCKET",
        "SOPS_BUCKET",
        "QDRANT_URL",
        "QDRANT_COLLECTION",
        "MODEL_DIR",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ];
    let environment: Vec<_> = environment.into_iter().chain(from_stack.map(|name| (name, setting(name)))).collect();
    Process::serve(env!("CARGO_BIN_EXE_sop-ingest-service"), &environment)
}

#[tokio::test]
async fn a_document_survives_the_death_of_its_worker_in_every_stage() {
    let app = TestApp::spawn().await;
    let mut documents = Vec::new();
    for name in ["a.md", "b.md", "c.md"] {
        documents.push(
            app.upload(name, format!("# Doors of {name}\n\n1. Open the door.\n2. Close it.\n").into_bytes()).await,
        );
    }
    documents.push(app.upload(files::LABORATORY, files::example(files::LABORATORY)).await);
    app.order(Uuid::now_v7(), Uuid::now_v7(), documents).await;
    for point in STAGES {
        let status = serve(&app, point).await.died();
        assert!(!status.success(), "{point}");
        // The leases of the dead run out at once: the test need not wait for them.
        sqlx::query("UPDATE documents SET crashes = 0, lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL AND state = 'queued'").execute(&app.db.pool).await.unwrap();
    }
    app.work().await;
    let ready = app.probe.events::<SopRequestReady>().await;
    assert_eq!(ready.iter().map(|r| r.sops.len()).collect::<Vec<_>>(), [4]);
    assert_eq!(app.probe.events::<SopProcessed>().await.len(), 4);
}

/// Places between which something is written outside the database.
const STAGES: [&str; 9] = [
    "ingest.claimed",
    "ingest.fetched",
    "ingest.stored",
    "ingest.parsed",
    "ingest.drawn",
    "ingest.pictured",
    "ingest.embedded",
    "ingest.indexed",
    "ingest.settling",
];

#[tokio::test]
async fn one_document_that_dies_in_every_stage_ends_as_if_nothing_had_happened() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), Uuid::now_v7());
    let undisturbed = app.upload(files::LABORATORY, files::example(files::LABORATORY)).await;
    app.order(client, rep, vec![undisturbed.clone()]).await;
    app.work().await;
    let disturbed = app.upload(files::LABORATORY, files::example(files::LABORATORY)).await;
    app.order(client, rep, vec![disturbed.clone()]).await;
    for point in STAGES {
        assert!(!serve(&app, point).await.died().success(), "{point}");
        sqlx::query(
            "UPDATE documents SET crashes = 0, lease_until = now() - interval '1 second' WHERE state = 'queued'",
        )
        .execute(&app.db.pool)
        .await
        .unwrap();
    }
    app.work().await;
    assert_eq!(app.state(disturbed.document_id).await, "processed");
    let folders = [undisturbed.document_id, disturbed.document_id];
    let mut sops = Vec::new();
    let mut files = Vec::new();
    for document in folders {
        let mut sop = app.worker.store.get_parsed(&format!("sops/{document}/v1/sop.json")).await.unwrap();
        sop.document_id = folders[0];
        sops.push(sop);
        let keys = app.objects(document).await;
        files.push(keys.iter().map(|key| key.replace(&document.to_string(), "")).collect::<Vec<_>>());
        assert_eq!(app.points(document).await, sop_ingest_service::pipeline::chunk::chunks(&sops[0]).len());
    }
    assert_eq!(sops[0], sops[1]);
    assert_eq!(files[0], files[1]);
    assert_eq!(app.probe.events::<SopProcessed>().await.len(), 2);
}

#[tokio::test]
async fn a_new_version_that_dies_while_it_is_compared_gets_one_number() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), Uuid::now_v7());
    let first = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n2. Close it.\n".to_vec()).await;
    app.order(client, rep, vec![first.clone()]).await;
    app.work().await;
    let mut second = app.upload("doors.md", b"# Doors\n\n1. Open the door slowly.\n2. Close it.\n".to_vec()).await;
    second.replaces = Some(first.document_id);
    app.order(client, rep, vec![second]).await;
    for point in ["ingest.compared", "ingest.stored", "ingest.settling"] {
        assert!(!serve(&app, point).await.died().success(), "{point}");
        sqlx::query("UPDATE documents SET lease_until = now() - interval '1 second' WHERE state = 'queued'")
            .execute(&app.db.pool)
            .await
            .unwrap();
    }
    app.work().await;
    let changed = app.probe.events::<SopVersionChanged>().await;
    assert_eq!(changed.iter().map(|c| (c.to.version, c.summary.edited)).collect::<Vec<_>>(), [(2, 1)]);
}
