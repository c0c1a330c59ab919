//! Dead letters: events that a service could not process, with the reason, to be looked at and replayed.
//!
//! A replay puts the event back on its topic under its own id: services that had processed it recognise it, the one that
//! failed tries again.

use std::time::Duration;

use events::Topic;
use rdkafka::{
    Message as _, Offset, TopicPartitionList,
    consumer::{BaseConsumer, CommitMode, Consumer as _},
    error::KafkaError,
    message::{BorrowedMessage, Header, Headers as _, OwnedHeaders},
    producer::{FutureProducer, FutureRecord},
    util::Timeout,
};
use serde::Serialize;

use crate::{consumer::HandleError, kafka::Kafka};

const TIMEOUT: Duration = Duration::from_secs(5);

/// One event that a service gave up.
#[derive(Debug, Serialize)]
pub struct DeadLetter {
    pub topic: &'static str,
    pub offset: i64,
    /// The envelope's id, when it is an envelope.
    pub event_id: Option<String>,
    pub event_type: Option<String>,
    pub code: String,
    pub reason: String,
    pub failed_at: String,
    #[serde(skip)]
    key: Option<Vec<u8>>,
    #[serde(skip)]
    payload: Vec<u8>,
}

pub(crate) async fn send(
    producer: &FutureProducer,
    service: &str,
    record: &crate::consumer::Record,
    error: &HandleError,
) -> Result<(), KafkaError> {
    let topic = format!("{}.dlq", record.topic);
    let (failed_at, offset) = (chrono::Utc::now().to_rfc3339(), record.offset.to_string());
    let reason: String = error.reason().chars().take(500).collect();
    let headers = OwnedHeaders::new()
        .insert(Header { key: "consumer", value: Some(service) })
        .insert(Header { key: "code", value: Some(error.code()) })
        .insert(Header { key: "reason", value: Some(&reason) })
        .insert(Header { key: "failed_at", value: Some(&failed_at) })
        .insert(Header { key: "original_offset", value: Some(&offset) });
    let mut letter = FutureRecord::<[u8], [u8]>::to(&topic).payload(&record.payload).headers(headers);
    if let Some(key) = &record.key {
        letter = letter.key(key);
    }
    producer.send(letter, Timeout::After(TIMEOUT)).await.map(|_| ()).map_err(|(e, _)| e)
}

/// The dead letters of `service` on `topic` that were not replayed yet. Blocks on Kafka.
///
/// # Errors
/// Kafka out of reach.
pub fn list(kafka: &Kafka, service: &str, topic: Topic) -> Result<Vec<DeadLetter>, KafkaError> {
    Queue::open(kafka, service, topic)?.read(service, topic)
}

/// Puts the letters back on their topic: the one with this event id, or all. Returns how many. Blocks on Kafka.
///
/// # Errors
/// Kafka out of reach; letters not yet replayed stay listed.
pub fn replay(kafka: &Kafka, service: &str, topic: Topic, event_id: Option<&str>) -> Result<usize, KafkaError> {
    let queue = Queue::open(kafka, service, topic)?;
    let letters = queue.read(service, topic)?;
    let producer = kafka.producer()?;
    let wanted: Vec<_> = letters.iter().filter(|l| event_id.is_none() || l.event_id.as_deref() == event_id).collect();
    for letter in &wanted {
        let topic = kafka.topic(topic);
        let mut record = FutureRecord::<[u8], [u8]>::to(&topic).payload(&letter.payload);
        if let Some(key) = &letter.key {
            record = record.key(key);
        }
        futures::executor::block_on(producer.send(record, Timeout::After(TIMEOUT))).map_err(|(e, _)| e)?;
    }
    if event_id.is_none() {
        queue.forget()?;
    }
    Ok(wanted.len())
}

/// A dead-letter topic, read by hand from the last replay on.
struct Queue {
    consumer: BaseConsumer,
    topic: String,
    start: i64,
    end: i64,
}

impl Queue {
    fn open(kafka: &Kafka, service: &str, topic: Topic) -> Result<Self, KafkaError> {
        let consumer = kafka.dlq_reader(service)?;
        let topic = kafka.dlq(topic);
        let (low, end) = consumer.fetch_watermarks(&topic, 0, TIMEOUT)?;
        let mut list = TopicPartitionList::new();
        list.add_partition(&topic, 0);
        let committed = consumer.committed_offsets(list, TIMEOUT)?;
        let start = match committed.find_partition(&topic, 0).map(|p| p.offset()) {
            Some(Offset::Offset(offset)) => offset.max(low),
            _ => low,
        };
        Ok(Self { consumer, topic, start, end })
    }

    fn read(&self, service: &str, topic: Topic) -> Result<Vec<DeadLetter>, KafkaError> {
        let mut letters = Vec::new();
        if self.start >= self.end {
            return Ok(letters);
        }
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(&self.topic, 0, Offset::Offset(self.start))?;
        self.consumer.assign(&list)?;
        loop {
            let Some(message) = self.consumer.poll(TIMEOUT) else {
                break;
            };
            let message = message?;
            let at_end = message.offset() + 1 >= self.end;
            if header(&message, "consumer").as_deref() == Some(service) {
                letters.push(letter(&message, topic));
            }
            if at_end {
                break;
            }
        }
        Ok(letters)
    }

    fn forget(&self) -> Result<(), KafkaError> {
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(&self.topic, 0, Offset::Offset(self.end))?;
        self.consumer.commit(&list, CommitMode::Sync)
    }
}

fn letter(message: &BorrowedMessage<'_>, topic: Topic) -> DeadLetter {
    let payload = message.payload().unwrap_or_default().to_vec();
    let envelope = events::Envelope::from_bytes(&payload).ok();
    DeadLetter {
        topic: topic.name(),
        offset: message.offset(),
        event_id: envelope.as_ref().map(|e| e.id.to_string()),
        event_type: envelope.map(|e| e.event_type),
        code: header(message, "code").unwrap_or_default(),
        reason: header(message, "reason").unwrap_or_default(),
        failed_at: header(message, "failed_at").unwrap_or_default(),
        key: message.key().map(<[u8]>::to_vec),
        payload,
    }
}

fn header(message: &BorrowedMessage<'_>, name: &str) -> Option<String> {
    message
        .headers()?
        .iter()
        .find(|h| h.key == name)
        .and_then(|h| h.value)
        .map(|v| String::from_utf8_lossy(v).into_owned())
}
