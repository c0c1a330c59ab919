//! The real binary, killed while it sends: nobody gets a mail twice, and what may be lost is reported.

use events::payloads::NotificationFailed;
use test_support::{Person, Process, setting};

use crate::{
    app::{TestApp, pairs},
    aws::mails_to,
    settings::graded,
};

async fn killed_at(point: &str) -> (TestApp, Person) {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.deliver(&graded(ana.user_id)).await;
    let mut environment: Vec<(&str, String)> = [
        "KAFKA_BROKERS",
        "JWT_ISSUER",
        "JWKS_URL",
        "COGNITO_CLIENT_ID",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "EMAIL_FROM",
        "SMS_SENDER",
    ]
    .map(|name| (name, setting(name)))
    .into();
    environment.extend([
        ("KAFKA_TOPIC_PREFIX", test_support::topics().await),
        ("NOTIFICATION_DATABASE_URL", app.db.url.clone()),
        ("NOTIFICATION_HTTP_ADDR", "127.0.0.1:0".to_owned()),
        ("PUBLIC_ORIGIN", "https://courses.example.com".to_owned()),
        ("CRASH_AT", point.to_owned()),
    ]);
    Process::serve(env!("CARGO_BIN_EXE_notification-service"), &environment).died();
    assert_eq!(app.states(ana.user_id).await, pairs(&[("email", "sending"), ("in_app", "sent")]));
    // Whoever comes next leaves it alone, then reports it.
    app.settle().await;
    assert_eq!(app.states(ana.user_id).await[0].1, "sending");
    app.three_minutes_later().await;
    app.settle().await;
    assert_eq!(app.states(ana.user_id).await[0].1, "uncertain");
    assert_eq!(app.probe.events::<NotificationFailed>().await[0].code, "interrupted");
    app.make_due().await;
    app.settle().await;
    assert!(app.sent.mails.lock().unwrap().is_empty());
    (app, ana)
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_it_sent_the_mail_is_reported() {
    let (_app, ana) = killed_at("delivery.claimed").await;
    assert!(mails_to(&ana.account.email).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_it_sent_the_mail_is_not_sent_twice() {
    let (_app, ana) = killed_at("delivery.sent").await;
    assert_eq!(mails_to(&ana.account.email).await.len(), 1);
}
