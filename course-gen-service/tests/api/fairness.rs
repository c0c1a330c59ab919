use std::collections::HashSet;

use events::payloads::SopRequestReady;
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};

#[tokio::test]
async fn a_client_with_200_jobs_holds_up_another_for_two_at_most() {
    let app = TestApp::spawn().await;
    let (busy, small) = (Uuid::now_v7(), Uuid::now_v7());
    let first = app.ready(busy, HOTEL).await;
    for _ in 0..200 {
        app.deliver(&SopRequestReady { request_id: Uuid::now_v7(), ..first.clone() }).await;
    }
    // The busy client's jobs are under way when the other two come.
    for _ in 0..3 {
        app.worker.run_once().await.unwrap();
    }
    let steps = "SELECT count(*) FROM job_steps JOIN jobs USING (job_id) WHERE client_id = $1";
    let count = async |sql: &'static str, client: Uuid| -> i64 {
        sqlx::query_scalar(sql).bind(client).fetch_one(&app.db.pool).await.unwrap()
    };
    let before = count(steps, busy).await;
    for _ in 0..2 {
        app.deliver(&app.ready(small, HOTEL).await).await;
    }
    while count(steps, small).await == 0 {
        app.worker.run_once().await.unwrap();
    }
    assert!(count(steps, busy).await - before <= 1, "the second client's turn comes at once");
    let done = "SELECT count(*) FROM jobs WHERE client_id = $1 AND state = 'done'";
    while count(done, small).await < 2 {
        app.worker.run_once().await.unwrap();
    }
    assert!(count(done, busy).await <= 2, "{} jobs of the busy client went first", count(done, busy).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_never_run_the_same_step() {
    let app = TestApp::spawn().await;
    for _ in 0..4 {
        app.deliver(&app.ready(Uuid::now_v7(), HOTEL).await).await;
    }
    let workers = (0..4).map(|_| {
        let worker = app.worker.clone();
        tokio::spawn(async move {
            // On a busy machine a connection may take too long; the service's loop tries again as well.
            for _ in 0..20 {
                while let Ok(more) = worker.run_once().await {
                    if !more {
                        return;
                    }
                }
            }
        })
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
