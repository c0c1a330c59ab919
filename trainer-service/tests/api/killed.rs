//! The process itself, with its Kafka: what it leaves when it is killed, and what it makes of that when it is back.

use std::time::{Duration, Instant};

use events::payloads::{AssigneeRole, Role};
use platform::Outbox;
use test_support::Process;
use uuid::Uuid;

use crate::app::{TestApp, assigned};

async fn start(app: &TestApp, crash_at: &str) -> Process {
    let mut environment: Vec<(&str, String)> = [
        "KAFKA_BROKERS",
        "MONGODB_URL",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ]
    .map(|name| (name, test_support::setting(name)))
    .into();
    environment.extend([
        ("TRAINER_DATABASE_URL", app.db.url.clone()),
        ("TRAINER_HTTP_ADDR", "127.0.0.1:0".to_owned()),
        ("TRAINER_MONGODB_DATABASE", app.mongodb.0.clone()),
        ("KAFKA_TOPIC_PREFIX", test_support::topics().await),
        ("JWT_ISSUER", app.issuer.url.clone()),
        ("JWKS_URL", format!("{}/jwks.json", app.issuer.url)),
        ("COGNITO_CLIENT_ID", "test-client".to_owned()),
        ("CRASH_AT", crash_at.to_owned()),
    ]);
    Process::serve(env!("CARGO_BIN_EXE_trainer-service"), &environment)
}

#[tokio::test]
async fn materials_survive_a_kill_between_their_content_and_their_record() {
    let app = TestApp::spawn().await;
    let (client, course) = (Uuid::now_v7(), Uuid::now_v7());
    let trainer = app.person(Role::Trainer, &[client]).await;
    let published = app.published(course, client, 1).await;
    // The event takes the whole way: outbox, relay, Kafka, consumer, fetch.
    let mut connection = app.db.pool.acquire().await.unwrap();
    let event = assigned(&published, trainer.user_id, AssigneeRole::Trainer);
    Outbox::new("test").enqueue(&mut connection, &event).await.unwrap();
    let mut process = start(&app, "materials.stored").await;
    tokio::task::spawn_blocking(move || process.died()).await.unwrap();
    let path = format!("/v1/training/courses/{course}/materials");
    assert_eq!(app.api.get(&trainer, &path).await.expect(409).code(), "content_not_ready");

    let _process = start(&app, "").await;
    let begun = Instant::now();
    while app.api.get(&trainer, &path).await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the fetch was not taken up again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
