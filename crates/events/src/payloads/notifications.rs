use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;

#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Email,
    Sms,
    InApp,
}

/// A message reached its channel.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct NotificationDelivered {
    pub delivery_id: Uuid,
    pub user_id: Uuid,
    /// The event that the message tells of.
    pub event_id: Uuid,
    pub kind: String,
    pub channel: Channel,
}
event!(NotificationDelivered, "notification.delivered.v1", Notifications, user_id);

/// A message was given up after its retries.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct NotificationFailed {
    pub delivery_id: Uuid,
    pub user_id: Uuid,
    pub event_id: Uuid,
    pub kind: String,
    pub channel: Channel,
    pub code: String,
}
event!(NotificationFailed, "notification.failed.v1", Notifications, user_id);
