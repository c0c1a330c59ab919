//! Deliveries go out, each at most once.
//!
//! Neither SES nor SNS can be told "you have had this one": a request that is repeated is a second message. So a delivery is marked
//! `sending`, committed, before it is sent, and `sent` after. Killed before the send, or between the send and the mark, it
//! stays `sending`, and nobody can tell the two apart; after two minutes it is reported as `uncertain` (log, delivery log,
//! `notification.failed.v1` with code `interrupted`) and not sent again. The same holds for a connection that broke while
//! sending. A lost e-mail costs little, for the inbox in the portals has the same text in any case; a repeated one costs trust.
//!
//! What certainly did not go (throttled, 5xx, no connection) is tried again with growing waits, then given up.

use std::time::Duration;

use events::payloads::{Channel, NotificationDelivered, NotificationFailed};
use futures::future::join_all;
use platform::{crash_point, outbox::EnqueueError};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    channels::{Mail, SendError, Sms},
    templates,
    worker::Worker,
};

/// Sent side by side; SES starts accounts at 14 a second.
const BATCH: i64 = 8;
/// Waits after the first, second ... try that failed; after the last one the delivery is given up.
const WAITS_SECONDS: [i32; 5] = [10, 60, 300, 1800, 7200];

#[derive(Clone, Debug, FromRow)]
struct Delivery {
    delivery_id: Uuid,
    event_id: Uuid,
    user_id: Uuid,
    channel: String,
    kind: String,
    subject: String,
    body: String,
    attempts: i32,
    email: String,
    phone: Option<String>,
    disabled: bool,
}

impl Delivery {
    fn channel(&self) -> Channel {
        if self.channel == "sms" { Channel::Sms } else { Channel::Email }
    }
}

/// How a try ended.
enum Outcome {
    Sent {
        provider_id: String,
    },
    /// The person was disabled, or has no number any more.
    Dropped,
    Again {
        code: String,
        wait_seconds: i32,
    },
    Over {
        state: &'static str,
        code: String,
    },
}

impl Worker {
    /// Sends what is due, a batch of it. Returns how many were tried.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn send_batch(&self) -> Result<usize, EnqueueError> {
        let claimed = self.claim().await?;
        if claimed.is_empty() {
            return Ok(0);
        }
        crash_point("delivery.claimed");
        let results = join_all(claimed.iter().map(|delivery| self.try_one(delivery))).await;
        results.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(claimed.len())
    }

    /// Marks deliveries as being sent; from here on only this process sends them.
    async fn claim(&self) -> Result<Vec<Delivery>, sqlx::Error> {
        sqlx::query_as(
            "UPDATE deliveries d SET state = 'sending', claimed_at = now(), attempts = d.attempts + 1
             FROM members m
             WHERE m.user_id = d.user_id AND d.delivery_id IN (
                 SELECT delivery_id FROM deliveries WHERE state = 'queued' AND next_attempt_at <= now()
                 ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
             RETURNING d.delivery_id, d.event_id, d.user_id, d.channel, d.kind, d.subject, d.body, d.attempts,
                       m.email, m.phone, m.disabled",
        )
        .bind(BATCH)
        .fetch_all(&self.pool)
        .await
    }

    async fn try_one(&self, delivery: &Delivery) -> Result<(), EnqueueError> {
        let outcome = self.send(delivery).await;
        crash_point("delivery.sent");
        let mut tries = 0;
        // The message is out: its mark is worth some patience, or it would be called uncertain.
        while let Err(error) = self.mark(delivery, &outcome).await {
            tries += 1;
            if tries == 10 {
                return Err(error);
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(())
    }

    async fn send(&self, delivery: &Delivery) -> Outcome {
        if delivery.disabled {
            return Outcome::Dropped;
        }
        let sent = match (delivery.channel(), delivery.phone.as_deref()) {
            (Channel::Sms, None) => return Outcome::Dropped,
            // A text message is its subject: it says the one thing that matters.
            (Channel::Sms, Some(to)) => self.channels.send_sms(Sms { to, text: &delivery.subject }).await,
            _ => {
                let html = templates::html(&delivery.body, &self.public_origin);
                let mail = Mail {
                    delivery_id: delivery.delivery_id,
                    to: &delivery.email,
                    subject: &delivery.subject,
                    text: &delivery.body,
                    html: &html,
                };
                self.channels.send_mail(mail).await
            }
        };
        match sent {
            Ok(provider_id) => Outcome::Sent { provider_id },
            Err(SendError::NotNow { code }) => {
                match usize::try_from(delivery.attempts - 1).ok().and_then(|n| WAITS_SECONDS.get(n)) {
                    Some(wait) => Outcome::Again { code, wait_seconds: *wait },
                    None => Outcome::Over { state: "failed", code },
                }
            }
            Err(SendError::Refused { code }) => Outcome::Over { state: "failed", code },
            Err(SendError::Uncertain(error)) => {
                tracing::warn!(delivery.id = %delivery.delivery_id, error.chain = format!("{error:#}"), "sent or not");
                Outcome::Over { state: "uncertain", code: "connection_lost".to_owned() }
            }
        }
    }

    async fn mark(&self, delivery: &Delivery, outcome: &Outcome) -> Result<(), EnqueueError> {
        let mut tx = self.pool.begin().await?;
        let (state, code, provider_id, wait) = match outcome {
            Outcome::Sent { provider_id } => ("sent", None, Some(provider_id), 0),
            Outcome::Dropped => ("dropped", None, None, 0),
            Outcome::Again { code, wait_seconds } => ("queued", Some(code), None, *wait_seconds),
            Outcome::Over { state, code } => (*state, Some(code), None, 0),
        };
        // With some jitter, so that what failed together does not come back together.
        sqlx::query(
            "UPDATE deliveries SET state = $2, error_code = $3, provider_id = $4,
                 sent_at = CASE WHEN $2 = 'sent' THEN now() END,
                 next_attempt_at = now() + $5 * (0.9 + 0.2 * random()) * interval '1 second'
             WHERE delivery_id = $1",
        )
        .bind(delivery.delivery_id)
        .bind(state)
        .bind(code)
        .bind(provider_id)
        .bind(wait)
        .execute(&mut *tx)
        .await?;
        match outcome {
            Outcome::Sent { .. } => {
                let delivered = NotificationDelivered {
                    delivery_id: delivery.delivery_id,
                    user_id: delivery.user_id,
                    event_id: delivery.event_id,
                    kind: delivery.kind.clone(),
                    channel: delivery.channel(),
                };
                self.outbox.enqueue(&mut tx, &delivered).await?;
            }
            Outcome::Over { code, .. } => {
                self.outbox.enqueue(&mut tx, &failed(delivery, code)).await?;
            }
            Outcome::Dropped | Outcome::Again { .. } => {}
        }
        self.outbox.commit(tx).await?;
        metrics::counter!("deliveries_total", "channel" => delivery.channel.clone(), "state" => state).increment(1);
        Ok(())
    }

    /// Deliveries whose process ended while sending: reported, not repeated.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn report_interrupted(&self) -> Result<usize, EnqueueError> {
        let mut tx = self.pool.begin().await?;
        let interrupted: Vec<Delivery> = sqlx::query_as(
            "UPDATE deliveries d SET state = 'uncertain', error_code = 'interrupted'
             FROM members m
             WHERE m.user_id = d.user_id AND d.state = 'sending' AND d.claimed_at < now() - interval '2 minutes'
             RETURNING d.delivery_id, d.event_id, d.user_id, d.channel, d.kind, d.subject, d.body, d.attempts,
                       m.email, m.phone, m.disabled",
        )
        .fetch_all(&mut *tx)
        .await?;
        for delivery in &interrupted {
            tracing::error!(delivery.id = %delivery.delivery_id, "ended while sending: it may or may not have gone");
            self.outbox.enqueue(&mut tx, &failed(delivery, "interrupted")).await?;
        }
        self.outbox.commit(tx).await?;
        Ok(interrupted.len())
    }
}

fn failed(delivery: &Delivery, code: &str) -> NotificationFailed {
    NotificationFailed {
        delivery_id: delivery.delivery_id,
        user_id: delivery.user_id,
        event_id: delivery.event_id,
        kind: delivery.kind.clone(),
        channel: delivery.channel(),
        code: code.to_owned(),
    }
}
