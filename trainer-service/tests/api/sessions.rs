use events::payloads::{AssigneeRole, Role, SessionHeld, SessionScheduled};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::{Class, assigned, id},
    package::{LESSON, element},
};

fn class_on_monday() -> Value {
    json!({ "title": "Role-play", "starts_at": "2027-01-11T08:00:00Z", "minutes": 45, "place": "Room 2",
        "lesson_id": element(LESSON) })
}

async fn scheduled(class: &Class) -> Uuid {
    let answer = class.app.api.post(&class.trainer, &class.path("/sessions"), &class_on_monday()).await;
    id(&answer.expect(201).body, "session_id")
}

#[tokio::test]
async fn a_class_is_scheduled_and_its_roster_is_told() {
    let class = Class::new().await;
    let session = scheduled(&class).await;
    let [event] = &class.app.probe.events::<SessionScheduled>().await[..] else { panic!("one event") };
    assert_eq!((event.session_id, event.trainer_id), (session, class.trainer.user_id));
    assert_eq!(event.student_ids, class.students.each_ref().map(|s| s.user_id));
    let list = class.get(&class.path("/sessions")).await;
    assert_eq!(list["items"][0]["place"], "Room 2");
    let one = class.get(&format!("/v1/training/sessions/{session}")).await;
    assert_eq!((&one["minutes"], &one["held_at"], &one["attendance"]), (&json!(45), &Value::Null, &json!([])));
}

#[tokio::test]
async fn a_class_is_moved_by_who_has_read_it_last() {
    let class = Class::new().await;
    let path = format!("/v1/training/sessions/{}", scheduled(&class).await);
    let etag = class.app.api.get(&class.trainer, &path).await.expect(200).etag();
    let later = json!({ "starts_at": "2027-01-12T08:00:00Z" });
    let answer = class.app.api.patch(&class.trainer, &path, &etag, &later).await.expect(200);
    assert_eq!(answer.body["starts_at"], "2027-01-12T08:00:00Z");
    assert_eq!(answer.body["title"], "Role-play");
    assert_ne!(answer.etag(), etag);
    assert_eq!(class.app.api.patch(&class.trainer, &path, &etag, &later).await.expect(412).code(), "changed_meanwhile");
    let bare = class.app.api.request(Method::PATCH, &path).bearer_auth(&class.trainer.token).json(&later);
    assert_eq!(class.app.api.send(bare).await.expect(428).code(), "if_match_required");
    assert_eq!(class.app.probe.events::<SessionScheduled>().await.len(), 2);
}

#[tokio::test]
async fn attendance_is_taken_corrected_and_told() {
    let class = Class::new().await;
    let path = format!("/v1/training/sessions/{}", scheduled(&class).await);
    let [ana, ben] = class.students.each_ref().map(|s| s.user_id);
    let list = |present: bool| json!({ "entries": [{ "user_id": ana, "present": true }, { "user_id": ben, "present": present }] });
    let attendance = format!("{path}/attendance");
    let body = class.app.api.put(&class.trainer, &attendance, &list(false)).await.expect(200).body;
    assert_eq!(body["attendance"][1]["present"], false);
    assert_ne!(body["held_at"], Value::Null);
    // The same again: nothing new to tell.
    class.app.api.put(&class.trainer, &attendance, &list(false)).await.expect(200);
    class.app.api.put(&class.trainer, &attendance, &list(true)).await.expect(200);
    let told: Vec<_> =
        class.app.probe.events::<SessionHeld>().await.into_iter().map(|e| (e.present, e.absent)).collect();
    assert_eq!(told, [(vec![ana], vec![ben]), (vec![ana, ben], vec![])]);
    let etag = class.app.api.get(&class.trainer, &path).await.expect(200).etag();
    let answer = class.app.api.patch(&class.trainer, &path, &etag, &json!({ "minutes": 60 })).await;
    assert_eq!(answer.expect(409).code(), "already_held");
}

#[tokio::test]
async fn only_students_of_the_course_were_in_class() {
    let class = Class::new().await;
    let path = format!("/v1/training/sessions/{}/attendance", scheduled(&class).await);
    let ana = class.students[0].user_id;
    let stranger = class.app.person(Role::Student, &[class.client_id]).await.user_id;
    for (entries, code) in [
        (json!([{ "user_id": stranger, "present": true }]), "not_on_roster"),
        (json!([{ "user_id": ana, "present": true }, { "user_id": ana, "present": false }]), "duplicate"),
        (json!([]), "invalid"),
    ] {
        let answer = class.app.api.put(&class.trainer, &path, &json!({ "entries": entries })).await.expect(422);
        assert_eq!(answer.body["errors"][0]["code"], code);
    }
    assert!(class.app.probe.events::<SessionHeld>().await.is_empty());
}

#[tokio::test]
async fn a_repeated_request_schedules_one_class() {
    let class = Class::new().await;
    let path = class.path("/sessions");
    let send = || {
        let request = class.app.api.request(Method::POST, &path).bearer_auth(&class.trainer.token);
        class.app.api.send(request.header("idempotency-key", "monday").json(&class_on_monday()))
    };
    let (a, b) = tokio::join!(send(), send());
    assert_eq!(a.expect(201).body, b.expect(201).body);
    assert_eq!(class.app.probe.events::<SessionScheduled>().await.len(), 1);
}

#[tokio::test]
async fn a_class_needs_sensible_data() {
    let class = Class::new().await;
    for (field, value) in [
        ("title", json!(" ")),
        ("title", json!("x".repeat(201))),
        ("title", json!("nul\u{0}")),
        ("minutes", json!(0)),
        ("minutes", json!("45")),
        ("starts_at", json!("2999-01-01T00:00:00Z")),
        ("starts_at", json!("tomorrow")),
        ("lesson_id", json!(element(77))),
        ("extra", json!(1)),
    ] {
        let mut body = class_on_monday();
        body[field] = value;
        class.app.api.post(&class.trainer, &class.path("/sessions"), &body).await.expect(422);
    }
}

#[tokio::test]
async fn a_second_trainer_of_the_course_can_stand_in() {
    let class = Class::new().await;
    let path = format!("/v1/training/sessions/{}/attendance", scheduled(&class).await);
    let colleague = class.app.person(Role::Trainer, &[class.client_id]).await;
    let body = json!({ "entries": [{ "user_id": class.students[0].user_id, "present": true }] });
    class.app.api.put(&colleague, &path, &body).await.expect(404);
    let published = class.app.published(class.course, class.client_id, 1).await;
    class.app.deliver(&assigned(&published, colleague.user_id, AssigneeRole::Trainer)).await;
    class.app.api.put(&colleague, &path, &body).await.expect(200);
}
