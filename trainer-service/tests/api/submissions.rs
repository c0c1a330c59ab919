use course_format::course::RubricPoint;
use events::payloads::{SubmissionGraded, SubmissionReceived};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::{Class, id},
    package::element,
};

fn received(class: &Class, answer: &str) -> SubmissionReceived {
    let point = |description: &str, token: &str| RubricPoint {
        description: description.to_owned(),
        tokens: vec![token.to_owned()],
        points: 1,
    };
    SubmissionReceived {
        submission_id: Uuid::now_v7(),
        student_id: class.students[0].user_id,
        client_id: class.client_id,
        course_id: class.course,
        version: 1,
        lesson_id: None,
        item_id: element(40),
        prompt: "What do you do before you enter the cold store?".to_owned(),
        answer: answer.to_owned(),
        model_answer: "I put on gloves and close the door.".to_owned(),
        rubric: vec![point("Gloves", "glove"), point("The door", "close")],
        max_score: 4,
    }
}

#[tokio::test]
async fn an_open_answer_waits_with_a_suggested_score() {
    let class = Class::new().await;
    let event = received(&class, "I wear my gloves.");
    let envelope = class.app.deliver(&event).await;
    class.app.redeliver(&envelope).await;
    let list = class.get("/v1/training/submissions?state=open").await;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let item = &list["items"][0];
    assert_eq!((&item["suggested_score"], &item["max_score"]), (&json!(2), &json!(4)));
    assert_eq!(item["found"][0]["description"], "Gloves");
    assert_eq!(item["student_name"], class.students[0].account.display_name);
    assert_eq!(class.get(&class.path("")).await["open_submissions"], 1);
}

#[tokio::test]
async fn a_grade_is_given_once_and_told() {
    let class = Class::new().await;
    let event = received(&class, "I close the door.");
    class.app.deliver(&event).await;
    let path = format!("/v1/training/submissions/{}", event.submission_id);
    let grade = format!("{path}/grade");
    let body = json!({ "score": 3, "comment": "Good.\nMind the gloves." });
    let graded = class.app.api.post(&class.trainer, &grade, &body).await.expect(200).body;
    assert_eq!((&graded["state"], &graded["score"]), (&json!("graded"), &json!(3)));
    assert_eq!(class.app.api.post(&class.trainer, &grade, &body).await.expect(409).code(), "already_graded");
    let [told] = &class.app.probe.events::<SubmissionGraded>().await[..] else { panic!("one event") };
    assert_eq!((told.score, told.max_score, told.graded_by), (3, 4, class.trainer.user_id));
    assert_eq!((told.student_id, told.item_id), (event.student_id, event.item_id));
    assert_eq!(class.get("/v1/training/submissions?state=open").await["items"], json!([]));
    let list = class.get(&format!("/v1/training/submissions?state=graded&course_id={}", class.course)).await;
    assert_eq!(id(&list["items"][0], "submission_id"), event.submission_id);
    // A late repetition of the event does not open the answer again.
    class.app.deliver(&event).await;
    assert_eq!(class.get(&path).await["state"], "graded");
}

#[tokio::test]
async fn of_two_grades_at_once_one_counts() {
    let class = Class::new().await;
    let event = received(&class, "I close the door.");
    class.app.deliver(&event).await;
    let path = format!("/v1/training/submissions/{}/grade", event.submission_id);
    let (one, two) = (json!({ "score": 1 }), json!({ "score": 2 }));
    let (a, b) =
        tokio::join!(class.app.api.post(&class.trainer, &path, &one), class.app.api.post(&class.trainer, &path, &two));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(class.app.probe.events::<SubmissionGraded>().await.len(), 1);
}

#[tokio::test]
async fn a_score_lies_between_nothing_and_the_maximum() {
    let class = Class::new().await;
    let event = received(&class, "I close the door.");
    class.app.deliver(&event).await;
    let path = format!("/v1/training/submissions/{}/grade", event.submission_id);
    for score in [json!(5), json!(-1), json!(1.5), Value::Null] {
        class.app.api.post(&class.trainer, &path, &json!({ "score": score })).await.expect(422);
    }
    assert!(class.app.probe.events::<SubmissionGraded>().await.is_empty());
    class.app.api.post(&class.trainer, &path, &json!({ "score": 0 })).await.expect(200);
}

#[tokio::test]
async fn an_answer_under_another_clients_name_stays_unseen() {
    let class = Class::new().await;
    let event = SubmissionReceived { client_id: Uuid::now_v7(), ..received(&class, "I close the door.") };
    class.app.deliver(&event).await;
    assert_eq!(class.get("/v1/training/submissions").await["items"], json!([]));
    let path = format!("/v1/training/submissions/{}", event.submission_id);
    class.app.api.get(&class.trainer, &path).await.expect(404);
}

#[tokio::test]
async fn the_queue_comes_page_by_page() {
    let class = Class::new().await;
    let mut wanted = Vec::new();
    for n in 0..5 {
        let event = received(&class, &format!("Answer {n}"));
        class.app.deliver(&event).await;
        wanted.insert(0, event.submission_id);
    }
    let (mut found, mut path) = (Vec::new(), "/v1/training/submissions?limit=2".to_owned());
    loop {
        let page = class.get(&path).await;
        found.extend(page["items"].as_array().unwrap().iter().map(|s| id(s, "submission_id")));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/training/submissions?limit=2&cursor={cursor}");
    }
    assert_eq!(found, wanted);
}
