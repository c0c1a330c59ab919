use std::{collections::HashSet, time::Duration};

use crate::ledger::{Bench, Ledger, started};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn an_event_reaches_the_next_services_effect() {
    let bench = Bench::new().await;
    let relay = bench.start_relay();
    let (stop, running) = bench.start_consumer(Ledger::default());
    let student = bench.enqueue(1).await;
    assert_eq!(bench.wait_for_lines(1, PATIENCE).await, [student]);
    relay.cancel();
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn a_rolled_back_change_tells_nothing() {
    let bench = Bench::new().await;
    let mut tx = bench.db.pool.begin().await.unwrap();
    bench.outbox.enqueue(&mut tx, &started(1)).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(bench.relay().run_once().await.unwrap(), 0);
}

#[tokio::test]
async fn an_event_that_was_sent_but_not_marked_is_sent_again_and_counts_once() {
    let bench = Bench::new().await;
    bench.enqueue(1).await;
    let relay = bench.relay();
    assert_eq!(relay.run_once().await.unwrap(), 1);
    // As if the process had died between Kafka's acknowledgement and the mark.
    sqlx::query("UPDATE outbox SET published_at = NULL").execute(&bench.db.pool).await.unwrap();
    assert_eq!(relay.run_once().await.unwrap(), 1);
    bench.enqueue(2).await;
    relay.run_once().await.unwrap();
    let (stop, _) = bench.start_consumer(Ledger::default());
    bench.wait_for_lines(2, PATIENCE).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(bench.lines().await.len(), 2);
    stop.cancel();
}

#[tokio::test]
async fn ids_that_commit_out_of_order_are_all_sent() {
    let bench = Bench::new().await;
    let relay = bench.relay();
    let mut slow = bench.db.pool.begin().await.unwrap();
    bench.outbox.enqueue(&mut slow, &started(1)).await.unwrap();
    // Takes a later number, commits first, and is sent before the earlier one is visible.
    bench.enqueue(2).await;
    assert_eq!(relay.run_once().await.unwrap(), 1);
    slow.commit().await.unwrap();
    assert_eq!(relay.run_once().await.unwrap(), 1);
    assert_eq!(bench.unsent().await, 0);
}

#[tokio::test]
async fn two_relays_at_once_send_everything_and_nothing_takes_effect_twice() {
    let bench = Bench::new().await;
    let relays = [bench.start_relay(), bench.start_relay()];
    let (stop, _) = bench.start_consumer(Ledger::default());
    let mut sent = HashSet::new();
    for i in 0..200 {
        sent.insert(bench.enqueue(i).await);
        if i == 100 {
            relays[0].cancel();
        }
    }
    let lines = bench.wait_for_lines(200, PATIENCE).await;
    assert_eq!(lines.len(), 200);
    assert_eq!(lines.into_iter().collect::<HashSet<_>>(), sent);
    relays[1].cancel();
    stop.cancel();
}

#[tokio::test]
async fn while_kafka_is_away_events_wait_in_the_outbox() {
    let mut bench = Bench::new().await;
    let mut away = bench.config.clone();
    away.kafka_brokers = "127.0.0.1:1".to_owned();
    let here = std::mem::replace(&mut bench.kafka, platform::kafka::Kafka::new(&away));
    bench.enqueue(1).await;
    assert!(bench.relay().run_once().await.is_err());
    assert_eq!(bench.unsent().await, 1);
    bench.kafka = here;
    assert_eq!(bench.relay().run_once().await.unwrap(), 1);
    assert_eq!(bench.unsent().await, 0);
}
