use chrono::Utc;
use events::payloads::{NotificationDelivered, NotificationFailed, Role};
use notification_service::channels::SendError;
use serde_json::json;

use crate::{
    app::{TestApp, pairs},
    channels::not_now,
    settings::{graded, scheduled},
};

#[tokio::test]
async fn a_throttled_mail_is_tried_again_later() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.sent.refuse([not_now()]);
    app.tell(&graded(ana.user_id)).await;
    let mail = app.deliveries(ana.user_id).await.remove(0);
    assert_eq!((mail.state.as_str(), mail.attempts), ("queued", 1));
    assert_eq!(mail.error_code.as_deref(), Some("TooManyRequestsException"));
    let wait = (mail.next_attempt_at - Utc::now()).num_seconds();
    assert!((5..=12).contains(&wait), "{wait}");
    app.make_due().await;
    app.settle().await;
    let mail = app.deliveries(ana.user_id).await.remove(0);
    assert_eq!((mail.state.as_str(), mail.attempts, mail.error_code), ("sent", 2, None));
}

#[tokio::test]
async fn a_mail_that_never_goes_is_given_up_and_told() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.sent.refuse((0..6).map(|_| not_now()));
    app.tell(&graded(ana.user_id)).await;
    for _ in 0..6 {
        app.make_due().await;
        app.settle().await;
    }
    let mail = app.deliveries(ana.user_id).await.remove(0);
    assert_eq!((mail.state.as_str(), mail.attempts), ("failed", 6));
    let failed = app.probe.events::<NotificationFailed>().await;
    assert_eq!((failed.len(), failed[0].code.as_str()), (1, "TooManyRequestsException"));
    assert_eq!(failed[0].delivery_id, mail.delivery_id);
}

#[tokio::test]
async fn a_refused_mail_is_not_tried_again() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.sent.refuse([SendError::Refused { code: "MessageRejected".to_owned() }]);
    app.tell(&graded(ana.user_id)).await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("email", "failed"), ("in_app", "sent")]));
    assert_eq!(app.probe.events::<NotificationFailed>().await[0].code, "MessageRejected");
}

#[tokio::test]
async fn a_mail_that_may_have_gone_is_not_sent_again() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.sent.refuse([SendError::Uncertain(anyhow::anyhow!("connection reset"))]);
    app.tell(&graded(ana.user_id)).await;
    app.make_due().await;
    app.settle().await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("email", "uncertain"), ("in_app", "sent")]));
    assert!(app.sent.mails.lock().unwrap().is_empty());
    assert_eq!(app.probe.events::<NotificationFailed>().await[0].code, "connection_lost");
}

#[tokio::test]
async fn two_workers_at_once_send_every_mail_once() {
    let app = TestApp::spawn().await;
    let mut students = Vec::new();
    for _ in 0..40 {
        students.push(app.student().await);
    }
    app.deliver(&scheduled(students.iter().map(|s| s.user_id).collect())).await;
    let run =
        |worker: notification_service::Worker| tokio::spawn(async move { while worker.run_once().await.unwrap() {} });
    let workers = [run(app.worker.clone()), run(app.worker.clone()), run(app.worker.clone())];
    for worker in workers {
        worker.await.unwrap();
    }
    app.settle().await;
    for student in &students {
        assert_eq!(app.sent.mails_to(&student.account.email).len(), 1);
        assert_eq!(app.states(student.user_id).await, pairs(&[("email", "sent"), ("in_app", "sent")]));
    }
    assert_eq!(app.probe.events::<NotificationDelivered>().await.len(), 80);
}

#[tokio::test]
async fn a_person_who_was_disabled_while_a_mail_waited_does_not_get_it() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.sent.refuse([not_now()]);
    app.tell(&graded(ana.user_id)).await;
    app.change(&ana, |account| account.disabled = true).await;
    app.make_due().await;
    app.settle().await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("email", "dropped"), ("in_app", "sent")]));
    assert!(app.sent.mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn administrators_read_the_delivery_log() {
    let app = TestApp::spawn().await;
    let (admin, ana, eve) = (app.person(Role::Admin, &[]).await, app.student().await, app.student().await);
    let event = app.tell(&graded(ana.user_id)).await;
    app.tell(&graded(eve.user_id)).await;
    let all = app.api.get(&admin, "/v1/notifications/deliveries").await.expect(200).body;
    assert_eq!(all["items"].as_array().unwrap().len(), 4);
    for query in [format!("user_id={}", ana.user_id), format!("event_id={}", event.id)] {
        let log = app.api.get(&admin, &format!("/v1/notifications/deliveries?{query}")).await.expect(200).body;
        let items = log["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert!(
            items.iter().all(|d| d["user_id"] == json!(ana.user_id) && d["state"] == "sent" && !d["sent_at"].is_null())
        );
    }
    for role in [Role::SalesRep, Role::CourseManager, Role::Trainer, Role::Student] {
        let person = app.person(role, &[]).await;
        assert_eq!(app.api.get(&person, "/v1/notifications/deliveries").await.expect(403).code(), "forbidden");
    }
    app.api.get(&admin, "/v1/notifications/deliveries?user_id=x").await.expect(400);
}
