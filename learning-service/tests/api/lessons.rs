use events::payloads::{LearningStarted, LessonCompleted};
use serde_json::json;

use crate::app::{CHOICE, GAP, LESSON, TestApp};

#[tokio::test]
async fn a_lesson_holds_no_key_and_no_trainers_note() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    for _ in 0..2 {
        // The second time it comes from Redis.
        let answer = app.api.get(&ana.student, &format!("{}/lessons/{LESSON}", ana.path())).await.expect(200);
        let text = answer.body.to_string();
        for secret in ["\"answer\"", "rationale", "accepted", "trainer_notes", "rubric", "\"exact\""] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert_eq!(answer.body["lesson"]["id"], json!(LESSON));
    }
    app.clean().await;
}

#[tokio::test]
async fn opening_the_first_lesson_starts_the_course_once() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    for _ in 0..3 {
        app.api.get(&ana.student, &format!("{}/lessons/{LESSON}", ana.path())).await.expect(200);
    }
    assert_eq!(app.probe.events::<LearningStarted>().await.len(), 1);
    app.clean().await;
}

#[tokio::test]
async fn a_lesson_is_complete_when_every_item_has_an_answer_and_that_is_told_once() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let path = format!("{}/lessons/{LESSON}/complete", ana.path());
    let open = app.api.act(&ana.student, &path).await.expect(409);
    assert_eq!(open.code(), "items_open");
    assert_eq!(open.body["errors"].as_array().unwrap().len(), 19);
    let done = app.finish_lesson(&ana).await;
    assert_eq!(done["score"], json!(1.0), "the open answer waits and counts neither way");
    app.api.act(&ana.student, &path).await.expect(200);
    let told = app.probe.events::<LessonCompleted>().await;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].number, told[0].of), (1, 1));
    let progress = app.api.get(&ana.student, &format!("{}/progress", ana.path())).await.expect(200).body;
    assert_eq!(progress["lessons"][0]["state"], "completed");
    app.clean().await;
}

#[tokio::test]
async fn a_student_goes_on_where_they_were() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let detail = app.api.get(&ana.student, &ana.path()).await.expect(200).body;
    assert_eq!(detail["resume"], json!({ "lesson_id": LESSON, "item_id": null }));
    assert_eq!(detail["units"][0]["lessons"][0]["state"], "open");
    let response = json!({ "type": "gap", "entries": { "g1": "thermometer" } });
    app.answer(&ana, GAP, &response).await.expect(201);
    let detail = app.api.get(&ana.student, &ana.path()).await.expect(200).body;
    assert_eq!(detail["resume"], json!({ "lesson_id": LESSON, "item_id": GAP }));
    assert_eq!(detail["units"][0]["lessons"][0]["state"], "started");
    app.finish_lesson(&ana).await;
    let detail = app.api.get(&ana.student, &ana.path()).await.expect(200).body;
    assert_eq!(detail["resume"], json!(null));
    app.clean().await;
}

#[tokio::test]
async fn a_better_score_later_counts_and_a_worse_one_does_not() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let wrong = json!({ "type": "single_choice", "choice": "5 °C" });
    app.answer(&ana, CHOICE, &wrong).await.expect(201);
    app.finish_lesson(&ana).await;
    app.answer(&ana, CHOICE, &wrong).await.expect(201);
    let again = app.api.act(&ana.student, &format!("{}/lessons/{LESSON}/complete", ana.path())).await.expect(200);
    assert_eq!(again.body["score"], json!(1.0));
    app.clean().await;
}
