use events::payloads::{AccountChange, Role, UserAccount};
use serde_json::json;
use uuid::Uuid;

use crate::app::{PASSWORD, Scripted};

async fn last_account(app: &Scripted, user: Uuid) -> UserAccount {
    app.probe.events::<UserAccount>().await.into_iter().rfind(|a| a.user_id == user).unwrap()
}

#[tokio::test]
async fn a_changed_role_counts_at_once() {
    let app = Scripted::spawn().await;
    let (admin, ana) = (app.admin().await, app.person(Role::Student, &[]).await);
    let path = format!("/v1/users/{}", ana.user_id);
    app.api.get(&ana, "/v1/users").await.expect(403);
    let etag = app.api.get(&admin, &path).await.expect(200).etag();
    let answer = app.api.patch(&admin, &path, &etag, &json!({ "role": "course_manager" })).await.expect(200);
    assert_eq!(answer.body["roles"], json!(["course_manager"]));
    app.api.get(&ana, "/v1/users").await.expect(200);
    assert_eq!(app.users.get(&ana.account.email).unwrap().roles, [Role::CourseManager]);
    let account = last_account(&app, ana.user_id).await;
    assert_eq!((account.change, account.revision), (AccountChange::RoleChanged, 3));
    let audit = app.api.get(&admin, "/v1/audit?limit=1").await.expect(200).body;
    assert_eq!(audit["items"][0]["details"], json!({ "from": ["student"], "to": ["course_manager"] }));
}

#[tokio::test]
async fn changed_clients_are_told() {
    let app = Scripted::spawn().await;
    let (admin, ana) = (app.admin().await, app.person(Role::Student, &[Uuid::now_v7()]).await);
    let (path, client) = (format!("/v1/users/{}", ana.user_id), Uuid::now_v7());
    let etag = app.api.get(&admin, &path).await.expect(200).etag();
    let changed = app.api.patch(&admin, &path, &etag, &json!({ "client_ids": [client] })).await.expect(200);
    assert_eq!(changed.body["client_ids"], json!([client]));
    let account = last_account(&app, ana.user_id).await;
    assert_eq!((account.change, account.client_ids), (AccountChange::ClientsChanged, vec![client]));
    // The same again is no change.
    let again = app.api.patch(&admin, &path, &changed.etag(), &json!({ "client_ids": [client] })).await.expect(200);
    assert_eq!(again.etag(), changed.etag());
}

#[tokio::test]
async fn an_edit_of_what_changed_meanwhile_is_refused() {
    let app = Scripted::spawn().await;
    let (admin, ana) = (app.admin().await, app.person(Role::Student, &[]).await);
    let path = format!("/v1/users/{}", ana.user_id);
    let request = app.api.request(reqwest::Method::PATCH, &path).bearer_auth(&admin.token);
    let answer = app.api.send(request.json(&json!({ "role": "trainer" }))).await;
    assert_eq!(answer.expect(428).code(), "if_match_required");
    let answer = app.api.patch(&admin, &path, "\"1\"", &json!({ "role": "trainer" })).await;
    assert_eq!(answer.expect(412).code(), "changed_meanwhile");
}

#[tokio::test]
async fn a_disabled_person_is_out_at_once_and_can_come_back() {
    let app = Scripted::spawn().await;
    let (admin, ana) = (app.admin().await, app.person(Role::CourseManager, &[]).await);
    app.api.get(&ana, "/v1/users").await.expect(200);
    let user = app.api.act(&admin, &format!("/v1/users/{}/disable", ana.user_id)).await.expect(200).body;
    assert_eq!(user["disabled"], true);
    for path in ["/v1/users", "/v1/me"] {
        assert_eq!(app.api.get(&ana, path).await.expect(401).code(), "account_disabled");
    }
    assert!(app.users.get(&ana.account.email).unwrap().disabled);
    assert!(last_account(&app, ana.user_id).await.disabled);
    // Disabling twice tells nothing new.
    let events = app.probe.events::<UserAccount>().await.len();
    app.api.act(&admin, &format!("/v1/users/{}/disable", ana.user_id)).await.expect(200);
    assert_eq!(app.probe.events::<UserAccount>().await.len(), events);
    app.api.act(&admin, &format!("/v1/users/{}/enable", ana.user_id)).await.expect(200);
    app.api.get(&ana, "/v1/users").await.expect(200);
    app.sign_in(&ana.account.email, PASSWORD).await.expect(200);
    assert_eq!(last_account(&app, ana.user_id).await.change, AccountChange::Enabled);
}

#[tokio::test]
async fn administrators_do_not_lock_themselves_out() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let path = format!("/v1/users/{}", admin.user_id);
    assert_eq!(app.api.act(&admin, &format!("{path}/disable")).await.expect(409).code(), "own_account");
    let etag = app.api.get(&admin, &path).await.expect(200).etag();
    let answer = app.api.patch(&admin, &path, &etag, &json!({ "role": "student" })).await;
    assert_eq!(answer.expect(409).code(), "own_account");
}

#[tokio::test]
async fn a_manager_sees_the_people_of_their_own_clients_only() {
    let app = Scripted::spawn().await;
    let (ours, theirs) = (Uuid::now_v7(), Uuid::now_v7());
    let manager = app.person(Role::CourseManager, &[ours]).await;
    let student = app.person(Role::Student, &[ours, theirs]).await;
    let stranger = app.person(Role::Student, &[theirs]).await;
    sqlx::query("UPDATE profiles SET phone = '+4915112345678'").execute(&app.db.pool).await.unwrap();
    let seen = app.api.get(&manager, &format!("/v1/users?client_id={ours}&role=student")).await.expect(200).body;
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    assert_eq!(seen["items"][0]["user_id"], json!(student.user_id));
    assert_eq!(seen["items"][0]["client_ids"], json!([ours]));
    assert_eq!(seen["items"][0]["phone"], json!(null));
    let all = app.api.get(&manager, "/v1/users").await.expect(200).body;
    assert!(!all.to_string().contains(&stranger.user_id.to_string()));
    let others = app.api.get(&manager, &format!("/v1/users?client_id={theirs}")).await.expect(200).body;
    assert!(!others.to_string().contains(&stranger.user_id.to_string()));
    app.api.get(&manager, &format!("/v1/users/{}", student.user_id)).await.expect(403);
}

#[tokio::test]
async fn everybody_is_on_exactly_one_page() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    for _ in 0..4 {
        app.person(Role::Trainer, &[]).await;
    }
    let (mut seen, mut path) = (Vec::new(), "/v1/users?limit=2".to_owned());
    loop {
        let page = app.api.get(&admin, &path).await.expect(200).body;
        seen.extend(page["items"].as_array().unwrap().iter().map(|u| u["user_id"].to_string()));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/v1/users?limit=2&cursor={cursor}");
    }
    assert_eq!(seen.len(), 5);
    assert_eq!(*seen.last().unwrap(), json!(admin.user_id).to_string(), "newest first");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn nobody_is_not_found() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let nobody = Uuid::now_v7();
    for path in [format!("/v1/users/{nobody}"), "/v1/users/not-an-id".to_owned()] {
        assert_eq!(app.api.get(&admin, &path).await.expect(404).code(), "not_found");
        assert_eq!(app.api.act(&admin, &format!("{path}/disable")).await.expect(404).code(), "not_found");
        assert_eq!(app.api.act(&admin, &format!("{path}/enable")).await.expect(404).code(), "not_found");
        let answer = app.api.patch(&admin, &path, "*", &json!({ "role": "student" })).await;
        assert_eq!(answer.expect(404).code(), "not_found");
    }
}
