//! Kafka clients with the settings that the promises of outbox and consumer rest on.

use events::Topic;
use rdkafka::{
    ClientConfig,
    consumer::{BaseConsumer, StreamConsumer},
    error::KafkaError,
    producer::FutureProducer,
};

use crate::config::PlatformConfig;

/// Makes producers and consumers, and names topics and groups.
#[derive(Clone, Debug)]
pub struct Kafka {
    brokers: String,
    prefix: String,
}

impl Kafka {
    pub fn new(config: &PlatformConfig) -> Self {
        Self { brokers: config.kafka_brokers.clone(), prefix: config.kafka_topic_prefix.clone() }
    }

    pub fn topic(&self, topic: Topic) -> String {
        format!("{}{}", self.prefix, topic.name())
    }

    pub fn dlq(&self, topic: Topic) -> String {
        format!("{}{}.dlq", self.prefix, topic.name())
    }

    pub fn group(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn base(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.brokers);
        // One line of our own says that Kafka is away; librdkafka would say it for every broker, every second.
        config.set("log.connection.close", "false");
        config.set("reconnect.backoff.max.ms", "1000");
        config
    }

    /// Idempotent, acknowledged by all replicas, in order.
    ///
    /// # Errors
    /// A setting that librdkafka refuses.
    pub fn producer(&self) -> Result<FutureProducer, KafkaError> {
        self.base()
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .set("linger.ms", "2")
            .set("compression.type", "gzip")
            .set("message.timeout.ms", "10000")
            .create()
    }

    /// Reads from the group's last committed offset, or from the beginning. Offsets are stored by hand, after the
    /// effect, and committed in the background.
    ///
    /// # Errors
    /// A setting that librdkafka refuses.
    pub fn consumer(&self, group: &str) -> Result<StreamConsumer, KafkaError> {
        self.base()
            .set("group.id", self.group(group))
            .set("enable.auto.commit", "true")
            .set("auto.commit.interval.ms", "500")
            .set("enable.auto.offset.store", "false")
            .set("auto.offset.reset", "earliest")
            .set("session.timeout.ms", "10000")
            .set("fetch.wait.max.ms", "20")
            .set("queued.max.messages.kbytes", "16384")
            .set("topic.metadata.refresh.interval.ms", "10000")
            .set("allow.auto.create.topics", "false")
            .create()
    }

    /// For looking at a dead-letter queue by hand; its committed offset says what was replayed.
    pub(crate) fn dlq_reader(&self, service: &str) -> Result<BaseConsumer, KafkaError> {
        self.base()
            .set("group.id", self.group(&format!("{service}.dlq-replay")))
            .set("enable.auto.commit", "false")
            .create()
    }
}
