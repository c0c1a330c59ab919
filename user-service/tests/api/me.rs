use events::payloads::{AccountChange, Role, UserAccount};
use serde_json::json;
use test_support::Person;

use crate::app::{PASSWORD, Scripted, unique_email};
use crate::pool::CODE;

#[tokio::test]
async fn a_person_changes_their_own_profile() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let etag = app.api.get(&ana, "/v1/me").await.expect(200).etag();
    let changes = json!({ "display_name": " Ana Nowak ", "language": "pl", "phone": "+48500100200" });
    let me = app.api.patch(&ana, "/v1/me", &etag, &changes).await.expect(200);
    assert_eq!(
        (&me.body["display_name"], &me.body["language"], &me.body["phone"]),
        (&json!("Ana Nowak"), &json!("pl"), &json!("+48500100200"))
    );
    let account = app.probe.events::<UserAccount>().await.pop().unwrap();
    assert_eq!((account.change, account.phone.as_deref()), (AccountChange::ProfileChanged, Some("+48500100200")));
    assert_eq!(format!("\"{}\"", account.revision), me.etag());
    app.api.patch(&ana, "/v1/me", &etag, &json!({ "language": "de" })).await.expect(412);
    let me = app.api.patch(&ana, "/v1/me", &me.etag(), &json!({ "phone": null })).await.expect(200);
    assert_eq!((&me.body["phone"], &me.body["language"]), (&json!(null), &json!("pl")));
}

#[tokio::test]
async fn a_person_cannot_raise_themselves() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    for changes in [json!({ "roles": ["admin"] }), json!({ "client_ids": [] }), json!({ "email": "x@example.com" })] {
        let answer = app.api.patch(&ana, "/v1/me", "*", &changes).await.expect(422);
        assert_eq!(answer.code(), "unknown_field");
    }
}

#[tokio::test]
async fn fields_keep_their_rules() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    for (field, value) in
        [("phone", "0151"), ("language", "Deutsch"), ("display_name", "  "), ("display_name", "a\u{7}b")]
    {
        let answer = app.api.patch(&ana, "/v1/me", "*", &json!({ field: value })).await.expect(422);
        assert_eq!((answer.code(), &answer.body["errors"][0]["field"]), ("validation_failed", &json!(field)));
    }
}

#[tokio::test]
async fn a_valid_token_makes_an_account_for_somebody_whom_only_the_pool_knows() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let user_id = app.users.add(&unique_email(), PASSWORD, &[Role::Admin]);
    let operator = Person { user_id, token: app.issuer.token(user_id), account: admin.account.clone() };
    assert_eq!(app.api.get(&operator, "/v1/users").await.expect(401).code(), "account_unknown");
    let me = app.api.get(&operator, "/v1/me").await.expect(200).body;
    assert_eq!((&me["user_id"], &me["roles"]), (&json!(user_id), &json!(["admin"])));
    app.api.get(&operator, "/v1/users").await.expect(200);
}

#[tokio::test]
async fn ten_first_requests_at_once_make_one_account() {
    let app = Scripted::spawn().await;
    let user_id = app.users.add(&unique_email(), PASSWORD, &[Role::Trainer]);
    let token = app.issuer.token(user_id);
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (api, request) = (app.api.clone(), app.api.request(reqwest::Method::GET, "/v1/me").bearer_auth(&token));
        requests.spawn(async move { api.send(request).await.expect(200) });
    }
    requests.join_all().await;
    assert_eq!(app.probe.events::<UserAccount>().await.len(), 1);
}

#[tokio::test]
async fn a_token_of_somebody_who_is_nowhere_is_no_good() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let ghost = Person { token: app.issuer.token(uuid::Uuid::new_v4()), ..ana };
    assert_eq!(app.api.get(&ghost, "/v1/me").await.expect(401).code(), "session_ended");
}

#[tokio::test]
async fn an_authenticator_app_must_prove_itself() {
    let app = Scripted::spawn().await;
    let ana = app.person(Role::Student, &[]).await;
    let totp = app.api.act(&ana, "/v1/me/totp").await.expect(200).body;
    let uri = totp["otpauth_uri"].as_str().unwrap();
    let expected = format!(
        "otpauth://totp/English%20Courses:{}?secret=JBSWY3DPEHPK3PXP&issuer=English%20Courses",
        ana.account.email.replace('@', "%40")
    );
    assert_eq!(uri, expected);
    let wrong = app.api.post(&ana, "/v1/me/totp/verify", &json!({ "code": "000000" })).await.expect(422);
    assert_eq!(wrong.code(), "wrong_code");
    app.api.post(&ana, "/v1/me/totp/verify", &json!({ "code": "12345" })).await.expect(422);
    app.api.post(&ana, "/v1/me/totp/verify", &json!({ "code": CODE })).await.expect(204);
}
