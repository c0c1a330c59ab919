use std::time::{Duration, Instant};

use events::payloads::CourseGenerated;
use test_support::{Process, setting};
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

async fn environment(app: &TestApp, crash_at: &str) -> Vec<(&'static str, String)> {
    let mut env = vec![
        ("COURSE_GEN_DATABASE_URL", app.db.url.clone()),
        ("COURSE_GEN_HTTP_ADDR", "127.0.0.1:0".to_owned()),
        ("COURSE_GEN_MONGODB_DATABASE", app.mongodb.clone()),
        ("QDRANT_COLLECTION", app.collection.clone()),
        ("KAFKA_TOPIC_PREFIX", test_support::topics().await),
        ("JWT_ISSUER", app.issuer.url.clone()),
        ("JWKS_URL", format!("{}/jwks.json", app.issuer.url)),
        ("COGNITO_CLIENT_ID", "test-client".to_owned()),
        ("COURSE_GEN_WORKERS", "1".to_owned()),
        ("CRASH_AT", crash_at.to_owned()),
    ];
    for name in [
        "MONGODB_URL",
        "KAFKA_BROKERS",
        "PACKAGES_BUCKET",
        "QDRANT_URL",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ] {
        env.push((name, setting(name)));
    }
    env
}

fn serve(environment: &[(&str, String)]) -> Process {
    Process::serve(env!("CARGO_BIN_EXE_course-gen-service"), environment)
}

#[tokio::test]
async fn a_job_killed_in_every_step_ends_with_the_same_bytes() {
    let (undisturbed, app) = (TestApp::spawn().await, TestApp::spawn().await);
    let ready = undisturbed.ready(Uuid::now_v7(), HOTEL).await;
    undisturbed.deliver(&ready).await;
    undisturbed.work().await;
    let expected = undisturbed.probe.events::<CourseGenerated>().await.remove(0);

    app.deliver(&ready).await;
    for step in ["plan", "outline", "author", "forge", "verify", "assemble", "package.stored", "package"] {
        let mut process = serve(&environment(&app, &format!("job.{step}")).await);
        assert!(!process.died().success(), "crashes in {step}");
    }
    let _process = serve(&environment(&app, "").await);
    let start = Instant::now();
    while app.probe.events::<CourseGenerated>().await.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "the job does not go on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let all = app.probe.events::<CourseGenerated>().await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].package.sha256, expected.package.sha256);
    assert_eq!(app.bytes(&all[0], "course.html").await, undisturbed.bytes(&expected, "course.html").await);
    let lessons = app.probe.envelopes("course.lesson_ready.v1").await.len();
    assert_eq!(u32::try_from(lessons).unwrap(), all[0].lessons, "no event twice");
}

#[tokio::test]
async fn a_crash_after_a_commit_repeats_nothing() {
    let app = TestApp::spawn().await;
    app.deliver(&app.ready(Uuid::now_v7(), HOTEL).await).await;
    let mut process = serve(&environment(&app, "job.verify.committed").await);
    process.died();
    let before = app.probe.envelopes("course.lesson_ready.v1").await.len();
    app.work().await;
    assert!(before > 0);
    assert_eq!(app.probe.envelopes("course.lesson_ready.v1").await.len(), before);
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 1);
}
