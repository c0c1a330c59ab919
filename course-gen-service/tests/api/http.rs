use events::payloads::Role;
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

#[tokio::test]
async fn a_course_manager_follows_the_jobs_of_their_client() {
    let app = TestApp::spawn().await;
    let client = Uuid::now_v7();
    let manager = app.manager(client).await;
    let ready = app.ready(client, HOTEL).await;
    app.deliver(&ready).await;
    app.worker.run_once().await.unwrap();
    let list =
        app.api.get(&manager, &format!("/v1/generation/jobs?request_id={}", ready.request_id)).await.expect(200).body;
    let job = &list["items"][0];
    assert_eq!(job["steps"][0]["state"], "done");
    assert_eq!(job["steps"][1]["state"], "current");
    assert_eq!(job["steps"][2]["state"], "pending");
    app.work().await;
    let path = format!("/v1/generation/jobs/{}", job["job_id"].as_str().unwrap());
    let job = app.api.get(&manager, &path).await.expect(200).body;
    assert_eq!(job["state"], "done");
    assert_eq!(job["lessons_done"], job["lessons_total"]);
    assert!(job["steps"].as_array().unwrap().iter().all(|s| s["state"] == "done" && s["finished_at"].is_string()));
    assert_eq!(job["quality"]["provenance_resolved"], 1.0);
}

#[tokio::test]
async fn somebody_elses_job_is_not_found() {
    let app = TestApp::spawn().await;
    let client = Uuid::now_v7();
    let owner = app.manager(client).await;
    app.deliver(&app.ready(client, HOTEL).await).await;
    let list = app.api.get(&owner, "/v1/generation/jobs").await.expect(200).body;
    let path = format!("/v1/generation/jobs/{}", list["items"][0]["job_id"].as_str().unwrap());
    let stranger = app.manager(Uuid::now_v7()).await;
    assert_eq!(app.api.get(&stranger, &path).await.expect(404).code(), "not_found");
    let empty = app.api.get(&stranger, "/v1/generation/jobs").await.expect(200).body;
    assert_eq!(empty["items"].as_array().unwrap().len(), 0);
    let admin = test_support::person(&app.db.pool, &app.issuer, Role::Admin, &[]).await;
    app.api.get(&admin, &path).await.expect(200);
    let student = test_support::person(&app.db.pool, &app.issuer, Role::Student, &[client]).await;
    assert_eq!(app.api.get(&student, &path).await.expect(403).code(), "forbidden");
    assert_eq!(app.api.get(&owner, "/v1/generation/jobs/not-an-id").await.expect(404).code(), "not_found");
    assert_eq!(app.api.get(&owner, "/v1/generation/jobs?cursor=!").await.expect(400).code(), "bad_cursor");
}

#[tokio::test]
async fn nobody_gets_in_without_a_token() {
    let app = TestApp::spawn().await;
    let request = app.api.request(reqwest::Method::GET, "/v1/generation/jobs");
    assert_eq!(app.api.send(request).await.expect(401).code(), "unauthenticated");
}
