use events::payloads::{FeedbackSubmitted, Role};
use serde_json::json;

use crate::app::Class;

#[tokio::test]
async fn feedback_goes_to_a_learner_or_is_about_the_course() {
    let class = Class::new().await;
    let ana = class.students[0].user_id;
    let path = class.path("/feedback");
    let body = json!({ "text": "Your alarms are perfect.", "student_id": ana });
    class.app.api.post(&class.trainer, &path, &body).await.expect(201);
    class.app.api.post(&class.trainer, &path, &json!({ "text": "Lesson 2 is long." })).await.expect(201);
    let told: Vec<_> =
        class.app.probe.events::<FeedbackSubmitted>().await.into_iter().map(|e| (e.to, e.from_role)).collect();
    assert_eq!(told, [(Some(ana), Role::Trainer), (None, Role::Trainer)]);
    let list = class.get(&path).await;
    assert_eq!(list["items"][0]["text"], "Lesson 2 is long.");
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn only_own_students_get_feedback() {
    let class = Class::new().await;
    let stranger = class.app.person(Role::Student, &[class.client_id]).await.user_id;
    let body = json!({ "text": "Hello.", "student_id": stranger });
    let answer = class.app.api.post(&class.trainer, &class.path("/feedback"), &body).await.expect(422);
    assert_eq!(answer.body["errors"][0]["code"], "not_on_roster");
    class.app.api.post(&class.trainer, &class.path("/feedback"), &json!({ "text": "" })).await.expect(422);
    assert!(class.app.probe.events::<FeedbackSubmitted>().await.is_empty());
}
