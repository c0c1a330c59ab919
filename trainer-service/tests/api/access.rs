use events::payloads::{AccountChange, Role, SubmissionReceived, UserAccount};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::{Class, id},
    package::element,
};

/// Every route with an id, with a body that would be good.
async fn routes(class: &Class) -> Vec<(Method, String, Value)> {
    let new = json!({ "title": "Role-play", "starts_at": "2027-01-11T08:00:00Z", "minutes": 45 });
    let created = class.app.api.post(&class.trainer, &class.path("/sessions"), &new).await.expect(201).body;
    let session = format!("/v1/training/sessions/{}", id(&created, "session_id"));
    let submission = SubmissionReceived {
        submission_id: Uuid::now_v7(),
        student_id: class.students[0].user_id,
        client_id: class.client_id,
        course_id: class.course,
        version: 1,
        lesson_id: None,
        item_id: element(40),
        prompt: "Why?".to_owned(),
        answer: "Because.".to_owned(),
        model_answer: "Because.".to_owned(),
        rubric: Vec::new(),
        max_score: 2,
    };
    class.app.deliver(&submission).await;
    let submission = format!("/v1/training/submissions/{}", submission.submission_id);
    let entries = json!({ "entries": [{ "user_id": class.students[0].user_id, "present": true }] });
    vec![
        (Method::GET, class.path(""), Value::Null),
        (Method::GET, class.path("/materials"), Value::Null),
        (Method::GET, class.path("/roster"), Value::Null),
        (Method::GET, class.path("/sessions"), Value::Null),
        (Method::POST, class.path("/sessions"), new),
        (Method::GET, session.clone(), Value::Null),
        (Method::PATCH, session.clone(), json!({ "minutes": 60 })),
        (Method::PUT, format!("{session}/attendance"), entries),
        (Method::GET, submission.clone(), Value::Null),
        (Method::POST, format!("{submission}/grade"), json!({ "score": 1 })),
        (Method::GET, class.path("/feedback"), Value::Null),
        (Method::POST, class.path("/feedback"), json!({ "text": "Hello." })),
    ]
}

async fn status(class: &Class, token: Option<&str>, (method, path, body): &(Method, String, Value)) -> (u16, String) {
    let mut request = class.app.api.request(method.clone(), path).header("if-match", "*").json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = class.app.api.send(request).await;
    (answer.status.as_u16(), answer.code().to_owned())
}

#[tokio::test]
async fn what_is_not_assigned_is_not_found_on_any_route() {
    let class = Class::new().await;
    // A colleague without the course, and a trainer of another company.
    for clients in [[class.client_id], [Uuid::now_v7()]] {
        let other = class.app.person(Role::Trainer, &clients).await;
        for route in routes(&class).await {
            let found = status(&class, Some(&other.token), &route).await;
            assert_eq!(found, (404, "not_found".to_owned()), "{} {}", route.0, route.1);
        }
        for list in ["/v1/training/courses".to_owned(), format!("/v1/training/submissions?course_id={}", class.course)]
        {
            assert_eq!(class.app.api.get(&other, &list).await.expect(200).body["items"], json!([]));
        }
    }
}

#[tokio::test]
async fn other_roles_are_refused_on_every_route() {
    let class = Class::new().await;
    for role in [Role::Student, Role::CourseManager, Role::SalesRep, Role::Admin] {
        let person = class.app.person(role, &[class.client_id]).await;
        for route in routes(&class).await {
            let found = status(&class, Some(&person.token), &route).await;
            assert_eq!(found, (403, "forbidden".to_owned()), "{} {}", route.0, route.1);
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_a_token_or_with_a_disabled_account() {
    let class = Class::new().await;
    let routes = routes(&class).await;
    let account = class.trainer.account.clone();
    let account = UserAccount { revision: 2, change: AccountChange::Disabled, disabled: true, ..account };
    class.app.deliver(&account).await;
    for route in routes {
        assert_eq!(status(&class, None, &route).await, (401, "unauthenticated".to_owned()));
        let found = status(&class, Some(&class.trainer.token), &route).await;
        assert_eq!(found, (401, "account_disabled".to_owned()), "{} {}", route.0, route.1);
    }
}
