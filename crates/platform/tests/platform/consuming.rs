use std::time::Duration;

use events::{
    Envelope,
    payloads::{AccountChange, Role, UserAccount},
};
use platform::members;
use uuid::Uuid;

use crate::ledger::{Bench, Ledger, SERVICE, started};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn every_event_delivered_twice_takes_effect_once() {
    let bench = Bench::new().await;
    let consumer = bench.consumer(Ledger::default());
    for version in 0..20 {
        let event = Envelope::new(SERVICE, &started(version)).unwrap();
        consumer.deliver(&event).await.unwrap();
        consumer.deliver(&event).await.unwrap();
    }
    assert_eq!(bench.lines().await.len(), 20);
}

#[tokio::test]
async fn the_same_event_delivered_by_two_replicas_at_once_takes_effect_once() {
    let bench = Bench::new().await;
    let event = Envelope::new(SERVICE, &started(1)).unwrap();
    let (one, two) = (bench.consumer(Ledger::default()), bench.consumer(Ledger::default()));
    let (a, b) = tokio::join!(one.deliver(&event), two.deliver(&event));
    a.unwrap();
    b.unwrap();
    assert_eq!(bench.lines().await.len(), 1);
}

#[tokio::test]
async fn a_consumer_that_stopped_goes_on_where_it_was() {
    let bench = Bench::new().await;
    let relay = bench.start_relay();
    let (stop, running) = bench.start_consumer(Ledger::default());
    bench.enqueue(1).await;
    bench.wait_for_lines(1, PATIENCE).await;
    stop.cancel();
    running.await.unwrap();
    bench.enqueue(2).await;
    let (stop, _) = bench.start_consumer(Ledger::default());
    assert_eq!(bench.wait_for_lines(2, PATIENCE).await.len(), 2);
    stop.cancel();
    relay.cancel();
}

#[tokio::test]
async fn a_failure_that_passes_is_retried_in_place() {
    let bench = Bench::new().await;
    let relay = bench.start_relay();
    let (stop, _) = bench.start_consumer(Ledger::default());
    let student = bench.enqueue(668).await;
    assert_eq!(bench.wait_for_lines(1, PATIENCE).await, [student]);
    stop.cancel();
    relay.cancel();
}

fn account(user_id: Uuid, revision: i64, disabled: bool) -> UserAccount {
    UserAccount {
        user_id,
        revision,
        change: AccountChange::Disabled,
        email: "ana@example.com".to_owned(),
        display_name: "Ana".to_owned(),
        language: "en".to_owned(),
        phone: None,
        roles: vec![Role::Trainer],
        client_ids: vec![],
        disabled,
    }
}

#[tokio::test]
async fn an_older_account_never_replaces_a_newer_one() {
    let bench = Bench::new().await;
    let consumer = bench.consumer(Ledger::default());
    let user = Uuid::now_v7();
    for (revision, disabled) in [(2, true), (1, false)] {
        let event = Envelope::new("user-service", &account(user, revision, disabled)).unwrap();
        consumer.deliver(&event).await.unwrap();
    }
    assert!(members::find(&bench.db.pool, user).await.unwrap().unwrap().disabled);
}
