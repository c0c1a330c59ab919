//! What a job without a course leaves in MongoDB and S3 goes away, and what other jobs need stays.

use course_gen_service::Drafts;
use events::payloads::{CourseCreationCancelled, CourseGenerated, CourseRegenerationRequested, SopRequestReady};
use mongodb::bson::{Document, doc};
use test_support::{Process, setting};
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};
use crate::resume::environment;

async fn drafts(app: &TestApp) -> u64 {
    let client = mongodb::Client::with_uri_str(setting("MONGODB_URL")).await.unwrap();
    let database = client.database(&app.mongodb);
    let mut count = 0;
    for name in ["drafts", "packages"] {
        count += database.collection::<Document>(name).count_documents(doc! {}).await.unwrap();
    }
    count
}

async fn cancel(app: &TestApp, ready: &SopRequestReady) {
    let (request_id, client_id) = (ready.request_id, ready.client_id);
    app.deliver(&CourseCreationCancelled { request_id, client_id, cancelled_by: Uuid::now_v7() }).await;
}

async fn course_id(app: &TestApp) -> Uuid {
    sqlx::query_scalar("SELECT course_id FROM jobs LIMIT 1").fetch_one(&app.db.pool).await.unwrap()
}

#[tokio::test]
async fn a_cancelled_job_leaves_nothing_behind() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&ready).await;
    for _ in 0..5 {
        app.worker.run_once().await.unwrap();
    }
    assert!(drafts(&app).await >= 3);
    cancel(&app, &ready).await;
    app.work().await;
    assert_eq!(drafts(&app).await, 0);
    assert!(!app.worker.run_once().await.unwrap(), "it is cleared up once");
}

#[tokio::test]
async fn a_job_that_died_while_it_stored_its_package_is_cleared_up_after() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&ready).await;
    let serve = |env: &[(&str, String)]| Process::serve(env!("CARGO_BIN_EXE_course-gen-service"), env);
    assert!(!serve(&environment(&app, "job.package.stored").await).died().success());
    let course = course_id(&app).await;
    assert!(!app.objects(course).await.is_empty(), "the package is there, and nothing refers to it");
    cancel(&app, &ready).await;
    for point in ["sweep.drafts", "sweep.objects"] {
        assert!(!serve(&environment(&app, point).await).died().success(), "crashes at {point}");
    }
    app.work().await;
    assert_eq!((drafts(&app).await, app.objects(course).await.len()), (0, 0));
}

#[tokio::test]
async fn what_a_finished_version_is_made_of_stays() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&ready).await;
    app.work().await;
    let first = app.probe.events::<CourseGenerated>().await.remove(0);
    let (before, objects) = (drafts(&app).await, app.objects(first.course_id).await);
    app.deliver(&CourseRegenerationRequested {
        course_id: first.course_id,
        client_id: first.client_id,
        request_id: first.request_id,
        version: 1,
        requested_by: Uuid::now_v7(),
        note: "Once more".to_owned(),
        element_id: None,
    })
    .await;
    // The same SOPs and rules: most of its drafts are those of the first version.
    for _ in 0..5 {
        app.worker.run_once().await.unwrap();
    }
    cancel(&app, &ready).await;
    app.work().await;
    assert_eq!((drafts(&app).await, app.objects(first.course_id).await), (before, objects));
    assert_eq!(app.package(&first).await.course.course_id, first.course_id);
}

#[tokio::test]
async fn a_draft_longer_than_a_document_is_kept_in_parts() {
    let app = TestApp::spawn().await;
    let store = Drafts::connect(&setting("MONGODB_URL"), &app.mongodb).await.unwrap();
    let long: Vec<String> = (0..300_000).map(|n| format!("{n:060}")).collect();
    let job = Uuid::now_v7();
    let hash = store.put(job, &long).await.unwrap();
    assert_eq!(store.put(job, &long).await.unwrap(), hash);
    assert_eq!(store.get::<Vec<String>>(&hash).await.unwrap(), long);
    assert_eq!(drafts(&app).await, 3);
    store.sweep(job).await.unwrap();
    assert_eq!(drafts(&app).await, 0);
}
