use events::payloads::{AssigneeRole, CourseUnassigned, Role};
use serde_json::json;

use crate::app::{CHOICE, LESSON, TestApp};

#[tokio::test]
async fn a_student_sees_only_courses_that_they_were_given() {
    let app = TestApp::spawn().await;
    let (ana, ben) = (app.enrol().await, app.enrol().await);
    let mine = app.api.get(&ana.student, "/v1/learning/courses").await.expect(200).body;
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    assert_eq!(mine["items"][0]["course_id"], json!(ana.course));
    for path in [
        String::new(),
        "/progress".into(),
        "/assessment".into(),
        format!("/lessons/{LESSON}"),
        format!("/items/{CHOICE}/attempts"),
    ] {
        app.api.get(&ben.student, &format!("{}{path}", ana.path())).await.expect(404);
    }
    app.api.act(&ben.student, &format!("{}/lessons/{LESSON}/complete", ana.path())).await.expect(404);
    let body = json!({ "text": "Good" });
    app.api.post(&ben.student, &format!("{}/feedback", ana.path()), &body).await.expect(404);
    app.clean().await;
}

#[tokio::test]
async fn a_trainer_is_no_student() {
    let app = TestApp::spawn().await;
    let trainer = test_support::person(&app.db.pool, &app.issuer, Role::Trainer, &[]).await;
    app.api.get(&trainer, "/v1/learning/courses").await.expect(403);
    app.clean().await;
}

#[tokio::test]
async fn a_trainers_assignment_enrols_nobody() {
    let app = TestApp::spawn().await;
    let student = app.student().await;
    let mut assigned = app.assignment().await;
    (assigned.user_id, assigned.role) = (student.user_id, AssigneeRole::Trainer);
    app.deliver(&assigned).await;
    let mine = app.api.get(&student, "/v1/learning/courses").await.expect(200).body;
    assert_eq!(mine["items"], json!([]));
    app.clean().await;
}

#[tokio::test]
async fn a_course_that_was_taken_back_is_gone_whichever_event_came_first() {
    let app = TestApp::spawn().await;
    let student = app.student().await;
    for unassigned_first in [false, true] {
        let mut assigned = app.assignment().await;
        assigned.user_id = student.user_id;
        let unassigned = CourseUnassigned {
            assignment_id: assigned.assignment_id,
            course_id: assigned.course_id,
            client_id: assigned.client_id,
            user_id: student.user_id,
            role: AssigneeRole::Student,
        };
        if unassigned_first {
            app.deliver(&unassigned).await;
        }
        app.deliver(&assigned).await;
        app.deliver(&unassigned).await;
        app.api.get(&student, &format!("/v1/learning/courses/{}", assigned.course_id)).await.expect(404);
    }
    app.clean().await;
}
