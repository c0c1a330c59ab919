use std::collections::HashMap;

use course_format::sop::ParsedSops;
use events::payloads::CourseGenerated;
use qdrant_client::qdrant::{Document, NamedVectors, PointStruct, UpsertPointsBuilder, Vector};
use uuid::Uuid;

use crate::app::{HOTEL, TestApp, qdrant};

/// Indexes every clause as sop-ingest-service does, with vectors that put towels near towels.
async fn index(collection: &str, client: Uuid, request: Uuid, sops: &str) {
    let parsed: ParsedSops = serde_json::from_str(sops).unwrap();
    let mut points = Vec::new();
    for document in &parsed.documents {
        for clause in &document.clauses {
            let near = |word: &str| if clause.text.to_lowercase().contains(word) { 1.0 } else { 0.1 };
            let dense = vec![near("towel"), near("door"), near("bag"), 0.3];
            let words = Document { text: clause.text.clone(), model: "qdrant/bm25".to_owned(), ..Default::default() };
            let vectors = NamedVectors::default().add_vector("dense", dense).add_vector("bm25", Vector::from(words));
            let payload: HashMap<&str, qdrant_client::qdrant::Value> = HashMap::from([
                ("client_id", client.to_string().into()),
                ("request_id", request.to_string().into()),
                ("document_id", document.document_id.to_string().into()),
                ("sop_version", i64::from(document.version.number).into()),
            ]);
            let id = clause.id.point(document.document_id, document.version.number).to_string();
            points.push(PointStruct::new(id, vectors, payload));
        }
    }
    qdrant().upsert_points(UpsertPointsBuilder::new(collection, points).wait(true)).await.unwrap();
}

fn related(package: &course_format::course::CoursePackage) -> usize {
    package.course.lessons().filter(|l| l.trainer_notes.iter().any(|n| n.text.starts_with("The SOPs say more"))).count()
}

#[tokio::test]
async fn a_lesson_names_related_clauses_of_the_same_client_only() {
    let app = TestApp::spawn().await;
    let ready = app.ready(Uuid::now_v7(), HOTEL).await;
    index(&app.collection, ready.client_id, ready.request_id, HOTEL).await;
    app.deliver(&ready).await;
    app.work().await;
    let generated = app.probe.events::<CourseGenerated>().await.remove(0);
    assert!(related(&app.package(&generated).await) > 0);

    let stranger = app.ready(Uuid::now_v7(), HOTEL).await;
    app.deliver(&stranger).await;
    app.work().await;
    let generated = app.probe.events::<CourseGenerated>().await.remove(1);
    assert_eq!(related(&app.package(&generated).await), 0, "another client's points are never found");
}
