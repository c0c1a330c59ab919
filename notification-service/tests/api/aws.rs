//! The real clients: against the test stack's SES and SNS, and against answers that those never give.

use std::sync::{Arc, Mutex};

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_credential_types::Credentials;
use axum::{Json, Router, http::StatusCode};
use notification_service::channels::{Aws, Channels as _, Sms};
use serde_json::{Value, json};
use test_support::setting;
use uuid::Uuid;

use crate::{
    app::{TestApp, pairs},
    settings::graded,
};

pub async fn config(endpoint: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("local", "local-secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .load()
        .await
}

async fn aws(endpoint: &str) -> Aws {
    Aws::new(&config(endpoint).await, setting("EMAIL_FROM"), setting("SMS_SENDER"))
}

/// Subjects of what the stack's SES has sent to an address.
pub async fn mails_to(address: &str) -> Vec<Value> {
    let url = format!("{}/_ministack/ses/messages", setting("AWS_ENDPOINT_URL"));
    let all: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    let accounts = all["messages"].as_object().unwrap();
    let messages = accounts.values().flat_map(|messages| messages.as_array().unwrap());
    messages.filter(|m| m["To"].to_string().contains(address)).cloned().collect()
}

#[tokio::test]
async fn a_mail_arrives_by_ses() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.change(&ana, |account| account.language = "uk".to_owned()).await;
    app.deliver(&graded(ana.user_id)).await;
    let worker = app.worker_with(Arc::new(aws(&setting("AWS_ENDPOINT_URL")).await));
    while worker.run_once().await.unwrap() {}
    assert_eq!(app.states(ana.user_id).await, pairs(&[("email", "sent"), ("in_app", "sent")]));
    let mails = mails_to(&ana.account.email).await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail["Subject"], "Вашу відповідь оцінено: 8 з 10 балів");
    assert_eq!(mail["Source"], json!(setting("EMAIL_FROM")));
    assert!(mail["BodyText"].as_str().unwrap().contains("Результат: 8 з 10 балів."));
    assert!(mail["BodyHtml"].as_str().unwrap().contains("<a href=\"https://courses.example.com/student/courses/"));
}

#[tokio::test]
async fn a_text_message_arrives_by_sns() {
    let number = format!("+49151{:08}", Uuid::new_v4().as_u128() % 100_000_000);
    let sms = Sms { to: &number, text: "Class “Deliveries”: 2027-03-01 09:00 UTC" };
    aws(&setting("AWS_ENDPOINT_URL")).await.send_sms(sms).await.unwrap();
    let url = format!("{}/_ministack/sns/sms-messages?phoneNumber=%2B{}", setting("AWS_ENDPOINT_URL"), &number[1..]);
    let all: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert!(all.to_string().contains("Class “Deliveries”: 2027-03-01 09:00 UTC"), "{all}");
}

#[tokio::test]
async fn what_ses_says_decides_whether_a_mail_is_tried_again() {
    let app = TestApp::spawn().await;
    let refusal = Arc::new(Mutex::new((400, "")));
    let shared = refusal.clone();
    let answer = move || async move {
        let (status, code) = *shared.lock().unwrap();
        (
            StatusCode::from_u16(status).unwrap(),
            [("x-amzn-errortype", code)],
            Json(json!({ "message": "its own words" })),
        )
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    let worker = app.worker_with(Arc::new(aws(&url).await));
    for (ses, state) in [
        ((429, "TooManyRequestsException"), "queued"),
        ((400, "LimitExceededException"), "queued"),
        ((400, "SendingPausedException"), "queued"),
        ((503, "ServiceUnavailable"), "queued"),
        ((400, "MessageRejected"), "failed"),
        ((400, "MailFromDomainNotVerifiedException"), "failed"),
        ((400, "BadRequestException"), "failed"),
    ] {
        *refusal.lock().unwrap() = ses;
        let ana = app.student().await;
        app.deliver(&graded(ana.user_id)).await;
        while worker.run_once().await.unwrap() {}
        let mail = app.deliveries(ana.user_id).await.remove(0);
        assert_eq!((mail.state.as_str(), mail.error_code.as_deref()), (state, Some(ses.1)), "{ses:?}");
    }
}

#[tokio::test]
async fn an_ses_that_is_away_is_waited_for_and_a_broken_connection_is_uncertain() {
    let app = TestApp::spawn().await;
    let (ana, eve) = (app.student().await, app.student().await);
    app.deliver(&graded(ana.user_id)).await;
    let worker = app.worker_with(Arc::new(aws("http://127.0.0.1:9").await));
    while worker.run_once().await.unwrap() {}
    assert_eq!(app.states(ana.user_id).await[0].1, "queued");

    // Takes the request and hangs up without an answer.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 1024];
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut buffer).await;
        }
    });
    app.deliver(&graded(eve.user_id)).await;
    let worker = app.worker_with(Arc::new(aws(&url).await));
    while worker.run_once().await.unwrap() {}
    assert_eq!(app.states(eve.user_id).await[0].1, "uncertain");
}
