use std::time::{Duration, Instant};

use events::payloads::{AccountChange, Role, UserAccount};
use serde_json::json;

use crate::app::{PASSWORD, Scripted, refresh_token, unique_email};
use crate::pool::CODE;

#[tokio::test]
async fn the_refresh_token_is_out_of_reach_of_scripts_and_other_sites() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let answer = app.sign_in(&ana.account.email, PASSWORD).await.expect(200);
    assert_eq!(answer.body["token_type"], "Bearer");
    assert!(answer.body.get("refresh_token").is_none());
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    for attribute in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/auth"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn an_address_is_the_same_in_any_case() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    app.sign_in(&ana.account.email.to_uppercase(), PASSWORD).await.expect(200);
}

#[tokio::test]
async fn an_unknown_user_and_a_wrong_password_look_alike() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let mut answers = Vec::new();
    for email in [ana.account.email.as_str(), "nobody@example.com", "not an address"] {
        let start = Instant::now();
        let mut answer = app.sign_in(email, "Wrong-password-1").await.expect(401);
        assert!(start.elapsed() >= Duration::from_millis(300), "the answer came at its own speed");
        assert!(answer.headers.get("set-cookie").is_none());
        answer.body.as_object_mut().unwrap().remove("request_id");
        answers.push(answer.body);
    }
    assert_eq!(answers[0]["code"], "wrong_credentials");
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn the_first_password_must_be_replaced() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let email = unique_email();
    app.api.post(&admin, "/v1/users", &crate::app::new_user(&email)).await.expect(201);
    let challenge = app.sign_in(&email, "Temporary-1").await.expect(200);
    assert_eq!(challenge.body["challenge"], "NEW_PASSWORD_REQUIRED");
    assert!(challenge.body.get("access_token").is_none() && challenge.headers.get("set-cookie").is_none());
    let mut body = json!({ "email": email, "session": challenge.body["session"], "new_password": "short" });
    let weak = app.call("/v1/auth/new-password", &body).await.expect(422);
    assert_eq!((weak.code(), &weak.body["errors"][0]["field"]), ("weak_password", &json!("new_password")));
    body["new_password"] = json!("Password-used-before-1");
    assert_eq!(app.call("/v1/auth/new-password", &body).await.expect(422).code(), "weak_password");
    body["new_password"] = json!("Quite-long-enough-1");
    app.call("/v1/auth/new-password", &body).await.expect(200);
    app.sign_in(&email, "Temporary-1").await.expect(401);
    app.sign_in(&email, "Quite-long-enough-1").await.expect(200);
    assert_eq!(app.call("/v1/auth/new-password", &body).await.expect(401).code(), "session_ended");
}

#[tokio::test]
async fn a_session_answers_only_for_whom_it_was_made() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let eve = app.person(Role::Student, &[]).await;
    app.users.enable_totp(&eve.account.email);
    let session = app.sign_in(&eve.account.email, PASSWORD).await.expect(200).body["session"].clone();
    let body = json!({ "email": ana.account.email, "session": session, "code": CODE });
    assert_eq!(app.call("/v1/auth/totp", &body).await.expect(401).code(), "session_ended");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_checked() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    app.users.enable_totp(&ana.account.email);
    let challenge = app.sign_in(&ana.account.email, PASSWORD).await.expect(200);
    assert_eq!(challenge.body["challenge"], "SOFTWARE_TOKEN_MFA");
    let mut body = json!({ "email": ana.account.email, "session": challenge.body["session"], "code": "000000" });
    assert_eq!(app.call("/v1/auth/totp", &body).await.expect(401).code(), "wrong_code");
    body["code"] = json!(CODE);
    let done = app.call("/v1/auth/totp", &body).await.expect(200);
    assert!(done.body["access_token"].is_string() && !refresh_token(&done).is_empty());
}

#[tokio::test]
async fn a_disabled_account_gets_no_token() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    // Disabled here while the pool was out of reach.
    sqlx::query("UPDATE profiles SET disabled = true WHERE user_id = $1")
        .bind(ana.user_id)
        .execute(&app.db.pool)
        .await
        .unwrap();
    let answer = app.sign_in(&ana.account.email, PASSWORD).await.expect(401);
    assert_eq!(answer.code(), "account_disabled");
    assert!(answer.headers.get("set-cookie").is_none());
    assert_eq!(app.users.sessions_of(ana.user_id), 0);
}

#[tokio::test]
async fn somebody_whom_only_the_pool_knows_gets_an_account_from_their_groups() {
    let app = Scripted::spawn().await;
    let email = unique_email();
    let user_id = app.users.add(&email, PASSWORD, &[Role::Admin]);
    let answer = app.sign_in(&email, PASSWORD).await.expect(200);
    let accounts = app.probe.events::<UserAccount>().await;
    let [account] = accounts.as_slice() else { panic!("{accounts:?}") };
    assert_eq!((account.user_id, account.revision, account.change), (user_id, 1, AccountChange::Invited));
    assert_eq!((account.roles.as_slice(), account.email.as_str()), ([Role::Admin].as_slice(), email.as_str()));
    let token = answer.body["access_token"].as_str().unwrap();
    let request = app.api.request(reqwest::Method::GET, "/v1/users").bearer_auth(token);
    app.api.send(request).await.expect(200);
}

#[tokio::test]
async fn somebody_without_a_group_gets_no_account() {
    let app = Scripted::spawn().await;
    let email = unique_email();
    let user = app.users.add(&email, PASSWORD, &[]);
    assert_eq!(app.sign_in(&email, PASSWORD).await.expect(403).code(), "no_role");
    assert_eq!(app.users.sessions_of(user), 0);
    assert!(app.probe.events::<UserAccount>().await.is_empty());
}

#[tokio::test]
async fn too_many_attempts_are_told_to_wait() {
    let app = Scripted::spawn().await;
    *app.users.throttled.lock().unwrap() = true;
    let answer = app.sign_in("ana@example.com", PASSWORD).await.expect(429);
    assert_eq!(answer.code(), "too_many_attempts");
    assert!(answer.headers.contains_key("retry-after"));
}
