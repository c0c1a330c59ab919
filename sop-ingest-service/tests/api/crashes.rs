//! The service as a process of its own, killed at its worst moments.

use events::payloads::{SopProcessed, SopRequestReady};
use test_support::{Process, setting};
use uuid::Uuid;

use crate::app::TestApp;

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
    for name in ["a.md", "b.md", "c.md", "d.md"] {
        documents.push(
            app.upload(name, format!("# Doors of {name}\n\n1. Open the door.\n2. Close it.\n").into_bytes()).await,
        );
    }
    app.order(Uuid::now_v7(), Uuid::now_v7(), documents).await;
    for point in ["ingest.claimed", "ingest.fetched", "ingest.parsed", "ingest.indexed"] {
        let status = serve(&app, point).await.died();
        assert!(!status.success(), "{point}");
        // The leases of the dead run out at once: the test need not wait for them.
        sqlx::query("UPDATE documents SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL AND state = 'queued'").execute(&app.db.pool).await.unwrap();
    }
    let _alive = serve(&app, "nowhere").await;
    let ready: SopRequestReady = app.probe.wait_for(|_: &SopRequestReady| true).await;
    assert_eq!(ready.sops.len(), 4);
    assert_eq!(app.probe.events::<SopProcessed>().await.len(), 4);
    assert_eq!(app.probe.events::<SopRequestReady>().await.len(), 1);
}
