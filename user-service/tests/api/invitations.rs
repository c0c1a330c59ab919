use std::sync::atomic::Ordering;

use events::payloads::{AccountChange, Role, UserAccount};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{PASSWORD, Scripted, new_user, unique_email};
use crate::pool::Fault;

async fn accounts_of(app: &Scripted, email: &str) -> Vec<UserAccount> {
    app.probe.events::<UserAccount>().await.into_iter().filter(|a| a.email == email).collect()
}

#[tokio::test]
async fn an_invited_person_has_an_account_everywhere() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let (email, client) = (unique_email(), Uuid::now_v7());
    let mut body = new_user(&format!(" {} ", email.to_uppercase()));
    body["client_ids"] = json!([client]);
    body["phone"] = json!("+4915112345678");
    let user = app.api.post(&admin, "/v1/users", &body).await.expect(201).body;
    assert_eq!(user["email"], json!(email));
    assert_eq!(user["roles"], json!(["student"]));
    let in_pool = app.users.get(&email).unwrap();
    assert_eq!((json!(in_pool.id), in_pool.roles.as_slice()), (user["user_id"].clone(), [Role::Student].as_slice()));
    let accounts = accounts_of(&app, &email).await;
    let [account] = accounts.as_slice() else { panic!("{accounts:?}") };
    assert_eq!((account.change, account.revision, account.disabled), (AccountChange::Invited, 1, false));
    assert_eq!((account.client_ids.as_slice(), account.language.as_str()), ([client].as_slice(), "pl"));
    let audit = app.api.get(&admin, "/v1/audit?limit=1").await.expect(200).body;
    assert_eq!(audit["items"][0]["action"], "invited");
    assert_eq!(audit["items"][0]["actor_id"], json!(admin.user_id));
    assert_eq!(audit["items"][0]["user_id"], user["user_id"]);
}

#[tokio::test]
async fn an_address_has_one_account() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let email = unique_email();
    app.api.post(&admin, "/v1/users", &new_user(&email)).await.expect(201);
    for again in [email.clone(), email.to_uppercase()] {
        assert_eq!(app.api.post(&admin, "/v1/users", &new_user(&again)).await.expect(409).code(), "email_taken");
    }
}

#[tokio::test]
async fn a_user_whom_somebody_else_made_in_the_pool_is_left_alone() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let email = unique_email();
    app.users.add(&email, PASSWORD, &[Role::Admin]);
    for _ in 0..2 {
        assert_eq!(app.api.post(&admin, "/v1/users", &new_user(&email)).await.expect(409).code(), "email_taken");
    }
    assert_eq!(app.users.get(&email).unwrap().roles, [Role::Admin]);
}

#[tokio::test]
async fn an_invitation_that_stopped_half_way_is_completed_by_the_next() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    for fault in [Fault::Create, Fault::Created, Fault::SetGroups] {
        let email = unique_email();
        let mails = app.users.mails.load(Ordering::SeqCst);
        app.users.fail_once(fault);
        app.api.post(&admin, "/v1/users", &new_user(&email)).await.expect(503);
        assert!(accounts_of(&app, &email).await.is_empty());
        app.api.post(&admin, "/v1/users", &new_user(&email)).await.expect(201);
        assert_eq!(accounts_of(&app, &email).await.len(), 1);
        assert_eq!(app.users.get(&email).unwrap().roles, [Role::Student]);
        assert_eq!(app.users.mails.load(Ordering::SeqCst), mails + 1, "one invitation mail");
        app.api.post(&admin, "/v1/users", &new_user(&email)).await.expect(409);
    }
}

#[tokio::test]
async fn a_half_invited_person_who_signs_in_is_what_the_invitation_says() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let (email, client) = (unique_email(), Uuid::now_v7());
    let mut body = new_user(&email);
    body["client_ids"] = json!([client]);
    app.users.fail_once(Fault::SetGroups);
    app.api.post(&admin, "/v1/users", &body).await.expect(503);
    let challenge = app.sign_in(&email, "Temporary-1").await.expect(200);
    let answer = json!({ "email": email, "session": challenge.body["session"], "new_password": "Quite-long-enough-1" });
    app.call("/v1/auth/new-password", &answer).await.expect(200);
    let accounts = accounts_of(&app, &email).await;
    let [account] = accounts.as_slice() else { panic!("{accounts:?}") };
    assert_eq!(
        (account.roles.as_slice(), account.client_ids.as_slice()),
        ([Role::Student].as_slice(), [client].as_slice())
    );
    assert_eq!(app.users.get(&email).unwrap().roles, [Role::Student]);
    assert_eq!(app.api.post(&admin, "/v1/users", &body).await.expect(409).code(), "email_taken");
}

#[tokio::test]
async fn the_same_invitation_fifty_times_at_once_is_one() {
    let app = Scripted::spawn().await;
    let admin = app.admin().await;
    let email = unique_email();
    let body = new_user(&email);
    let request = || {
        let request = app.api.request(Method::POST, "/v1/users").bearer_auth(&admin.token).json(&body);
        app.api.send(request.header("idempotency-key", "invite-ana"))
    };
    let mut answers = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (api, request) = (app.api.clone(), app.api.request(Method::POST, "/v1/users"));
        let request = request.bearer_auth(&admin.token).json(&body).header("idempotency-key", "invite-ana");
        answers.spawn(async move { api.send(request).await.expect(201).body });
    }
    let answers: Vec<Value> = answers.join_all().await;
    assert!(answers.iter().all(|a| *a == answers[0]));
    assert_eq!(request().await.expect(201).body, answers[0]);
    assert_eq!(accounts_of(&app, &email).await.len(), 1);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM invitations").fetch_one(&app.db.pool).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn two_administrators_who_invite_the_same_person_make_one_account() {
    let app = Scripted::spawn().await;
    let (one, two) = (app.admin().await, app.admin().await);
    let email = unique_email();
    let body = new_user(&email);
    let (a, b) = tokio::join!(app.api.post(&one, "/v1/users", &body), app.api.post(&two, "/v1/users", &body));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(accounts_of(&app, &email).await.len(), 1);
}

#[tokio::test]
async fn only_administrators_invite() {
    let app = Scripted::spawn().await;
    for role in [Role::SalesRep, Role::CourseManager, Role::Trainer, Role::Student] {
        let person = app.person(role, &[]).await;
        let answer = app.api.post(&person, "/v1/users", &new_user(&unique_email())).await;
        assert_eq!(answer.expect(403).code(), "forbidden");
    }
}
