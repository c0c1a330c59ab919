use std::{sync::atomic::Ordering, time::Duration};

use events::payloads::Role;
use serde_json::json;

use crate::app::{PASSWORD, Scripted, refresh_token};
use crate::pool::CODE;

#[tokio::test]
async fn a_session_is_refreshed_until_it_is_ended() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let cookie = refresh_token(&app.sign_in(&ana.account.email, PASSWORD).await.expect(200));
    let answer = app.call_with_cookie("/v1/auth/refresh", &cookie).await.expect(200);
    assert!(answer.body["access_token"].is_string());
    let answer = app.call_with_cookie("/v1/auth/sign-out", &cookie).await.expect(204);
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let answer = app.call_with_cookie("/v1/auth/refresh", &cookie).await.expect(401);
    assert_eq!(answer.code(), "session_ended");
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
}

#[tokio::test]
async fn without_the_cookie_there_is_no_session() {
    let app = Scripted::spawn().await;
    assert_eq!(app.call("/v1/auth/refresh", &json!({})).await.expect(401).code(), "session_ended");
    app.call("/v1/auth/sign-out", &json!({})).await.expect(204);
}

#[tokio::test]
async fn a_session_ends_when_its_owner_is_disabled() {
    let app = Scripted::spawn().await;
    let (admin, ana) = (app.admin().await, app.person(Role::Student, &[]).await);
    let cookie = refresh_token(&app.sign_in(&ana.account.email, PASSWORD).await.expect(200));
    app.users.fail_once(crate::pool::Fault::Disable);
    // The pool did not hear of it: the account is out all the same.
    app.api.act(&admin, &format!("/v1/users/{}/disable", ana.user_id)).await.expect(503);
    assert_eq!(app.call_with_cookie("/v1/auth/refresh", &cookie).await.expect(401).code(), "account_disabled");
    assert_eq!(app.users.sessions_of(ana.user_id), 0);
    assert_eq!(app.api.get(&ana, "/v1/me").await.expect(401).code(), "account_disabled");
}

#[tokio::test]
async fn a_forgotten_password_is_reset_with_the_code() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let email = &ana.account.email;
    app.call("/v1/auth/forgot-password", &json!({ "email": email })).await.expect(202);
    app.call("/v1/auth/forgot-password", &json!({ "email": "nobody@example.com" })).await.expect(202);
    while app.users.mails.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut body = json!({ "email": email, "code": "000000", "new_password": "Another-password-2" });
    assert_eq!(app.call("/v1/auth/reset-password", &body).await.expect(422).code(), "wrong_code");
    body["code"] = json!(CODE);
    app.call("/v1/auth/reset-password", &body).await.expect(204);
    app.sign_in(email, PASSWORD).await.expect(401);
    app.sign_in(email, "Another-password-2").await.expect(200);
    // For somebody who does not exist it is the code that is wrong.
    let body = json!({ "email": "nobody@example.com", "code": CODE, "new_password": "Another-password-2" });
    assert_eq!(app.call("/v1/auth/reset-password", &body).await.expect(422).code(), "wrong_code");
}
