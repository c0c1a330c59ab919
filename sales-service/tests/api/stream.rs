use std::time::Duration;

use events::{CATALOG, Event, payloads::CourseLessonReady};
use test_support::Person;
use uuid::Uuid;

use crate::app::TestApp;

/// Reads the stream until `count` events have come; returns (id, data) of each.
async fn read(app: &TestApp, rep: &Person, request: Uuid, last: Option<&str>, count: usize) -> Vec<(String, String)> {
    let path = format!("/v1/requests/{request}/events");
    let mut get = app.api.request(reqwest::Method::GET, &path).bearer_auth(&rep.token);
    if let Some(last) = last {
        get = get.header("last-event-id", last);
    }
    let mut response = get.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    while text.matches("\n\n").count() < count {
        let chunk = tokio::time::timeout(Duration::from_secs(10), response.chunk()).await.expect("an event in time");
        text.push_str(&String::from_utf8_lossy(&chunk.unwrap().unwrap()));
    }
    let field = |event: &str, name: &str| {
        event.lines().find_map(|l| l.strip_prefix(name)).map(|v| v.trim().to_owned()).unwrap_or_default()
    };
    text.split_terminator("\n\n").map(|event| (field(event, "id:"), field(event, "data:"))).collect()
}

#[tokio::test]
async fn a_stream_goes_on_where_it_was_cut() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let (request, _) = app.submitted(&rep).await;
    let first = read(&app, &rep, request, None, 2).await;
    assert!(first[0].1.contains("created") && first[1].1.contains("submitted"), "{first:?}");
    let resumed = read(&app, &rep, request, Some(&first[0].0), 1).await;
    assert_eq!(resumed[0].0, first[1].0);

    let waiting = read(&app, &rep, request, Some(&first[1].0), 1);
    let telling = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let info = CATALOG.iter().find(|i| i.event_type == CourseLessonReady::TYPE).unwrap();
        let mut lesson: CourseLessonReady = serde_json::from_value((info.example)()).unwrap();
        lesson.request_id = request;
        app.deliver(&lesson).await;
    };
    let (live, ()) = tokio::join!(waiting, telling);
    assert!(live[0].1.contains("Lesson 1 of 8"), "{live:?}");
}

#[tokio::test]
async fn a_last_event_id_that_is_none_is_refused() {
    let app = TestApp::spawn().await;
    let rep = app.rep().await;
    let request = app.draft(&rep).await;
    let path = format!("/v1/requests/{request}/events");
    let get = app.api.request(reqwest::Method::GET, &path).bearer_auth(&rep.token).header("last-event-id", "x");
    assert_eq!(app.api.send(get).await.expect(400).code(), "bad_last_event_id");
}
