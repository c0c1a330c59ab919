use std::time::{Duration, Instant};

use events::Topic;
use platform::{dlq, kafka::Kafka};
use rdkafka::producer::FutureRecord;

use crate::ledger::{Bench, Ledger, SERVICE};

const PATIENCE: Duration = Duration::from_secs(20);

async fn letters(kafka: &Kafka, topic: Topic) -> Vec<dlq::DeadLetter> {
    let kafka = kafka.clone();
    tokio::task::spawn_blocking(move || dlq::list(&kafka, SERVICE, topic).unwrap()).await.unwrap()
}

async fn replay(kafka: &Kafka, id: Option<String>) -> usize {
    let kafka = kafka.clone();
    let work = move || dlq::replay(&kafka, SERVICE, Topic::LearningActivity, id.as_deref()).unwrap();
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test]
async fn a_poison_event_goes_to_the_dead_letters_with_its_reason_and_the_partition_moves_on() {
    let bench = Bench::new().await;
    let relay = bench.start_relay();
    let (stop, running) = bench.start_consumer(Ledger::default());
    let first = bench.enqueue(1).await;
    bench.wait_for_lines(1, PATIENCE).await;
    let start = Instant::now();
    let poison = bench.enqueue(666).await;
    let panics = bench.enqueue(667).await;
    let second = bench.enqueue(2).await;
    assert_eq!(bench.wait_for_lines(2, PATIENCE).await, [first, second]);
    assert!(start.elapsed() < Duration::from_secs(5), "held for {:?}", start.elapsed());

    let found = letters(&bench.kafka, Topic::LearningActivity).await;
    assert_eq!(found.len(), 2);
    assert!(found[0].reason.contains("this one never works"), "{}", found[0].reason);
    assert_eq!((found[0].code.as_str(), found[1].code.as_str()), ("retries_exhausted", "handler_panicked"));

    // The release is mended: the letters are replayed, once, and their effects follow.
    stop.cancel();
    running.await.unwrap();
    let (stop, _) = bench.start_consumer(Ledger { mended: true, ..Ledger::default() });
    assert_eq!(replay(&bench.kafka, found[0].event_id.clone()).await, 1);
    assert_eq!(bench.wait_for_lines(3, PATIENCE).await[2], poison);
    assert_eq!(replay(&bench.kafka, None).await, 2);
    assert_eq!(bench.wait_for_lines(4, PATIENCE).await[3], panics);
    assert!(letters(&bench.kafka, Topic::LearningActivity).await.is_empty());
    stop.cancel();
    relay.cancel();
}

#[tokio::test]
async fn what_is_no_event_at_all_is_a_dead_letter_on_every_topic() {
    let bench = Bench::new().await;
    let (stop, _) = bench.start_consumer(Ledger::default());
    let producer = bench.kafka.producer().unwrap();
    for topic in [Topic::LearningActivity, Topic::UserAccounts] {
        for bytes in ["not json", "{}", ""] {
            let name = bench.kafka.topic(topic);
            producer.send(FutureRecord::<str, str>::to(&name).payload(bytes), PATIENCE).await.unwrap();
        }
    }
    let relay = bench.start_relay();
    bench.enqueue(1).await;
    bench.wait_for_lines(1, PATIENCE).await;
    for topic in [Topic::LearningActivity, Topic::UserAccounts] {
        let start = Instant::now();
        while letters(&bench.kafka, topic).await.len() < 3 {
            assert!(start.elapsed() < PATIENCE, "{topic:?}");
        }
    }
    stop.cancel();
    relay.cancel();
}
