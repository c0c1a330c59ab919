use events::Topic;
use rdkafka::{
    ClientConfig,
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    client::DefaultClientContext,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Every topic and its dead-letter queue, made once for this test process; returns their prefix.
///
/// # Panics
/// When Kafka is away.
pub async fn topics() -> String {
    static PREFIX: OnceCell<String> = OnceCell::const_new();
    PREFIX.get_or_init(fresh_topics).await.clone()
}

/// As [`topics`], of the caller's own.
///
/// # Panics
/// When Kafka is away.
pub async fn fresh_topics() -> String {
    let prefix = format!("t{}.", &Uuid::new_v4().simple().to_string()[..12]);
    let admin: AdminClient<DefaultClientContext> =
        ClientConfig::new().set("bootstrap.servers", crate::setting("KAFKA_BROKERS")).create().unwrap();
    let names: Vec<String> = Topic::ALL
        .iter()
        .flat_map(|t| [format!("{prefix}{}", t.name()), format!("{prefix}{}.dlq", t.name())])
        .collect();
    let new: Vec<_> = names.iter().map(|name| NewTopic::new(name, 1, TopicReplication::Fixed(1))).collect();
    let results = admin.create_topics(&new, &AdminOptions::new()).await.expect("Kafka of the test stack");
    for result in results {
        result.unwrap();
    }
    prefix
}
