use uuid::Uuid;

use crate::app::{TestApp, described};

#[tokio::test]
async fn two_documents_wait_for_at_most_two_of_a_client_who_queued_two_hundred() {
    let app = TestApp::spawn().await;
    let text = b"# Doors\n\n1. Open the door.\n".to_vec();
    let mut many = Vec::new();
    for at in 0..200 {
        // Those that nobody comes to need not be there.
        let own = format!("# Door {at}\n\n1. Open the door.\n").into_bytes();
        many.push(if at < 8 { app.upload("many.md", own).await } else { described("many.md", &own) });
    }
    let two = [app.upload("one.md", text.clone()).await, app.upload("two.md", [text.clone(), text].concat()).await];
    app.order(Uuid::now_v7(), Uuid::now_v7(), many.clone()).await;
    for _ in 0..3 {
        app.worker.run_once().await.unwrap();
    }
    app.order(Uuid::now_v7(), Uuid::now_v7(), two.to_vec()).await;
    let mut turns = 0;
    while app.state(two[0].document_id).await == "queued" || app.state(two[1].document_id).await == "queued" {
        app.worker.run_once().await.unwrap();
        turns += 1;
    }
    assert!(turns - two.len() <= 2, "{turns}");
}
