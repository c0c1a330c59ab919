use events::payloads::{FeedbackSubmitted, SubmissionGraded, SubmissionReceived};
use serde_json::json;
use uuid::Uuid;

use crate::app::{CHOICE, GAP, LESSON, SHORT, TEST_ITEM, TestApp};

#[tokio::test]
async fn an_answer_is_graded_with_the_clause_that_decides_it() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let wrong = app.answer(&ana, CHOICE, &json!({ "type": "single_choice", "choice": "20 °C" })).await.expect(201).body;
    assert_eq!((&wrong["score"], &wrong["verdict"]), (&json!(0.0), &json!("wrong")));
    let quote = wrong["feedback"]["quotes"][0]["text"].as_str().unwrap();
    assert!(quote.contains("8 °C"), "{quote}");
    let right = app.answer(&ana, CHOICE, &json!({ "type": "single_choice", "choice": "8 °C" })).await.expect(201).body;
    assert_eq!(right["score"], json!(1.0));
    let past = app.api.get(&ana.student, &format!("{}/items/{CHOICE}/attempts", ana.path())).await.expect(200).body;
    let verdicts: Vec<_> = past["items"].as_array().unwrap().iter().map(|a| a["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["correct", "wrong"]);
    app.clean().await;
}

#[tokio::test]
async fn a_slip_of_the_finger_is_forgiven_and_said() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let response = json!({ "type": "gap", "entries": { "g1": "Thermometr " } });
    let answer = app.answer(&ana, GAP, &response).await.expect(201).body;
    assert_eq!(answer["score"], json!(1.0));
    assert_eq!(answer["notes"][0]["kind"], "spelling_forgiven");
    app.clean().await;
}

#[tokio::test]
async fn evidence_names_the_clause_once_however_often_it_is_shown() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    for _ in 0..3 {
        app.answer(&ana, CHOICE, &json!({ "type": "single_choice", "choice": "8 °C" })).await.expect(201);
    }
    let evidence = app.api.get(&ana.student, "/v1/learning/evidence").await.expect(200).body;
    let [one] = &evidence["items"].as_array().unwrap()[..] else { panic!("{evidence}") };
    assert_eq!((&one["level"], &one["item_id"]), (&json!("B1"), &json!(CHOICE)));
    assert_eq!(one["sop_version"], json!(1));
    app.clean().await;
}

#[tokio::test]
async fn an_open_answer_goes_to_the_trainer_and_comes_back_with_a_grade() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let response = json!({ "type": "short_answer", "text": "I check it with the probe thermometer." });
    let given = app.answer(&ana, SHORT, &response).await.expect(201).body;
    assert_eq!((&given["pending"], &given["feedback"]["quotes"]), (&json!(true), &json!([])));
    let received = app.probe.events::<SubmissionReceived>().await;
    let [submission] = &received[..] else { panic!("{received:?}") };
    assert_eq!(json!(submission.submission_id), given["attempt_id"]);
    assert!(!submission.rubric.is_empty());
    let graded = SubmissionGraded {
        submission_id: submission.submission_id,
        course_id: ana.course,
        client_id: submission.client_id,
        student_id: ana.student.user_id,
        item_id: submission.item_id,
        score: submission.max_score,
        max_score: submission.max_score,
        comment: Some("Clear.".to_owned()),
        graded_by: Uuid::now_v7(),
    };
    app.deliver(&graded).await;
    app.deliver(&SubmissionGraded { score: 0, ..graded }).await;
    let past = app.api.get(&ana.student, &format!("{}/items/{SHORT}/attempts", ana.path())).await.expect(200).body;
    let attempt = &past["items"][0];
    assert_eq!((&attempt["score"], &attempt["comment"]), (&json!(1.0), &json!("Clear.")), "the first grade stands");
    let evidence = app.api.get(&ana.student, "/v1/learning/evidence").await.expect(200).body;
    assert_eq!(evidence["items"][0]["item_id"], json!(SHORT));
    app.clean().await;
}

#[tokio::test]
async fn hostile_answers_are_refused_and_leave_nothing() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    for (item, response) in [
        (CHOICE, json!({ "type": "single_choice", "choice": "7 °C" })),
        (CHOICE, json!({ "type": "gap", "entries": { "g1": "x" } })),
        (GAP, json!({ "type": "gap", "entries": { "g1": "x".repeat(5000) } })),
        (GAP, json!({ "type": "gap", "entries": {} })),
        (SHORT, json!({ "type": "short_answer", "text": "no" })),
        (CHOICE, json!({ "type": "single_choice", "choice": "8 °C", "score": 1 })),
    ] {
        app.answer(&ana, item, &response).await.expect(422);
    }
    for item in [TEST_ITEM, LESSON] {
        app.answer(&ana, item, &json!({ "type": "single_choice", "choice": "8 °C" })).await.expect(404);
    }
    let past = app.api.get(&ana.student, &format!("{}/items/{CHOICE}/attempts", ana.path())).await.expect(200).body;
    assert_eq!(past["items"], json!([]));
    app.clean().await;
}

#[tokio::test]
async fn too_many_answers_in_a_minute_are_slowed_down() {
    let app = TestApp::with_limit(3).await;
    let ana = app.enrol().await;
    let response = json!({ "type": "single_choice", "choice": "8 °C" });
    for _ in 0..3 {
        app.answer(&ana, CHOICE, &response).await.expect(201);
    }
    let refused = app.answer(&ana, CHOICE, &response).await.expect(429);
    assert_eq!(refused.code(), "too_many_attempts");
    let wait: u32 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    app.answer(&app.enrol().await, CHOICE, &response).await.expect(201);
    app.clean().await;
}

#[tokio::test]
async fn feedback_reaches_the_course_managers() {
    let app = TestApp::spawn().await;
    let ana = app.enrol().await;
    let path = format!("{}/feedback", ana.path());
    let body = json!({ "text": "The second exercise is hard.", "lesson_id": LESSON });
    app.api.post(&ana.student, &path, &body).await.expect(201);
    let told = app.probe.events::<FeedbackSubmitted>().await;
    assert_eq!((told[0].from, told[0].to), (ana.student.user_id, None));
    let unknown = json!({ "text": "Which one?", "lesson_id": Uuid::now_v7() });
    app.api.post(&ana.student, &path, &unknown).await.expect(422);
    app.clean().await;
}
