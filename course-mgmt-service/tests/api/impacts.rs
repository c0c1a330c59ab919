use events::{CATALOG, Event, payloads::CourseImpactReady};
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;

fn impact(course: Uuid, client: Uuid, version: u32) -> CourseImpactReady {
    let info = CATALOG.iter().find(|i| i.event_type == CourseImpactReady::TYPE).unwrap();
    let mut event: CourseImpactReady = serde_json::from_value((info.example)()).unwrap();
    (event.course_id, event.client_id, event.version) = (course, client, version);
    event
}

#[tokio::test]
async fn a_manager_sees_which_elements_a_new_sop_version_touches_and_why() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let path = format!("/v1/courses/{course}/impact");
    assert_eq!(app.api.get(&company.manager, &path).await.expect(200).body["items"], json!([]));
    let client = company.client_id;
    let envelope = app.deliver(&impact(course, client, 1)).await;
    app.redeliver(&envelope).await;
    app.deliver(&impact(course, client, 9)).await;

    let items = app.api.get(&company.manager, &path).await.expect(200).body["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1);
    let told = &items[0]["impact"];
    assert_eq!(told["lessons"][0]["elements"][0]["part"], "items");
    assert_eq!((&told["clauses"][0]["change"], &told["clauses"][0]["critical"]), (&json!("edited"), &json!(true)));
    // Nothing happens by itself.
    assert_eq!(app.course(&company.manager, course).await["versions"].as_array().unwrap().len(), 1);
    let stranger = app.company().await;
    app.api.get(&stranger.manager, &path).await.expect(404);
}

#[tokio::test]
async fn another_clients_news_is_not_shown() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    app.deliver(&impact(course, Uuid::now_v7(), 1)).await;
    let body = app.api.get(&company.manager, &format!("/v1/courses/{course}/impact")).await.expect(200).body;
    assert_eq!(body["items"], json!([]));
}
