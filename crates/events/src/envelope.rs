use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Event, Topic};

/// CloudEvents 1.0 in structured JSON mode, with the extensions for correlation, causation and W3C trace context.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Envelope {
    pub specversion: String,
    /// UUIDv7; the same through every retry, so that a consumer can tell a repetition.
    pub id: Uuid,
    /// The producing service.
    pub source: String,
    #[serde(rename = "type")]
    pub event_type: String,
    /// Aggregate id; also the Kafka key.
    pub subject: Uuid,
    pub time: DateTime<Utc>,
    pub datacontenttype: String,
    pub data: serde_json::Value,
    /// The same for everything that one person's act set in motion.
    pub correlationid: Uuid,
    /// The event that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causationid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

/// The bytes are not an event that we can read.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    #[error("the message is not a CloudEvents JSON envelope")]
    Envelope(#[source] serde_json::Error),
    #[error("the payload is not a {expected}")]
    Payload {
        expected: &'static str,
        #[source]
        source: serde_json::Error,
    },
    #[error("the event is a {found}, not a {expected}")]
    Type { expected: &'static str, found: String },
}

impl Envelope {
    /// Wraps `event`; it starts a correlation of its own unless [`Envelope::caused_by`] says otherwise.
    ///
    /// # Errors
    /// A payload that cannot be JSON (a map with keys that are not strings).
    pub fn new<E: Event>(source: &str, event: &E) -> Result<Self, EnvelopeError> {
        let id = Uuid::now_v7();
        Ok(Self {
            specversion: "1.0".to_owned(),
            id,
            source: source.to_owned(),
            event_type: E::TYPE.to_owned(),
            subject: event.key(),
            time: Utc::now(),
            datacontenttype: "application/json".to_owned(),
            data: serde_json::to_value(event).map_err(|source| EnvelopeError::Payload { expected: E::TYPE, source })?,
            correlationid: id,
            causationid: None,
            traceparent: None,
        })
    }

    /// Marks this event as an answer to `cause`.
    #[must_use]
    pub fn caused_by(mut self, cause: &Self) -> Self {
        self.correlationid = cause.correlationid;
        self.causationid = Some(cause.id);
        self
    }

    /// # Errors
    /// The bytes are no envelope.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        serde_json::from_slice(bytes).map_err(EnvelopeError::Envelope)
    }

    /// The payload, when this is an `E`.
    ///
    /// # Errors
    /// Another type, or data that does not fit it.
    pub fn payload<E: Event>(&self) -> Result<E, EnvelopeError> {
        if self.event_type != E::TYPE {
            return Err(EnvelopeError::Type { expected: E::TYPE, found: self.event_type.clone() });
        }
        serde_json::from_value(self.data.clone()).map_err(|source| EnvelopeError::Payload { expected: E::TYPE, source })
    }

    /// Topic of an event type that this build knows.
    #[must_use]
    pub fn topic(&self) -> Option<Topic> {
        crate::CATALOG.iter().find(|e| e.event_type == self.event_type).map(|e| e.topic)
    }
}
