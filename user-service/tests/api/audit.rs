use events::payloads::Role;
use serde_json::json;

use crate::app::{PASSWORD, Scripted, new_user, refresh_token, unique_email};

#[tokio::test]
async fn every_act_is_in_the_log_and_no_secret() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let email = unique_email();
    let ana = app.api.post(&admin, "/v1/users", &new_user(&email)).await.expect(201).body;
    let challenge = app.sign_in(&email, "Temporary-1").await.expect(200);
    let body = json!({ "email": email, "session": challenge.body["session"], "new_password": PASSWORD });
    let cookie = refresh_token(&app.call("/v1/auth/new-password", &body).await.expect(200));
    app.call_with_cookie("/v1/auth/sign-out", &cookie).await.expect(204);
    let id = ana["user_id"].as_str().unwrap();
    app.api.patch(&admin, &format!("/v1/users/{id}"), "*", &json!({ "role": "trainer" })).await.expect(200);
    app.api.act(&admin, &format!("/v1/users/{id}/disable")).await.expect(200);
    app.api.act(&admin, &format!("/v1/users/{id}/enable")).await.expect(200);
    let log = app.api.get(&admin, "/v1/audit").await.expect(200).body;
    let acts: Vec<_> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["user_id"] == ana["user_id"])
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(acts, ["enabled", "disabled", "role_changed", "signed_out", "first_password_set", "invited"]);
    for secret in [PASSWORD, "Temporary-1", cookie.as_str(), email.as_str()] {
        assert!(!log.to_string().contains(secret));
    }
}

#[tokio::test]
async fn the_log_cannot_be_rewritten() {
    let app = Scripted::spawn().await;
    app.admin().await;
    for sql in ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "TRUNCATE audit"] {
        let refused = sqlx::query(sql).execute(&app.db.pool).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn only_administrators_read_the_log() {
    let app = Scripted::spawn().await;
    for role in [Role::SalesRep, Role::CourseManager, Role::Trainer, Role::Student] {
        let person = app.person(role, &[]).await;
        app.api.get(&person, "/v1/audit").await.expect(403);
    }
}
