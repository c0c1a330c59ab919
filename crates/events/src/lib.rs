//! What the services say to each other: the CloudEvents envelope, every payload, the topic table. No I/O.
//!
//! A payload type names its event type, topic and key once, in [`payloads`]; producers wrap it with
//! [`Envelope::new`], consumers match on [`Envelope::event_type`] and read it with [`Envelope::payload`]. A consumer ignores types
//! and fields that it does not know, so a producer may add fields without asking; a change that breaks readers is a
//! new type (`.v2`).

mod catalog;
mod envelope;
mod examples;
pub mod payloads;
mod topic;

pub use catalog::{CATALOG, EventInfo, markdown};
pub use envelope::{Envelope, EnvelopeError};
pub use topic::{Topic, TopicSettings, topic_table};

/// A fact that one service tells the others.
pub trait Event: serde::Serialize + serde::de::DeserializeOwned {
    /// CloudEvents `type`, with its major version: `course_creation.ordered.v1`.
    const TYPE: &'static str;
    const TOPIC: Topic;

    /// Id of the aggregate that the event is about: the partition key, and CloudEvents `subject`.
    fn key(&self) -> uuid::Uuid;
}
