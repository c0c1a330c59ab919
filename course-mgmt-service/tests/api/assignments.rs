use events::payloads::{AccountChange, AssigneeRole, CourseAssigned, CourseUnassigned, Role, UserAccount};
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;

#[tokio::test]
async fn trainers_and_students_are_assigned_with_one_event_each() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    let path = format!("/v1/courses/{course}/assignments");
    let trainer = app.person(Role::Trainer, &[company.client_id]).await;
    let (ana, ben) =
        (app.person(Role::Student, &[company.client_id]).await, app.person(Role::Student, &[company.client_id]).await);
    let body = json!({ "user_ids": [trainer.user_id], "role": "trainer" });
    app.api.post(&company.manager, &path, &body).await.expect(201);
    let body =
        json!({ "user_ids": [ana.user_id, ben.user_id, ana.user_id], "role": "student", "due_on": "2099-01-31" });
    let items = app.api.post(&company.manager, &path, &body).await.expect(201).body["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2);
    assert_eq!(items[0]["display_name"], ana.account.display_name);
    let events = app.probe.events::<CourseAssigned>().await;
    let told: Vec<_> = events.iter().map(|e| (e.user_id, e.role)).collect();
    let (teach, learn) = (AssigneeRole::Trainer, AssigneeRole::Student);
    assert_eq!(told, [(trainer.user_id, teach), (ana.user_id, learn), (ben.user_id, learn)]);
    assert_eq!(events[1].due_on.unwrap().to_string(), "2099-01-31");
    assert_eq!(events[1].assigned_by, company.manager.user_id);

    // Again: the same assignments, no further events.
    assert_eq!(app.api.post(&company.manager, &path, &body).await.expect(201).body["items"], items);
    assert_eq!(app.probe.events::<CourseAssigned>().await.len(), 3);
    let list = app.api.get(&company.manager, &path).await.expect(200).body;
    assert_eq!(list["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn only_people_of_the_client_with_the_role_can_be_assigned() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    let path = format!("/v1/courses/{course}/assignments");
    let student = app.person(Role::Student, &[company.client_id]).await;
    let stranger = app.person(Role::Student, &[Uuid::now_v7()]).await;
    let gone = app.person(Role::Student, &[company.client_id]).await;
    let account = UserAccount { revision: 2, change: AccountChange::Disabled, disabled: true, ..gone.account.clone() };
    app.deliver(&account).await;
    let people = [student.user_id, stranger.user_id, company.manager.user_id, gone.user_id, Uuid::now_v7()];
    let body = json!({ "user_ids": people, "role": "student" });
    let answer = app.api.post(&company.manager, &path, &body).await.expect(422);
    let fields: Vec<_> =
        answer.body["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["user_ids[1]", "user_ids[2]", "user_ids[3]", "user_ids[4]"]);
    assert!(app.probe.events::<CourseAssigned>().await.is_empty());
    for body in [
        json!({ "user_ids": [], "role": "student" }),
        json!({ "user_ids": [student.user_id], "role": "admin" }),
        json!({ "user_ids": [student.user_id], "role": "student", "due_on": "2020-01-01" }),
    ] {
        app.api.post(&company.manager, &path, &body).await.expect(422);
    }
}

#[tokio::test]
async fn only_a_published_course_can_be_assigned() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.in_review(&company).await;
    let student = app.person(Role::Student, &[company.client_id]).await;
    let body = json!({ "user_ids": [student.user_id], "role": "student" });
    let answer = app.api.post(&company.manager, &format!("/v1/courses/{course}/assignments"), &body).await;
    assert_eq!(answer.expect(409).code(), "not_published");
}

#[tokio::test]
async fn an_assignment_is_taken_back_and_may_be_given_again() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    let path = format!("/v1/courses/{course}/assignments");
    let student = app.person(Role::Student, &[company.client_id]).await;
    let body = json!({ "user_ids": [student.user_id], "role": "student" });
    let first =
        app.api.post(&company.manager, &path, &body).await.expect(201).body["items"][0]["assignment_id"].clone();
    let one = format!("{path}/{}", first.as_str().unwrap());
    app.api.delete(&company.manager, &one).await.expect(204);
    app.api.delete(&company.manager, &one).await.expect(404);
    let [event] = &app.probe.events::<CourseUnassigned>().await[..] else { panic!("one event") };
    assert_eq!((event.user_id, event.client_id), (student.user_id, company.client_id));
    let second =
        app.api.post(&company.manager, &path, &body).await.expect(201).body["items"][0]["assignment_id"].clone();
    assert_ne!(first, second);
}
