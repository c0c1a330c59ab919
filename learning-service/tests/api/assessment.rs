use events::payloads::AssessmentCompleted;
use serde_json::{Value, json};

use crate::app::{Enrolled, TEST_ITEM, TestApp};

async fn hand_in(app: &TestApp, who: &Enrolled, order: &[&str]) -> test_support::Answer {
    let body = json!({ "responses": { TEST_ITEM: { "type": "step_ordering", "order": order } } });
    app.api.post(&who.student, &format!("{}/assessment/submissions", who.path()), &body).await
}

const RIGHT: [&str; 4] = ["check", "refuse", "sign", "store"];
const WRONG: [&str; 4] = ["refuse", "check", "sign", "store"];

#[tokio::test]
async fn the_assessment_opens_when_all_lessons_are_done() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let path = format!("{}/assessment", ana.path());
    assert_eq!(app.api.get(&ana.student, &path).await.expect(409).code(), "lessons_open");
    assert_eq!(hand_in(&app, &ana, &RIGHT).await.expect(409).code(), "lessons_open");
    app.finish_lesson(&ana).await;
    let view = app.api.get(&ana.student, &path).await.expect(200).body;
    assert_eq!(view["items"][0]["id"], json!(TEST_ITEM));
    assert!(!view.to_string().contains("\"answer\""));
    app.clean().await;
}

#[tokio::test]
async fn a_passed_assessment_is_told_once_and_stays_passed() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    app.finish_lesson(&ana).await;
    let result = hand_in(&app, &ana, &RIGHT).await.expect(201).body;
    assert_eq!((&result["passed"], &result["score"]), (&json!(true), &json!(1.0)));
    assert_eq!(hand_in(&app, &ana, &RIGHT).await.expect(409).code(), "already_passed");
    assert_eq!(app.probe.events::<AssessmentCompleted>().await.len(), 1);
    let mine = app.api.get(&ana.student, "/v1/learning/courses").await.expect(200).body;
    assert_eq!(mine["items"][0]["assessment"]["passed"], json!(true));
    app.clean().await;
}

#[tokio::test]
async fn a_missed_critical_item_fails_and_the_retake_must_wait() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    app.finish_lesson(&ana).await;
    let result = hand_in(&app, &ana, &WRONG).await.expect(201).body;
    assert_eq!((&result["passed"], &result["critical_missed"]), (&json!(false), &json!([TEST_ITEM])));
    assert_eq!(hand_in(&app, &ana, &RIGHT).await.expect(409).code(), "retake_too_early");
    sqlx_yesterday(&app).await;
    assert_eq!(hand_in(&app, &ana, &RIGHT).await.expect(201).body["passed"], json!(true));
    app.clean().await;
}

/// A day passes.
async fn sqlx_yesterday(app: &TestApp) {
    sqlx::query("UPDATE assessment_submissions SET submitted_at = submitted_at - interval '25 hours'")
        .execute(&app.db.pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_item_that_is_left_out_is_wrong_and_an_unknown_one_is_refused() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    app.finish_lesson(&ana).await;
    let path = format!("{}/assessment/submissions", ana.path());
    let unknown = json!({ "responses": { "00000000-0000-0000-0000-000000000065":
        { "type": "single_choice", "choice": "8 °C" } } });
    let refused = app.api.post(&ana.student, &path, &unknown).await.expect(422);
    assert_eq!(refused.body["errors"][0]["code"], "unknown_item");
    let empty = app.api.post(&ana.student, &path, &json!({ "responses": {} })).await.expect(201).body;
    assert_eq!((&empty["passed"], &empty["score"]), (&json!(false), &json!(0.0)));
    app.clean().await;
}

#[tokio::test]
async fn two_tests_handed_in_at_once_are_one() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    app.finish_lesson(&ana).await;
    let (a, b) = tokio::join!(hand_in(&app, &ana, &WRONG), hand_in(&app, &ana, &WRONG));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let told: Vec<Value> = app.probe.events::<AssessmentCompleted>().await.iter().map(|e| json!(e.passed)).collect();
    assert_eq!(told, [json!(false)]);
    app.clean().await;
}
