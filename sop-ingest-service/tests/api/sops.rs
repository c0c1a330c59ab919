use events::payloads::Role;
use serde_json::json;
use uuid::Uuid;

use crate::{app::TestApp, files};

/// An app with one processed SOP, its client and its rep.
async fn with_sop() -> (TestApp, Uuid, test_support::Person, Uuid, Uuid) {
    let app = TestApp::spawn().await;
    let client = Uuid::now_v7();
    let rep = app.person(Role::SalesRep, &[]).await;
    let document = app.upload(files::KITCHEN, files::example(files::KITCHEN)).await;
    let request = app.order(client, rep.user_id, vec![document.clone()]).await;
    app.work().await;
    (app, client, rep, request, document.document_id)
}

#[tokio::test]
async fn a_question_finds_the_clause_that_answers_it() {
    let (app, _, rep, _, sop) = with_sop().await;
    for (question, answer) in [
        ("How long do I wash my hands?", "Wash your hands for at least 20 seconds."),
        ("Where does raw meat go?", "Store raw meat, raw poultry and raw fish on the lowest shelf"),
        ("how long is the temperature log kept", "must be kept for 12 months"),
    ] {
        let found = app
            .api
            .post(&rep, &format!("/v1/sops/{sop}/search"), &json!({ "query": question, "limit": 5 }))
            .await
            .expect(200)
            .body;
        let hits = found["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 5);
        assert!(hits.iter().any(|h| h["text"].as_str().unwrap().contains(answer)), "{question}: {hits:#?}");
        assert!(hits[0]["score"].as_f64() >= hits[4]["score"].as_f64());
    }
}

#[tokio::test]
async fn members_of_the_client_and_the_rep_who_ordered_see_a_sop_and_nobody_else() {
    let (app, client, rep, request, sop) = with_sop().await;
    let other_client = Uuid::now_v7();
    let manager = app.person(Role::CourseManager, &[client]).await;
    let trainer = app.person(Role::Trainer, &[other_client, client]).await;
    let admin = app.person(Role::Admin, &[]).await;
    for who in [&rep, &manager, &trainer, &admin] {
        let list = app.api.get(who, &format!("/v1/sops?request_id={request}")).await.expect(200).body;
        assert_eq!(list["items"][0]["sop_id"], json!(sop));
        assert_eq!(list["items"][0]["status"], "processed");
        let document = app.api.get(who, &format!("/v1/sops/{sop}")).await.expect(200).body;
        assert_eq!(document["document_id"], json!(sop));
        assert!(document["clauses"].as_array().unwrap().len() > 60);
        app.api.post(who, &format!("/v1/sops/{sop}/search"), &json!({ "query": "hands" })).await.expect(200);
    }
    let other_manager = app.person(Role::CourseManager, &[other_client]).await;
    let other_rep = app.person(Role::SalesRep, &[client]).await;
    for who in [&other_manager, &other_rep] {
        let list = app.api.get(who, "/v1/sops").await.expect(200).body;
        assert_eq!(list["items"], json!([]));
        app.api.get(who, &format!("/v1/sops/{sop}")).await.expect(404);
        app.api.post(who, &format!("/v1/sops/{sop}/search"), &json!({ "query": "hands" })).await.expect(404);
    }
    let student = app.person(Role::Student, &[client]).await;
    app.api.get(&student, &format!("/v1/sops/{sop}")).await.expect(403);
    app.api.get(&rep, &format!("/v1/sops/{}", Uuid::now_v7())).await.expect(404);
    app.api.get(&rep, "/v1/sops/no-id").await.expect(404);
}

#[tokio::test]
async fn lists_are_paged_and_bad_questions_are_refused() {
    let (app, client, rep, request, sop) = with_sop().await;
    let other = app.upload("doors.md", b"# Doors\n\n1. Open the door.\n".to_vec()).await;
    app.order(client, rep.user_id, vec![other.clone()]).await;
    let first = app.api.get(&rep, "/v1/sops?limit=1").await.expect(200).body;
    assert_eq!(first["items"][0]["sop_id"], json!(other.document_id));
    assert_eq!(first["items"][0]["status"], "processing");
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app.api.get(&rep, &format!("/v1/sops?limit=1&cursor={cursor}")).await.expect(200).body;
    assert_eq!((&second["items"][0]["sop_id"], &second["next_cursor"]), (&json!(sop), &json!(null)));
    let filtered = app.api.get(&rep, &format!("/v1/sops?request_id={request}")).await.expect(200).body;
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);

    assert_eq!(
        app.api.get(&rep, &format!("/v1/sops/{}", other.document_id)).await.expect(409).code(),
        "sop_not_processed"
    );
    assert_eq!(app.api.get(&rep, "/v1/sops?cursor=%21").await.expect(400).code(), "bad_cursor");
    let search = format!("/v1/sops/{sop}/search");
    for body in [
        json!({ "query": "" }),
        json!({ "query": "a", "limit": 0 }),
        json!({ "query": "a", "limit": 51 }),
        json!({ "query": "a".repeat(501) }),
        json!({ "query": "a\u{0}" }),
        json!({ "query": "a", "x": 1 }),
        json!({}),
    ] {
        app.api.post(&rep, &search, &body).await.expect(422);
    }
}

#[tokio::test]
async fn what_is_searched_in_names_nobody_and_the_sop_itself_still_does() {
    let app = TestApp::spawn().await;
    let (client, rep) = (Uuid::now_v7(), app.person(Role::SalesRep, &[]).await);
    let text =
        "# Keys for Maria Lopez\n\n1. Ask Maria Lopez on +49 170 5551234 for the key.\n2. Call 112 in an emergency.\n";
    let document = app.upload("keys.md", text.as_bytes().to_vec()).await;
    app.order(client, rep.user_id, vec![document.clone()]).await;
    app.work().await;
    let sop = document.document_id;
    let found =
        app.api.post(&rep, &format!("/v1/sops/{sop}/search"), &json!({ "query": "key" })).await.expect(200).body;
    let hits = found["hits"].to_string();
    assert!(hits.contains("Ask [PERSON 1] on [PHONE 1] for the key.") && hits.contains("Call 112"), "{hits}");
    assert!(hits.contains("Keys for [PERSON 1]") && !hits.contains("Lopez"), "{hits}");
    let original = app.api.get(&rep, &format!("/v1/sops/{sop}")).await.expect(200).body;
    assert!(original["text"].as_str().unwrap().contains("Maria Lopez on +49 170 5551234"));
    assert_eq!(original["personal"][0]["kind"], "person");
}
