use events::payloads::{
    CourseCreationCancelled, CourseGenerated, CourseOutlineApproved, CourseOutlineReady, DroppedLesson, OutlineLesson,
    SopRequestReady,
};
use serde_json::json;
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

async fn with_approval(app: &TestApp) -> SopRequestReady {
    let mut ready = app.ready(Uuid::now_v7(), HOTEL).await;
    ready.order.approve_outline = true;
    app.deliver(&ready).await;
    app.work().await;
    ready
}

pub fn approval(outline: &CourseOutlineReady) -> CourseOutlineApproved {
    CourseOutlineApproved {
        course_id: outline.course_id,
        client_id: outline.client_id,
        request_id: outline.request_id,
        version: outline.version,
        approved_by: Uuid::now_v7(),
        dropped: Vec::new(),
        order: Vec::new(),
    }
}

#[tokio::test]
async fn nothing_is_written_before_the_outline_is_approved_and_then_once() {
    let app = TestApp::spawn().await;
    let ready = with_approval(&app).await;
    let outline = app.probe.events::<CourseOutlineReady>().await.remove(0);
    assert!(outline.awaits_approval);
    let lesson = &outline.units[0].plans[0];
    assert!(!lesson.objectives.is_empty() && !lesson.clauses.is_empty() && lesson.minutes > 0);
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 0);
    let manager = app.manager(ready.client_id).await;
    let jobs = app.api.get(&manager, "/v1/generation/jobs").await.expect(200).body;
    assert_eq!(jobs["items"][0]["state"], json!("awaiting_approval"));

    let envelope = app.deliver(&approval(&outline)).await;
    app.redeliver(&envelope).await;
    app.work().await;
    // Late, and another one: the first word counts.
    app.deliver(&CourseOutlineApproved { order: vec![lesson.lesson_id], ..approval(&outline) }).await;
    app.work().await;
    let generated = app.probe.events::<CourseGenerated>().await;
    assert_eq!(generated.len(), 1);
    assert_eq!(app.probe.events::<CourseOutlineReady>().await.len(), 1);
}

#[tokio::test]
async fn an_approved_outline_gives_the_bytes_of_one_that_nobody_had_to_approve() {
    let (one, two) = (TestApp::spawn().await, TestApp::spawn().await);
    let ready = with_approval(&one).await;
    let outline = one.probe.events::<CourseOutlineReady>().await.remove(0);
    one.deliver(&approval(&outline)).await;
    one.work().await;
    let mut other = ready.clone();
    other.order.approve_outline = false;
    two.deliver(&other).await;
    two.work().await;
    let (asked, unasked) =
        (one.probe.events::<CourseGenerated>().await.remove(0), two.probe.events::<CourseGenerated>().await.remove(0));
    assert_eq!(asked.package.sha256, unasked.package.sha256);
}

#[tokio::test]
async fn the_course_has_the_lessons_and_the_order_that_the_manager_wants() {
    let app = TestApp::spawn().await;
    with_approval(&app).await;
    let outline = app.probe.events::<CourseOutlineReady>().await.remove(0);
    let plans = || outline.units.iter().flat_map(|u| &u.plans);
    let ids: Vec<Uuid> = plans().map(|l| l.lesson_id).collect();
    // Words, roles and standards are no steps, rules or warnings; practice lessons have no clauses of their own.
    let strict = |l: &&OutlineLesson| l.safety && !l.title.starts_with("Practice");
    let taught: Vec<Uuid> = plans().filter(strict).map(|l| l.lesson_id).collect();
    let (dropped, first) = (taught[1], taught[2]);
    app.deliver(&CourseOutlineApproved {
        dropped: vec![DroppedLesson { lesson_id: dropped, reason: "They know it.".to_owned() }],
        order: vec![first],
        ..approval(&outline)
    })
    .await;
    app.work().await;
    let generated = app.probe.events::<CourseGenerated>().await.remove(0);
    let package = app.package(&generated).await;
    let lessons: Vec<(Uuid, u32)> = package.course.lessons().map(|l| (l.id, l.number)).collect();
    assert_eq!(lessons[0], (first, 1));
    assert!(lessons.iter().all(|(id, _)| *id != dropped) && lessons.len() < ids.len());
    assert!(lessons.iter().zip(1..).all(|((_, number), n)| *number == n));
    let reasons: Vec<&str> = package.quality.left_out.iter().map(|l| l.reason.as_str()).collect();
    assert!(reasons.iter().any(|r| r.contains("They know it.")), "{reasons:?}");
}

#[tokio::test]
async fn an_approval_that_comes_before_its_outline_is_not_lost() {
    let app = TestApp::spawn().await;
    let mut ready = app.ready(Uuid::now_v7(), HOTEL).await;
    ready.order.approve_outline = true;
    app.deliver(&ready).await;
    let manager = app.manager(ready.client_id).await;
    let job = app.api.get(&manager, "/v1/generation/jobs").await.expect(200).body["items"][0].clone();
    app.deliver(&CourseOutlineApproved {
        course_id: serde_json::from_value(job["course_id"].clone()).unwrap(),
        client_id: ready.client_id,
        request_id: ready.request_id,
        version: 1,
        approved_by: Uuid::now_v7(),
        dropped: Vec::new(),
        order: Vec::new(),
    })
    .await;
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 1);
}

#[tokio::test]
async fn a_request_that_was_taken_back_while_it_waited_stays_so() {
    let app = TestApp::spawn().await;
    let ready = with_approval(&app).await;
    let outline = app.probe.events::<CourseOutlineReady>().await.remove(0);
    app.deliver(&CourseCreationCancelled {
        request_id: ready.request_id,
        client_id: ready.client_id,
        cancelled_by: Uuid::now_v7(),
    })
    .await;
    app.deliver(&approval(&outline)).await;
    app.work().await;
    assert_eq!(app.probe.events::<CourseGenerated>().await.len(), 0);
}
