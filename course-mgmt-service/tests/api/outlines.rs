use events::{
    CATALOG, Event,
    payloads::{CourseOutlineApproved, CourseOutlineReady},
};
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;

fn outline(client: Uuid) -> CourseOutlineReady {
    let info = CATALOG.iter().find(|i| i.event_type == CourseOutlineReady::TYPE).unwrap();
    let mut event: CourseOutlineReady = serde_json::from_value((info.example)()).unwrap();
    (event.course_id, event.client_id) = (Uuid::now_v7(), client);
    let mut second = event.units[0].plans[0].clone();
    (second.lesson_id, second.number, second.safety) = (Uuid::now_v7(), 2, false);
    event.units[0].plans.push(second);
    event
}

#[tokio::test]
async fn a_manager_sees_the_outline_and_approves_it_once() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let waiting = outline(company.client_id);
    let envelope = app.deliver(&waiting).await;
    app.redeliver(&envelope).await;
    let path = format!("/v1/courses/{}/outline", waiting.course_id);
    let list = app.api.get(&company.manager, "/v1/outlines").await.expect(200).body;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let shown = app.api.get(&company.manager, &path).await.expect(200).body;
    assert_eq!((&shown["minutes"], &shown["units"][0]["lessons"][0]["safety"]), (&json!(100), &json!(true)));
    assert_eq!(shown["left_out"][0]["reason"], "about the document itself");

    let second = waiting.units[0].plans[1].lesson_id;
    let wish = json!({ "order": [second] });
    app.api.post(&company.manager, &format!("{path}/approve"), &wish).await.expect(200);
    app.api.post(&company.manager, &format!("{path}/approve"), &json!({})).await.expect(409);
    app.redeliver(&envelope).await;
    let told = app.probe.events::<CourseOutlineApproved>().await;
    assert_eq!((told.len(), told[0].version, told[0].order.as_slice()), (1, 1, [second].as_slice()));
    assert_eq!(app.api.get(&company.manager, "/v1/outlines").await.expect(200).body["items"], json!([]));
}

#[tokio::test]
async fn safety_is_dropped_only_with_a_reason_and_something_is_left() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let waiting = outline(company.client_id);
    app.deliver(&waiting).await;
    let path = format!("/v1/courses/{}/outline/approve", waiting.course_id);
    let (safety, other) = (waiting.units[0].plans[0].lesson_id, waiting.units[0].plans[1].lesson_id);
    for wish in [
        json!({ "dropped": [{ "lesson_id": safety }] }),
        json!({ "dropped": [{ "lesson_id": safety, "reason": "No." }, { "lesson_id": other }] }),
        json!({ "dropped": [{ "lesson_id": Uuid::now_v7() }] }),
        json!({ "order": [other, other] }),
    ] {
        app.api.post(&company.manager, &path, &wish).await.expect(422);
    }
    let wish = json!({ "dropped": [{ "lesson_id": safety, "reason": "Trained on the job." }] });
    app.api.post(&company.manager, &path, &wish).await.expect(200);
    let told = app.probe.events::<CourseOutlineApproved>().await.remove(0);
    assert_eq!(told.dropped[0].reason, "Trained on the job.");
}

#[tokio::test]
async fn another_clients_outline_does_not_exist() {
    let app = TestApp::spawn().await;
    let (company, stranger) = (app.company().await, app.company().await);
    let waiting = outline(company.client_id);
    app.deliver(&waiting).await;
    let path = format!("/v1/courses/{}/outline", waiting.course_id);
    app.api.get(&stranger.manager, &path).await.expect(404);
    app.api.post(&stranger.manager, &format!("{path}/approve"), &json!({})).await.expect(404);
    let mut announced = outline(company.client_id);
    announced.awaits_approval = false;
    app.deliver(&announced).await;
    app.api.get(&company.manager, &format!("/v1/courses/{}/outline", announced.course_id)).await.expect(404);
}
