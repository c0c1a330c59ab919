use serde_json::Value;

use crate::app::{Company, TestApp};

async fn found(app: &TestApp, company: &Company, query: &str) -> Vec<String> {
    let body = app.api.get(&company.manager, &format!("/v1/library?{query}")).await.expect(200).body;
    let title = |c: &Value| c["title"].as_str().unwrap().to_owned();
    body["items"].as_array().unwrap().iter().map(title).collect()
}

#[tokio::test]
async fn the_library_finds_published_courses_by_the_words_of_their_titles() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    for title in ["English for the cold store", "English for housekeeping"] {
        let course = app.in_review_titled(&company, title).await;
        app.approve_and_publish(&company, course, 1).await;
    }
    app.in_review_titled(&company, "English for nobody yet").await;
    let all = ["English for housekeeping", "English for the cold store"];
    assert_eq!(found(&app, &company, "").await, all);
    assert_eq!(found(&app, &company, "q=").await, all);
    assert_eq!(found(&app, &company, "q=stores").await, ["English for the cold store"]);
    assert_eq!(found(&app, &company, "q=english+-cold").await, ["English for housekeeping"]);
    // The titles of units and lessons count as well.
    assert_eq!(found(&app, &company, "q=thermometers").await, all);
    assert_eq!(found(&app, &company, "q=%27%22%3A%26%21%28").await, Vec::<String>::new());
    assert_eq!(found(&app, &company, "level=B1").await, all);
    assert_eq!(found(&app, &company, "level=C1").await, Vec::<String>::new());
    assert_eq!(found(&app, &company, &format!("client_id={}", company.client_id)).await, all);
    app.api.get(&company.manager, "/v1/library?level=D1").await.expect(400);
    app.api.get(&company.manager, &format!("/v1/library?q={}", "x".repeat(201))).await.expect(400);
}

#[tokio::test]
async fn the_library_shows_the_published_version_while_the_next_one_is_in_review() {
    let app = TestApp::spawn().await;
    let company = app.company().await;
    let course = app.published(&company).await;
    let event = app.generated(course, company.client_id, 2, "A new title").await;
    app.deliver(&event).await;
    app.fetch_all().await;
    assert_eq!(found(&app, &company, "").await, ["English for the cold store"]);
    app.approve_and_publish(&company, course, 2).await;
    assert_eq!(found(&app, &company, "").await, ["A new title"]);
}
