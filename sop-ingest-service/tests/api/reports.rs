use events::payloads::{Role, SopProcessed};
use serde_json::{Value, json};
use test_support::Person;
use uuid::Uuid;

use crate::app::{TestApp, order};

const DOORS: &str = "# Doors &lt;b&gt; keys\n\n## Opening\n\n1. Open the gate at 06:00.\n2. Check the locks regularly.\n\
    3. Sign the log.\n4. Call the QRT.\n\n## Closing\n\n1. Close the gate at 22:00.\n2. Lock the gate.\n";

struct Doors {
    app: TestApp,
    rep: Person,
    sop: Uuid,
}

/// One SOP, ordered for learners at B1.
async fn doors() -> Doors {
    let app = TestApp::spawn().await;
    let rep = app.person(Role::SalesRep, &[]).await;
    let document = app.upload("doors.md", DOORS.as_bytes().to_vec()).await;
    app.order(Uuid::now_v7(), rep.user_id, vec![document.clone()]).await;
    app.work().await;
    Doors { app, rep, sop: document.document_id }
}

impl Doors {
    async fn get(&self, path: &str) -> Value {
        self.app.api.get(&self.rep, &format!("/v1/sops/{}/{path}", self.sop)).await.expect(200).body
    }
}

#[tokio::test]
async fn what_should_be_mended_is_told_with_its_clause_its_words_and_a_suggestion() {
    let doors = doors().await;
    let report = doors.get("defects").await;
    assert_eq!((&report["title"], &report["version"]), (&json!("Doors <b> keys"), &json!(1)));
    let findings = report["findings"].as_array().unwrap();
    let clauses = doors.app.api.get(&doors.rep, &format!("/v1/sops/{}", doors.sop)).await.expect(200).body;
    for kind in ["vague_word", "undefined_acronym"] {
        let found = findings.iter().find(|f| f["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {findings:#?}"));
        let clause = clauses["clauses"].as_array().unwrap().iter().find(|c| c["id"] == found["clause_id"]).unwrap();
        assert!(clause["text"].as_str().unwrap().contains(found["quote"].as_str().unwrap()), "{found}");
        assert!(!found["suggestion"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_browser_gets_the_report_as_a_page_in_which_nothing_of_the_sop_is_markup() {
    let doors = doors().await;
    let path = format!("/v1/sops/{}/defects", doors.sop);
    let request = doors.app.api.request(reqwest::Method::GET, &path).bearer_auth(&doors.rep.token);
    let answer = request.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let page = answer.text().await.unwrap();
    assert!(
        page.starts_with("<!doctype html>")
            && page.contains("regularly")
            && page.contains("&lt;b&gt;")
            && !page.contains("<b>"),
        "{page}"
    );
}

#[tokio::test]
async fn the_quote_is_for_the_level_that_is_asked_for_or_the_one_that_was_ordered() {
    let doors = doors().await;
    let ordered = doors.get("quote").await;
    assert_eq!((&ordered["level"], &ordered["steps"]), (&json!("B1"), &json!(6)));
    assert_eq!(doors.get("quote?level=B1").await, ordered);
    let easy = doors.get("quote?level=A1&version=1").await;
    assert_eq!(easy["level"], "A1");
    assert!(easy["lessons"].as_u64() >= ordered["lessons"].as_u64());
    assert!(easy["formula"].as_str().unwrap().contains("6 steps in 2 procedures"), "{easy}");
    let path = format!("/v1/sops/{}/quote?level=", doors.sop);
    doors.app.api.get(&doors.rep, &format!("{path}D1")).await.expect(400);

    let told = doors.app.probe.events::<SopProcessed>().await;
    assert_eq!(serde_json::to_value(told[0].quote.clone().unwrap()).unwrap(), ordered);
}

#[tokio::test]
async fn the_same_file_in_another_request_is_quoted_for_that_requests_learners() {
    let doors = doors().await;
    let mut document = doors.app.upload("doors.md", DOORS.as_bytes().to_vec()).await;
    let known = doors.app.probe.events::<SopProcessed>().await;
    document.replaces = Some(doors.sop);
    let mut again = order(known[0].client_id, doors.rep.user_id, vec![document.clone()]);
    again.order.level = course_format::Level::A2;
    doors.app.deliver(&again).await;
    doors.app.work().await;
    let told = doors.app.probe.events::<SopProcessed>().await;
    assert_eq!((told[1].upload_id, told[1].sop.version), (Some(document.document_id), 1));
    assert_eq!(told[1].quote.as_ref().unwrap().level, course_format::Level::A2);
}

#[tokio::test]
async fn reports_of_another_clients_sop_are_not_found() {
    let doors = doors().await;
    let stranger = doors.app.person(Role::CourseManager, &[Uuid::now_v7()]).await;
    let student = doors.app.person(Role::Student, &[]).await;
    for path in ["defects", "quote", "quote?level=B1"] {
        let own = format!("/v1/sops/{}/{path}", doors.sop);
        doors.app.api.get(&stranger, &own).await.expect(404);
        doors.app.api.get(&student, &own).await.expect(403);
        doors.app.api.get(&doors.rep, &format!("/v1/sops/{}/{path}", Uuid::now_v7())).await.expect(404);
        doors.app.api.send(doors.app.api.request(reqwest::Method::GET, &own)).await.expect(401);
    }
}
