use course_format::sop::{ChangeKind, SopDiff};
use events::payloads::{OrderedDocument, Role, SopProcessed, SopReplaced, SopRequestReady, SopVersionChanged};
use serde_json::json;
use sop_ingest_service::pipeline::index::Owner;
use test_support::Person;
use uuid::Uuid;

use crate::{
    app::{TestApp, order},
    files,
};

const DOORS: &str =
    "# Doors\n\n## Opening\n\n1. Open the gate at 06:00.\n2. Check both locks.\n3. Do not prop the door open.\n";

struct Lineage {
    app: TestApp,
    client: Uuid,
    rep: Person,
    request: Uuid,
    first: Uuid,
}

impl Lineage {
    async fn with_first_version() -> Self {
        let app = TestApp::spawn().await;
        let (client, rep) = (Uuid::now_v7(), app.person(Role::SalesRep, &[]).await);
        let first = app.upload("doors.md", DOORS.as_bytes().to_vec()).await;
        let request = app.order(client, rep.user_id, vec![first.clone()]).await;
        app.work().await;
        Self { app, client, rep, request, first: first.document_id }
    }

    async fn hand_in(&self, text: &str, replaces: Uuid) -> OrderedDocument {
        let mut document = self.app.upload("doors.md", text.as_bytes().to_vec()).await;
        document.replaces = Some(replaces);
        let event = SopReplaced {
            request_id: self.request,
            client_id: self.client,
            replaced_by: self.rep.user_id,
            document: document.clone(),
        };
        self.app.deliver(&event).await;
        document
    }

    async fn get(&self, path: &str) -> serde_json::Value {
        self.app.api.get(&self.rep, &format!("/v1/sops/{path}")).await.expect(200).body
    }
}

#[tokio::test]
async fn a_new_version_keeps_the_ids_of_what_stayed_and_says_what_changed() {
    let sop = Lineage::with_first_version().await;
    let second = sop.hand_in(&DOORS.replace("06:00", "05:30"), sop.first).await;
    sop.app.work().await;

    let changed = sop.app.probe.events::<SopVersionChanged>().await;
    assert_eq!(changed.len(), 1);
    assert_eq!((changed[0].document_id, changed[0].from.version, changed[0].to.version), (sop.first, 1, 2));
    assert_eq!((changed[0].summary.edited, changed[0].summary.critical), (1, 1));
    let processed = sop.app.probe.events::<SopProcessed>().await;
    assert_eq!(processed[1].upload_id, Some(second.document_id));
    assert_eq!((processed[1].sop.document_id, processed[1].sop.version), (sop.first, 2));
    // The request was ready before: a new version makes nothing by itself.
    assert_eq!(sop.app.probe.events::<SopRequestReady>().await.len(), 1);

    let (old, new) = (sop.get(&sop.first.to_string()).await, sop.get(&second.document_id.to_string()).await);
    assert_eq!((&new["document_id"], &new["version"]["number"]), (&json!(sop.first), &json!(2)));
    let id = |document: &serde_json::Value, at: usize| document["clauses"][at]["id"].clone();
    assert_eq!(id(&old, 3), id(&new, 3));
    assert_eq!(new["clauses"][2]["supersedes"], id(&old, 2));
    assert_eq!(sop.get(&format!("{}?version=2", sop.first)).await, new);

    let diff: SopDiff = serde_json::from_value(sop.get(&format!("{}/diff", second.document_id)).await).unwrap();
    assert_eq!(diff, serde_json::from_value(sop.get(&format!("{}/diff?from=1&to=2", sop.first)).await).unwrap());
    let change = &diff.changes[0];
    assert_eq!((change.change, change.words[0].new.as_str()), (ChangeKind::Edited, "05:30."));
    assert!(sop.get(&format!("{}/diff?from=2&to=2", sop.first)).await["changes"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn both_versions_are_searched_apart() {
    let sop = Lineage::with_first_version().await;
    let second = sop.hand_in(&DOORS.replace("06:00", "05:30"), sop.first).await;
    sop.app.work().await;
    for (id, time) in [(sop.first, "06:00"), (second.document_id, "05:30")] {
        let path = format!("/v1/sops/{id}/search");
        let query = json!({ "query": "When do I open the gate?" });
        let found = sop.app.api.post(&sop.rep, &path, &query).await.expect(200).body;
        let hits = found["hits"].as_array().unwrap();
        // Three steps, their heading and the title.
        assert_eq!(hits.len(), 5);
        assert!(hits[0]["text"].as_str().unwrap().contains(time));
    }
    // Each version has its own points, and no others stay behind when one is read again.
    assert_eq!(sop.app.points(sop.first).await, 10);
    let again = sop.app.worker.store.get_parsed(&format!("sops/{}/v2/sop.json", sop.first)).await.unwrap();
    let chunks = sop_ingest_service::pipeline::chunk::chunks(&again);
    let vectors = sop.app.worker.embedder.embed(chunks.iter().map(|c| c.text.clone()).collect()).await.unwrap();
    let owner = Owner { client_id: sop.client, request_id: sop.request };
    sop.app.worker.index.replace(&again, owner, &chunks[1..], vectors[1..].to_vec()).await.unwrap();
    assert_eq!(sop.app.points(sop.first).await, 9);
}

#[tokio::test]
async fn the_same_file_again_is_the_same_version() {
    let sop = Lineage::with_first_version().await;
    let again = sop.hand_in(DOORS, sop.first).await;
    sop.app.work().await;
    let processed = sop.app.probe.events::<SopProcessed>().await;
    assert_eq!((processed[1].sop.document_id, processed[1].sop.version), (sop.first, 1));
    assert_eq!(processed[1].sop.key, processed[0].sop.key);
    assert!(sop.app.probe.events::<SopVersionChanged>().await.is_empty());
    assert_eq!(sop.get(&again.document_id.to_string()).await, sop.get(&sop.first.to_string()).await);
    let refused = sop.app.api.get(&sop.rep, &format!("/v1/sops/{}/diff", again.document_id)).await.expect(409);
    assert_eq!(refused.code(), "no_earlier_version");
}

#[tokio::test]
async fn the_same_file_under_two_names_in_one_request_is_one_sop() {
    let app = TestApp::spawn().await;
    let (one, two) =
        (app.upload("a.md", DOORS.as_bytes().to_vec()).await, app.upload("b.md", DOORS.as_bytes().to_vec()).await);
    app.order(Uuid::now_v7(), Uuid::now_v7(), vec![one.clone(), two.clone()]).await;
    tokio::join!(app.work(), app.work());
    app.work().await;
    assert_eq!(app.state(two.document_id).await, "processed");
    let ready = app.probe.events::<SopRequestReady>().await;
    assert_eq!(ready[0].sops.iter().map(|s| s.document_id).collect::<Vec<_>>(), [one.document_id]);
}

#[tokio::test]
async fn two_people_with_the_same_file_at_once_get_a_sop_each() {
    let app = TestApp::spawn().await;
    let client = Uuid::now_v7();
    let mut sops = Vec::new();
    for _ in 0..2 {
        let rep = app.person(Role::SalesRep, &[]).await;
        let document = app.upload(files::KITCHEN, files::example(files::KITCHEN)).await;
        app.order(client, rep.user_id, vec![document.clone()]).await;
        sops.push((rep, document.document_id));
    }
    let (one, two) = tokio::join!(app.worker.run_once(), app.worker.run_once());
    assert!(one.unwrap() && two.unwrap());
    for (at, (rep, sop)) in sops.iter().enumerate() {
        let body = app.api.get(rep, &format!("/v1/sops/{sop}")).await.expect(200).body;
        assert_eq!((&body["document_id"], &body["version"]["number"]), (&json!(sop), &json!(1)));
        app.api.get(&sops[1 - at].0, &format!("/v1/sops/{sop}")).await.expect(404);
    }
    assert_eq!(app.probe.events::<SopRequestReady>().await.len(), 2);
}

#[tokio::test]
async fn versions_follow_each_other_whatever_order_workers_take_them_in() {
    let sop = Lineage::with_first_version().await;
    let second = sop.hand_in(&DOORS.replace("both locks", "all three locks"), sop.first).await;
    sop.hand_in(&DOORS.replace("both locks", "all four locks"), second.document_id).await;
    let (one, two) = tokio::join!(sop.app.worker.run_once(), sop.app.worker.run_once());
    one.unwrap();
    two.unwrap();
    sop.app.work().await;
    let changed = sop.app.probe.events::<SopVersionChanged>().await;
    let numbers: Vec<_> = changed.iter().map(|c| (c.from.version, c.to.version)).collect();
    assert_eq!(numbers, [(1, 2), (2, 3)]);
    let far: SopDiff = serde_json::from_value(sop.get(&format!("{}/diff?from=1&to=3", sop.first)).await).unwrap();
    assert_eq!((far.summary.edited, far.changes[0].words[0].new.as_str()), (1, "all four"));
}

#[tokio::test]
async fn nobody_replaces_another_clients_sop_and_a_new_order_may_go_on_from_an_old_one() {
    let sop = Lineage::with_first_version().await;
    let mut document = sop.app.upload("doors.md", DOORS.replace("06:00", "07:00").into_bytes()).await;
    document.replaces = Some(sop.first);
    let hostile = order(Uuid::now_v7(), Uuid::now_v7(), vec![document.clone()]);
    assert!(sop.app.refuses(&hostile).await);

    let request = sop.app.order(sop.client, sop.rep.user_id, vec![document]).await;
    sop.app.work().await;
    let changed = sop.app.probe.events::<SopVersionChanged>().await;
    assert_eq!((changed[0].request_id, changed[0].document_id), (request, sop.first));
    let ready = sop.app.probe.events::<SopRequestReady>().await;
    assert_eq!((ready[1].sops[0].document_id, ready[1].sops[0].version), (sop.first, 2));
}

#[tokio::test]
async fn versions_of_others_are_not_found() {
    let sop = Lineage::with_first_version().await;
    let stranger = sop.app.person(Role::CourseManager, &[Uuid::now_v7()]).await;
    for path in ["diff", "diff?from=1&to=1", "pages/1"] {
        sop.app.api.get(&stranger, &format!("/v1/sops/{}/{path}", sop.first)).await.expect(404);
    }
    sop.app.api.get(&sop.rep, &format!("/v1/sops/{}?version=9", sop.first)).await.expect(404);
    sop.app.api.get(&sop.rep, &format!("/v1/sops/{}/diff?from=9", sop.first)).await.expect(404);
}
