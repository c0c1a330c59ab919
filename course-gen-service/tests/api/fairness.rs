use std::collections::HashSet;

use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

#[tokio::test]
async fn a_client_with_many_jobs_does_not_hold_up_another() {
    let app = TestApp::spawn().await;
    let (busy, small) = (Uuid::now_v7(), Uuid::now_v7());
    for _ in 0..20 {
        app.deliver(&app.ready(busy, HOTEL).await).await;
    }
    app.deliver(&app.ready(small, HOTEL).await).await;
    // Seven steps make a course; taking turns, fourteen are enough for the small client's.
    for _ in 0..15 {
        app.worker.run_once().await.unwrap();
    }
    let done: Vec<Uuid> =
        sqlx::query_scalar("SELECT client_id FROM jobs WHERE state = 'done'").fetch_all(&app.db.pool).await.unwrap();
    assert!(done.contains(&small), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_never_run_the_same_step() {
    let app = TestApp::spawn().await;
    for _ in 0..4 {
        app.deliver(&app.ready(Uuid::now_v7(), HOTEL).await).await;
    }
    let workers = (0..4).map(|_| {
        let worker = app.worker.clone();
        tokio::spawn(async move { while worker.run_once().await.unwrap() {} })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
    app.work().await;
    let steps: Vec<(Uuid, String)> =
        sqlx::query_as("SELECT job_id, step FROM job_steps").fetch_all(&app.db.pool).await.unwrap();
    assert_eq!(steps.len(), 4 * 7);
    assert_eq!(steps.iter().collect::<HashSet<_>>().len(), steps.len());
    assert_eq!(app.probe.envelopes("course.generated.v1").await.len(), 4);
}
