use std::time::{Duration, Instant};

use course_format::course::CoursePackage;
use events::payloads::{CourseGenerated, CourseOutlineReady};
use test_support::{Process, setting};
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};
use crate::model_server::{Act, ModelServer};

pub async fn environment(app: &TestApp, crash_at: &str) -> Vec<(&'static str, String)> {
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

/// A process that writes with the model of `server`, one candidate each.
pub fn serve_with(environment: &[(&'static str, String)], server: &ModelServer) -> Process {
    let mut env = environment.to_vec();
    env.extend([
        ("LLM_PROVIDERS", "openai".to_owned()),
        ("OPENAI_API_KEY", "key-of-the-test".to_owned()),
        ("OPENAI_BASE_URL", server.url.clone()),
        ("LLM_CANDIDATES", "1".to_owned()),
    ]);
    serve(&env)
}

#[tokio::test]
async fn a_job_killed_around_its_approval_is_written_once() {
    let app = TestApp::spawn().await;
    let mut ready = app.ready(Uuid::now_v7(), HOTEL).await;
    ready.order.approve_outline = true;
    app.deliver(&ready).await;
    for step in ["plan.committed", "outline", "outline.committed"] {
        let mut process = serve(&environment(&app, &format!("job.{step}")).await);
        assert!(!process.died().success(), "crashes in {step}");
    }
    app.work().await;
    let outline = app.probe.events::<CourseOutlineReady>().await.remove(0);
    let approval = app.deliver(&crate::outlines::approval(&outline)).await;
    let mut process = serve(&environment(&app, "job.author").await);
    assert!(!process.died().success());
    app.redeliver(&approval).await;
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 1);
    assert_eq!(app.probe.events::<CourseOutlineReady>().await.len(), 1);
}

async fn finished(app: &TestApp) -> CoursePackage {
    let start = Instant::now();
    while app.probe.events::<CourseGenerated>().await.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30), "the job does not go on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let all = app.probe.events::<CourseGenerated>().await;
    assert_eq!(all.len(), 1);
    app.package(&all[0]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_model_answered_is_never_paid_for_twice() {
    let (undisturbed, app) = (TestApp::spawn().await, TestApp::spawn().await);
    let server = ModelServer::start(|_| Act::Good).await;
    let ready = undisturbed.ready(Uuid::now_v7(), HOTEL).await;
    undisturbed.deliver(&ready).await;
    let process = serve_with(&environment(&undisturbed, "").await, &server);
    let mut expected = finished(&undisturbed).await;
    drop(process);
    let needed = server.calls();
    assert_eq!(needed, expected.course.lessons().count() * 2);

    app.deliver(&ready).await;
    let points = ["model.saved", "model.saved", "model.saved", "model.replied", "model.started", "job.author"];
    for point in points {
        let mut process = serve_with(&environment(&app, point).await, &server);
        assert!(!process.died().success(), "crashes at {point}");
    }
    let _process = serve_with(&environment(&app, "").await, &server);
    let mut made = finished(&app).await;
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT question, count(*) FILTER (WHERE state = 'answered'), count(*) FROM model_calls GROUP BY question",
    )
    .fetch_all(&app.db.pool)
    .await
    .unwrap();
    assert_eq!(rows.len(), needed);
    assert!(rows.iter().all(|(_, answered, _)| *answered == 1), "one answer is paid for each question");
    let (in_doubt, counted): (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE cost = reserved AND reserved > 0) FROM model_calls WHERE state = 'in_doubt'",
    )
    .fetch_one(&app.db.pool)
    .await
    .unwrap();
    assert!(in_doubt >= 2, "the crashes after the start and before the end of a call");
    assert_eq!(counted, in_doubt, "what is in doubt counts as spent");
    let lost: usize = rows.iter().map(|(_, _, all)| usize::try_from(all - 1).unwrap()).sum();
    assert_eq!(i64::try_from(lost).unwrap(), in_doubt, "nothing else was asked again");
    // The accounts differ, by what was in doubt; the course does not.
    (made.quality.model_use, expected.quality.model_use) = (None, None);
    assert_eq!(made, expected);
}
