//! The process itself, with its Kafka: what it leaves when it is killed, and what it makes of that when it is back.

use std::time::{Duration, Instant};

use platform::Outbox;
use test_support::Process;
use uuid::Uuid;

use crate::app::TestApp;

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
        ("COURSE_MGMT_DATABASE_URL", app.db.url.clone()),
        ("COURSE_MGMT_HTTP_ADDR", "127.0.0.1:0".to_owned()),
        ("COURSE_MGMT_MONGODB_DATABASE", app.mongodb.0.clone()),
        ("KAFKA_TOPIC_PREFIX", test_support::topics().await),
        ("JWT_ISSUER", app.issuer.url.clone()),
        ("JWKS_URL", format!("{}/jwks.json", app.issuer.url)),
        ("COGNITO_CLIENT_ID", "test-client".to_owned()),
        ("CRASH_AT", crash_at.to_owned()),
    ]);
    Process::serve(env!("CARGO_BIN_EXE_course-mgmt-service"), &environment)
}

#[tokio::test]
async fn a_version_survives_a_kill_between_its_content_and_its_record() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let event = app.generated(course, company.client_id, 1, "Killed").await;
    // The event takes the whole way: outbox, relay, Kafka, consumer, fetch.
    let mut connection = app.db.pool.acquire().await.unwrap();
    Outbox::new("test").enqueue(&mut connection, &event).await.unwrap();
    let mut process = start(&app, "content.stored").await;
    tokio::task::spawn_blocking(move || process.died()).await.unwrap();
    assert_eq!(app.course(&company.manager, course).await["versions"][0]["content_state"], "pending");

    let _process = start(&app, "").await;
    let begun = Instant::now();
    while app.course(&company.manager, course).await["versions"][0]["content_state"] != "ready" {
        assert!(begun.elapsed() < Duration::from_secs(20), "the fetch was not taken up again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let path = format!("/v1/courses/{course}/versions/1");
    assert_eq!(app.api.get(&company.manager, &path).await.expect(200).body["content"]["course"]["title"], "Killed");
}
