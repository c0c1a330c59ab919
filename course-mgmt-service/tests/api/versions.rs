use course_format::{course::CoursePackage, package_bytes, sha256_hex};
use uuid::Uuid;

use crate::{app::TestApp, package};

#[tokio::test]
async fn a_generated_version_is_in_review_with_its_content() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let body = app.course(&company.manager, course).await;
    assert_eq!(body["state"], "in_review");
    assert_eq!(body["version"], 1);
    assert_eq!(body["level"], "B1");
    assert_eq!(body["versions"][0]["content_state"], "ready");
    assert_eq!(body["quality"]["author"], "rules-author 0.1.0");
    let answer = app.api.get(&company.manager, &format!("/v1/courses/{course}/versions/1")).await.expect(200);
    let mut expected = package::course(course, company.client_id, "English for the cold store");
    expected.course.hours = 1.0;
    let content: CoursePackage = serde_json::from_value(answer.body["content"].clone()).unwrap();
    assert_eq!(content, expected);
}

#[tokio::test]
async fn the_same_event_twice_makes_one_version() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let event = app.generated(course, company.client_id, 1, "Twice").await;
    let envelope = app.deliver(&event).await;
    app.redeliver(&envelope).await;
    app.deliver(&event).await;
    app.fetch_all().await;
    assert_eq!(app.course(&company.manager, course).await["versions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_older_version_that_comes_late_does_not_become_the_newest() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    for version in [2, 1] {
        let event = app.generated(course, company.client_id, version, &format!("Version {version}")).await;
        app.deliver(&event).await;
    }
    app.fetch_all().await;
    let body = app.course(&company.manager, course).await;
    assert_eq!((&body["version"], &body["title"]), (&2.into(), &"Version 2".into()));
    let approve = format!("/v1/courses/{course}/versions/1/approve");
    assert_eq!(app.api.act(&company.manager, &approve).await.expect(409).code(), "superseded");
}

#[tokio::test]
async fn a_package_that_is_not_the_announced_one_is_broken_and_says_why() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let mut event = app.generated(course, company.client_id, 1, "Changed on the way").await;
    event.package.sha256 = sha256_hex(b"something else");
    app.deliver(&event).await;
    let path = format!("/v1/courses/{course}/versions/1");
    assert_eq!(app.api.get(&company.manager, &path).await.expect(409).code(), "content_not_ready");
    app.fetch_all().await;
    let answer = app.api.get(&company.manager, &path).await.expect(409);
    assert_eq!(answer.code(), "content_broken");
    assert!(answer.body["detail"].as_str().unwrap().contains("SHA-256"));
    assert_eq!(app.api.act(&company.manager, &format!("{path}/approve")).await.expect(409).code(), "content_broken");
    let note = serde_json::json!({ "note": "The content is broken." });
    app.api.post(&company.manager, &format!("{path}/request-changes"), &note).await.expect(200);
}

#[tokio::test]
async fn a_package_that_breaks_the_formats_rules_is_broken() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let mut event = app.generated(course, company.client_id, 1, "No keys").await;
    let mut package = package::course(course, company.client_id, "No keys");
    package.keys.0.clear();
    event.package = app.upload(course, package_bytes(&package).unwrap()).await;
    app.deliver(&event).await;
    app.fetch_all().await;
    let version = &app.course(&company.manager, course).await["versions"][0];
    assert_eq!(version["content_state"], "broken");
    assert!(version["content_fault"].as_str().unwrap().contains("key_missing"), "{version}");
}

#[tokio::test]
async fn a_package_of_another_course_is_broken() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let mut event = app.generated(course, company.client_id, 1, "Mixed up").await;
    event.package = app.generated(Uuid::now_v7(), Uuid::now_v7(), 1, "Somebody else's").await.package;
    app.deliver(&event).await;
    app.fetch_all().await;
    assert_eq!(app.course(&company.manager, course).await["versions"][0]["content_state"], "broken");
}

#[tokio::test]
async fn a_package_that_is_not_there_yet_is_fetched_later() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = Uuid::now_v7();
    let mut event = app.generated(course, company.client_id, 1, "Late").await;
    let prefix = std::mem::replace(&mut event.package.prefix, format!("courses/{course}/nowhere"));
    app.deliver(&event).await;
    app.fetch_all().await;
    assert_eq!(app.course(&company.manager, course).await["versions"][0]["content_state"], "pending");
    sqlx::query("UPDATE versions SET prefix = $1").bind(prefix).execute(&app.db.pool).await.unwrap();
    sqlx::query("UPDATE fetches SET run_after = now()").execute(&app.db.pool).await.unwrap();
    app.fetch_all().await;
    assert_eq!(app.course(&company.manager, course).await["versions"][0]["content_state"], "ready");
}

#[tokio::test]
async fn courses_are_listed_by_state_page_by_page() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let published = app.published(&company).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(app.in_review(&company).await.to_string());
    }
    open.reverse();
    let first = app.api.get(&company.manager, "/v1/courses?state=in_review&limit=2").await.expect(200).body;
    let cursor = first["next_cursor"].as_str().unwrap();
    let path = format!("/v1/courses?state=in_review&limit=2&cursor={cursor}");
    let second = app.api.get(&company.manager, &path).await.expect(200).body;
    assert_eq!(second["next_cursor"], serde_json::Value::Null);
    let items = first["items"].as_array().unwrap().iter().chain(second["items"].as_array().unwrap());
    assert_eq!(items.map(|c| c["course_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), open);
    let list = app.api.get(&company.manager, "/v1/courses?state=published").await.expect(200).body;
    assert_eq!(list["items"][0]["course_id"], published.to_string());
    assert_eq!(app.api.get(&company.manager, "/v1/courses?cursor=x").await.expect(400).code(), "bad_cursor");
    assert_eq!(app.api.get(&company.manager, "/v1/courses?state=lost").await.expect(400).code(), "bad_query");
}
