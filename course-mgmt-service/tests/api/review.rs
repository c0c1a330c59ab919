use events::payloads::{CourseApproved, CourseChangesRequested, CoursePublished, CourseRegenerationRequested, Role};
use serde_json::json;
use uuid::Uuid;

use crate::{app::TestApp, package};

#[tokio::test]
async fn changes_are_requested_and_the_next_version_is_reviewed_anew() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1/request-changes");
    let answer = app.api.post(&company.manager, &path, &json!({ "note": "More on alarms." })).await.expect(200);
    assert_eq!(answer.body["state"], "changes_requested");
    assert_eq!(app.course(&company.manager, course).await["state"], "changes_requested");
    let [changes] = &app.probe.events::<CourseChangesRequested>().await[..] else { panic!("one event") };
    assert_eq!((changes.note.as_str(), changes.requested_by), ("More on alarms.", company.manager.user_id));
    let [again] = &app.probe.events::<CourseRegenerationRequested>().await[..] else { panic!("one event") };
    assert_eq!((again.course_id, again.version, again.note.as_str()), (course, 1, "More on alarms."));
    assert_eq!(
        app.api.post(&company.manager, &path, &json!({ "note": "x" })).await.expect(409).code(),
        "not_in_review"
    );

    let event = app.generated(course, company.client_id, 2, "English for the cold store").await;
    app.deliver(&event).await;
    app.fetch_all().await;
    let body = app.course(&company.manager, course).await;
    assert_eq!((&body["state"], &body["version"]), (&json!("in_review"), &json!(2)));
    assert_eq!(body["versions"][1]["state"], "changes_requested");
    // Who asked for the new version is a reviewer, not its author.
    app.approve_and_publish(&company, course, 2).await;
}

#[tokio::test]
async fn an_approved_version_is_published() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1");
    let answer = app.api.act(&company.manager, &format!("{path}/publish")).await;
    assert_eq!(answer.expect(409).code(), "not_approved");
    app.approve_and_publish(&company, course, 1).await;
    let body = app.course(&company.manager, course).await;
    assert_eq!((&body["state"], &body["published_version"]), (&json!("published"), &json!(1)));
    let [approved] = &app.probe.events::<CourseApproved>().await[..] else { panic!("one event") };
    assert_eq!(approved.approved_by, company.manager.user_id);
    let [published] = &app.probe.events::<CoursePublished>().await[..] else { panic!("one event") };
    assert_eq!(published.package.sha256, body["versions"][0]["sha256"].as_str().unwrap());
    assert_eq!((published.ordered_by, published.title.as_str()), (package::element(92), "English for the cold store"));
    let again = app.api.act(&company.manager, &format!("{path}/publish")).await;
    assert_eq!(again.expect(409).code(), "already_published");
    assert_eq!(app.api.act(&company.manager, &format!("{path}/approve")).await.expect(409).code(), "not_in_review");
}

#[tokio::test]
async fn nobody_approves_what_they_ordered() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let mut event = app.generated(course, company.client_id, 1, "My own").await;
    event.ordered_by = company.manager.user_id;
    app.deliver(&event).await;
    app.fetch_all().await;
    let path = format!("/v1/courses/{course}/versions/1/approve");
    assert_eq!(app.api.act(&company.manager, &path).await.expect(403).code(), "own_work");
    assert!(app.probe.events::<CourseApproved>().await.is_empty());
    let colleague = app.person(Role::CourseManager, &[company.client_id]).await;
    app.api.act(&colleague, &path).await.expect(200);
}

#[tokio::test]
async fn an_older_version_never_replaces_a_newer_published_one() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let first = format!("/v1/courses/{course}/versions/1");
    app.api.act(&company.manager, &format!("{first}/approve")).await.expect(200);
    let event = app.generated(course, company.client_id, 2, "English for the cold store").await;
    app.deliver(&event).await;
    app.fetch_all().await;
    app.approve_and_publish(&company, course, 2).await;
    let answer = app.api.act(&company.manager, &format!("{first}/publish")).await;
    assert_eq!(answer.expect(409).code(), "newer_published");
    assert_eq!(app.course(&company.manager, course).await["published_version"], 2);
}

#[tokio::test]
async fn of_two_managers_who_decide_at_once_one_wins() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let colleague = app.person(Role::CourseManager, &[company.client_id]).await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1");
    let (approve, changes) = (format!("{path}/approve"), format!("{path}/request-changes"));
    let note = json!({ "note": "No." });
    let (a, b) = tokio::join!(app.api.act(&company.manager, &approve), app.api.post(&colleague, &changes, &note));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn a_note_may_be_about_one_element_of_the_version() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1/request-changes");
    let foreign = json!({ "note": "Shorter.", "element_id": Uuid::now_v7() });
    assert_eq!(app.api.post(&company.manager, &path, &foreign).await.expect(422).code(), "validation_failed");
    let element = package::element(package::UNIT);
    let note = json!({ "note": "Shorter.", "element_id": element });
    app.api.post(&company.manager, &path, &note).await.expect(200);
    let [again] = &app.probe.events::<CourseRegenerationRequested>().await[..] else { panic!("one event") };
    assert_eq!(again.element_id, Some(element));
}

#[tokio::test]
async fn a_note_must_say_something() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/versions/1/request-changes");
    for (body, code) in [
        (json!({ "note": "  " }), "validation_failed"),
        (json!({ "note": "x".repeat(4001) }), "validation_failed"),
        (json!({ "note": "x", "urgent": true }), "unknown_field"),
        (json!({}), "missing_field"),
    ] {
        assert_eq!(app.api.post(&company.manager, &path, &body).await.expect(422).code(), code);
    }
}
