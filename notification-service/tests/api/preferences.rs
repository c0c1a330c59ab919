use events::payloads::AccountChange;
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::{
    app::{TestApp, pairs},
    settings::{graded, scheduled},
};

const PATH: &str = "/v1/notifications/preferences";

async fn put(app: &TestApp, who: &Person, etag: &str, body: &Value) -> Answer {
    let request = app.api.request(Method::PUT, PATH).bearer_auth(&who.token).header("if-match", etag).json(body);
    app.api.send(request).await
}

#[tokio::test]
async fn a_person_gets_mail_and_an_inbox_until_they_say_otherwise() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    let before = app.api.get(&ana, PATH).await.expect(200);
    assert_eq!(before.body, json!({ "email": true, "sms": false, "in_app": true }));
    let wanted = json!({ "email": false, "sms": false, "in_app": true });
    let after = put(&app, &ana, &before.etag(), &wanted).await.expect(200);
    assert_eq!(after.body, wanted);
    assert_eq!(app.api.get(&ana, PATH).await.expect(200).etag(), after.etag());
    app.tell(&graded(ana.user_id)).await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("in_app", "sent")]));
}

#[tokio::test]
async fn who_wants_nothing_gets_nothing() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    put(&app, &ana, "\"1\"", &json!({ "email": false, "sms": false, "in_app": false })).await.expect(200);
    app.tell(&graded(ana.user_id)).await;
    assert!(app.deliveries(ana.user_id).await.is_empty());
}

#[tokio::test]
async fn text_messages_are_for_what_cannot_wait_and_for_those_who_want_them() {
    let app = TestApp::spawn().await;
    let (ana, eve, ben) = (app.student().await, app.student().await, app.student().await);
    let number = "+4915112345678";
    for person in [&ana, &eve] {
        app.change(person, |account| account.phone = Some(number.to_owned())).await;
    }
    let wanted = json!({ "email": false, "sms": true, "in_app": false });
    put(&app, &ana, "\"1\"", &wanted).await.expect(200);
    put(&app, &ben, "\"1\"", &wanted).await.expect(200);
    app.tell(&graded(ana.user_id)).await;
    assert!(app.deliveries(ana.user_id).await.is_empty());
    app.tell(&scheduled(vec![ana.user_id, eve.user_id, ben.user_id])).await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("sms", "sent")]));
    assert_eq!(app.states(eve.user_id).await, pairs(&[("email", "sent"), ("in_app", "sent")]));
    assert!(app.deliveries(ben.user_id).await.is_empty(), "no number, no message");
    app.change(&ana, |account| {
        account.revision = 9;
        account.phone = Some(number.to_owned());
        account.change = AccountChange::RoleChanged;
    })
    .await;
    app.settle().await;
    let texts = app.sent.texts.lock().unwrap().clone();
    assert_eq!(
        texts,
        [
            (number.to_owned(), "Class “Deliveries”: 2027-03-01 09:00 UTC".to_owned()),
            (number.to_owned(), "Your access to the English courses has changed".to_owned())
        ]
    );
}

#[tokio::test]
async fn preferences_that_changed_meanwhile_are_not_overwritten() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    let wanted = json!({ "email": false, "sms": true, "in_app": true });
    let answer = app.api.put(&ana, PATH, &wanted).await.expect(428);
    assert_eq!(answer.code(), "if_match_required");
    put(&app, &ana, "\"1\"", &wanted).await.expect(200);
    assert_eq!(put(&app, &ana, "\"1\"", &wanted).await.expect(412).code(), "changed_meanwhile");
    assert_eq!(put(&app, &ana, "\"2\"", &json!({ "email": 1 })).await.expect(422).code(), "wrong_type");
    let unknown = json!({ "email": true, "sms": true, "in_app": true, "fax": true });
    assert_eq!(put(&app, &ana, "\"2\"", &unknown).await.expect(422).code(), "unknown_field");
    assert_eq!(put(&app, &ana, "\"2\"", &json!({ "email": true })).await.expect(422).code(), "missing_field");
}
