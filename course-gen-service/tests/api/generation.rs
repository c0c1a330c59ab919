use course_format::sha256_hex;
use course_format::validate::validate_course;
use course_gen_service::Retrieval;
use events::payloads::{
    CourseCreationCancelled, CourseGenerated, CourseGenerationFailed, CourseLessonReady, CourseOutlineReady,
    CourseRegenerationRequested,
};
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

#[tokio::test]
async fn a_request_becomes_a_course() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    let cause = app.deliver(&ready).await;
    app.work().await;

    let outline = app.probe.events::<CourseOutlineReady>().await.remove(0);
    let lessons = app.probe.events::<CourseLessonReady>().await;
    let generated = app.probe.events::<CourseGenerated>().await.remove(0);
    assert_eq!(outline.title, "English for housekeeping");
    assert_eq!(outline.units.iter().map(|u| u.lessons.len()).sum::<usize>(), lessons.len());
    assert!(lessons.iter().zip(1..).all(|(l, n)| l.number == n && l.of == generated.lessons));

    let bytes = app.bytes(&generated, "course.json").await;
    assert_eq!(sha256_hex(&bytes), generated.package.sha256);
    let package = app.package(&generated).await;
    assert_eq!(validate_course(&package), []);
    assert_eq!(package.course.course_id, generated.course_id);
    assert!((package.quality.provenance_resolved - 1.0).abs() < f32::EPSILON);
    let html = String::from_utf8(app.bytes(&generated, "course.html").await).unwrap();
    assert!(html.contains("English for housekeeping"));
    let envelope = app.probe.envelopes("course.generated.v1").await.remove(0);
    assert_eq!((envelope.causationid, envelope.correlationid), (Some(cause.id), cause.correlationid));
}

#[tokio::test]
async fn an_event_that_comes_twice_makes_one_course() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    let envelope = app.deliver(&ready).await;
    app.redeliver(&envelope).await;
    app.deliver(&ready).await;
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 1);
}

#[tokio::test]
async fn the_same_sop_and_order_give_the_same_bytes() {
    let (one, two) = (TestApp::spawn().await, TestApp::spawn().await);
    let ready = one.ready(Uuid::now_v7(), HOTEL).await;
    let mut packages = Vec::new();
    for app in [&one, &two] {
        app.deliver(&ready).await;
        app.work().await;
        packages.push(app.probe.events::<CourseGenerated>().await.remove(0).package);
    }
    assert_eq!(packages[0].sha256, packages[1].sha256);
}

#[tokio::test]
async fn a_cancelled_request_gets_no_course() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    let cancelled = CourseCreationCancelled {
        request_id: ready.request_id,
        client_id: ready.client_id,
        cancelled_by: Uuid::now_v7(),
    };
    app.deliver(&ready).await;
    assert!(app.worker.run_once().await.unwrap());
    app.deliver(&cancelled).await;
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 0);

    let other = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&CourseCreationCancelled {
        request_id: other.request_id,
        client_id: other.client_id,
        cancelled_by: Uuid::now_v7(),
    })
    .await;
    app.deliver(&other).await;
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 0, "also when the cancellation comes first");
}

#[tokio::test]
async fn a_reviewers_wish_makes_the_next_version_once() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&ready).await;
    app.work().await;
    let first = app.probe.events::<CourseGenerated>().await.remove(0);
    let changes = CourseRegenerationRequested {
        course_id: first.course_id,
        client_id: first.client_id,
        request_id: first.request_id,
        version: 1,
        requested_by: Uuid::now_v7(),
        note: "Please make lesson 2 shorter.".to_owned(),
        element_id: None,
    };
    app.deliver(&changes).await;
    app.deliver(&CourseRegenerationRequested { note: "Once more".to_owned(), ..changes.clone() }).await;
    app.work().await;
    let all = app.probe.events::<CourseGenerated>().await;
    assert_eq!(all.iter().map(|g| g.version).collect::<Vec<_>>(), [1, 2]);
    let (old, new) = (app.package(&all[0]).await, app.package(&all[1]).await);
    assert!(new.quality.flags.iter().any(|f| f.code == "reviewer_note" && f.detail == changes.note));
    let ids = |p: &course_format::course::CoursePackage| p.course.items().map(|i| i.id).collect::<Vec<_>>();
    assert_eq!(ids(&old), ids(&new), "an item keeps its id while its clause is the same");
}

#[tokio::test]
async fn an_sop_with_nothing_to_teach_is_refused_in_words() {
    let app = TestApp::spawn().await;
    let mut sops: serde_json::Value = serde_json::from_str(HOTEL).unwrap();
    for clause in sops["documents"][0]["clauses"].as_array_mut().unwrap() {
        clause["kind"] = "fact".into();
    }
    let ready = app.ready(Uuid::now_v7(), &sops.to_string()).await;
    app.deliver(&ready).await;
    app.work().await;
    let failed = app.probe.events::<CourseGenerationFailed>().await.remove(0);
    assert_eq!(failed.code, "nothing_to_teach");
    assert!(failed.detail.ends_with('.') && failed.detail.contains("at least 5"), "{}", failed.detail);
}

#[tokio::test]
async fn a_job_waits_for_the_index_and_says_so() {
    let app = TestApp::spawn().await;
    let client = Uuid::now_v7();
    let manager = app.manager(client).await;
    let ready = app.ready(client, HOTEL).await;
    app.deliver(&ready).await;
    let mut worker = app.worker.clone();
    worker.retrieval = Retrieval::new("http://127.0.0.1:1", None, app.collection.clone()).unwrap();
    for _ in 0..3 {
        worker.run_once().await.unwrap();
    }
    let jobs = app.api.get(&manager, "/v1/generation/jobs").await.expect(200);
    assert_eq!(jobs.body["items"][0]["waiting_for"], "the clause index is out of reach");
    assert_eq!(jobs.body["items"][0]["state"], "queued");
    sqlx::query("UPDATE jobs SET not_before = now()").execute(&app.db.pool).await.unwrap();
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 1);
}
