use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use test_support::Person;

use crate::{app::TestApp, settings::graded};

async fn inbox(app: &TestApp, who: &Person) -> Vec<Value> {
    let page = app.api.get(who, "/v1/notifications").await.expect(200).body;
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_person_reads_their_own_messages_and_nobody_elses() {
    let app = TestApp::spawn().await;
    let (ana, eve) = (app.student().await, app.student().await);
    app.tell(&graded(ana.user_id)).await;
    app.tell(&graded(ana.user_id)).await;
    let messages = inbox(&app, &ana).await;
    assert_eq!((messages.len(), &messages[0]["read_at"]), (2, &json!(null)));
    assert!(inbox(&app, &eve).await.is_empty());
    let path = format!("/v1/notifications/{}/read", messages[0]["notification_id"].as_str().unwrap());
    assert_eq!(app.api.act(&eve, &path).await.expect(404).code(), "not_found");
    app.api.act(&ana, &path).await.expect(204);
    let first = inbox(&app, &ana).await[0]["read_at"].clone();
    assert!(first.is_string());
    app.api.act(&ana, &path).await.expect(204);
    assert_eq!(inbox(&app, &ana).await[0]["read_at"], first, "the first reading counts");
    assert_eq!(inbox(&app, &ana).await[1]["read_at"], json!(null));
    app.api.act(&ana, "/v1/notifications/read-all").await.expect(204);
    assert!(inbox(&app, &ana).await.iter().all(|m| m["read_at"].is_string()));
    app.api.act(&ana, "/v1/notifications/not-an-id/read").await.expect(404);
}

#[tokio::test]
async fn messages_come_in_pages_newest_first() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    for _ in 0..3 {
        app.tell(&graded(ana.user_id)).await;
    }
    let all = inbox(&app, &ana).await;
    let first = app.api.get(&ana, "/v1/notifications?limit=2").await.expect(200).body;
    assert_eq!(first["items"], json!(all[..2]));
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app.api.get(&ana, &format!("/v1/notifications?limit=2&cursor={cursor}")).await.expect(200).body;
    assert_eq!((&second["items"], &second["next_cursor"]), (&json!(all[2..]), &json!(null)));
    assert_eq!(app.api.get(&ana, "/v1/notifications?cursor=x").await.expect(400).code(), "bad_cursor");
}

#[tokio::test]
async fn strangers_and_the_disabled_get_nothing() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    for path in ["/v1/notifications", "/v1/notifications/stream", "/v1/notifications/preferences"] {
        app.api.send(app.api.request(Method::GET, path)).await.expect(401);
    }
    app.change(&ana, |account| account.disabled = true).await;
    assert_eq!(app.api.get(&ana, "/v1/notifications").await.expect(401).code(), "account_disabled");
}

/// Reads the stream until it has held `count` events, and a moment longer.
async fn events(app: &TestApp, who: &Person, last: Option<&str>, count: usize) -> Vec<(String, Value)> {
    let mut request = app.api.request(Method::GET, "/v1/notifications/stream").bearer_auth(&who.token);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let mut response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let (mut text, mut found) = (String::new(), Vec::new());
    let mut patience = Duration::from_secs(10);
    while let Ok(Ok(Some(chunk))) = tokio::time::timeout(patience, response.chunk()).await {
        text.push_str(&String::from_utf8_lossy(&chunk));
        found = text.split_terminator("\n\n").filter(|e| e.contains("data:")).map(parsed).collect();
        if found.len() >= count {
            patience = Duration::from_millis(300);
        }
    }
    found
}

fn parsed(event: &str) -> (String, Value) {
    let field = |name: &str| event.lines().find_map(|l| l.strip_prefix(name)).unwrap().trim().to_owned();
    assert_eq!(field("event:"), "notification");
    (field("id:"), serde_json::from_str(&field("data:")).unwrap())
}

#[tokio::test]
async fn a_stream_goes_on_where_it_broke_off() {
    let app = TestApp::spawn().await;
    let (ana, eve) = (app.student().await, app.student().await);
    app.tell(&graded(ana.user_id)).await;
    app.tell(&graded(eve.user_id)).await;
    app.tell(&graded(ana.user_id)).await;
    let listening = events(&app, &ana, None, 3);
    let later = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        app.tell(&graded(ana.user_id)).await;
    };
    let (heard, ()) = tokio::join!(listening, later);
    let all = inbox(&app, &ana).await;
    let ids: Vec<_> = heard.iter().map(|(_, data)| &data["notification_id"]).collect();
    let expected: Vec<_> = all.iter().rev().map(|n| &n["notification_id"]).collect();
    assert_eq!(ids, expected);
    let again = events(&app, &ana, Some(&heard[0].0), 2).await;
    assert_eq!(again, heard[1..]);
    // Whoever comes new is not shown again what they have read.
    app.api.act(&ana, "/v1/notifications/read-all").await.expect(204);
    app.tell(&graded(ana.user_id)).await;
    assert_eq!(events(&app, &ana, None, 1).await.len(), 1);
    let request = app.api.request(Method::GET, "/v1/notifications/stream").bearer_auth(&ana.token);
    app.api.send(request.header("last-event-id", "x")).await.expect(400);
}
