//! An announcement becomes deliveries: one for each channel that the person wants, in their language.
//!
//! An announcement waits while its person is not known here (their account comes by another topic) or the order that names them
//! has not arrived. A disabled person gets nothing.

use events::payloads::{Channel, NotificationDelivered};
use platform::outbox::EnqueueError;
use sqlx::{FromRow, PgConnection, types::Json};
use uuid::Uuid;

use crate::{
    kind::Kind,
    templates::{self, Text, Values},
    worker::Worker,
};

#[derive(FromRow)]
struct Announcement {
    announcement_id: Uuid,
    event_id: Uuid,
    kind: String,
    params: Json<Values>,
    link: Option<String>,
    /// Of the order, when the announcement is about one.
    title: Option<String>,
    user_id: Uuid,
    display_name: String,
    language: String,
    disabled: bool,
    #[sqlx(flatten)]
    wants: Wants,
}

/// The channels that the person has and wants.
#[derive(FromRow)]
struct Wants {
    by_email: bool,
    by_sms: bool,
    in_app: bool,
}

impl Worker {
    /// Turns the oldest announcement whose person is known into deliveries. False when there is none.
    ///
    /// # Errors
    /// Database errors; the announcement stays.
    pub async fn address_one(&self) -> Result<bool, EnqueueError> {
        let mut tx = self.pool.begin().await?;
        let Some(announcement) = next(&mut tx).await? else { return Ok(false) };
        sqlx::query("DELETE FROM announcements WHERE announcement_id = $1")
            .bind(announcement.announcement_id)
            .execute(&mut *tx)
            .await?;
        if let Some(kind) = Kind::from_name(&announcement.kind).filter(|_| !announcement.disabled) {
            self.deliver(&mut tx, kind, &announcement).await?;
        }
        self.outbox.commit(tx).await?;
        self.bell.ring();
        Ok(true)
    }

    async fn deliver(&self, tx: &mut PgConnection, kind: Kind, to: &Announcement) -> Result<(), EnqueueError> {
        let values = to.params.0.clone().with("name", &to.display_name).with_some("title", to.title.as_ref());
        let text = templates::render(kind, &to.language, &values);
        if to.wants.in_app {
            self.put_into_inbox(tx, kind, to, &text).await?;
        }
        if to.wants.by_email && kind.goes_by_email() {
            let link = to.link.as_ref().map(|path| format!("{}{path}", self.public_origin));
            let body = templates::email(&to.language, &to.display_name, &text.body, link.as_deref());
            queue(tx, "email", kind, to, &Text { subject: text.subject.clone(), body }).await?;
        }
        if to.wants.by_sms && kind.goes_by_sms() {
            queue(tx, "sms", kind, to, &text).await?;
        }
        Ok(())
    }

    /// The inbox is a table of ours: writing it is delivering it.
    async fn put_into_inbox(
        &self,
        tx: &mut PgConnection,
        kind: Kind,
        to: &Announcement,
        text: &Text,
    ) -> Result<(), EnqueueError> {
        let Some(delivery_id) = queue(tx, "in_app", kind, to, text).await? else { return Ok(()) };
        sqlx::query("UPDATE deliveries SET state = 'sent', sent_at = now(), attempts = 1 WHERE delivery_id = $1")
            .bind(delivery_id)
            .execute(&mut *tx)
            .await?;
        // One at a time for each person: positions become visible in their order.
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))")
            .bind(to.user_id)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO notifications (notification_id, user_id, position, kind, title, body, link)
             SELECT $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6 FROM notifications WHERE user_id = $2",
        )
        .bind(delivery_id)
        .bind(to.user_id)
        .bind(kind.as_str())
        .bind(&text.subject)
        .bind(&text.body)
        .bind(&to.link)
        .execute(&mut *tx)
        .await?;
        let delivered = NotificationDelivered {
            delivery_id,
            user_id: to.user_id,
            event_id: to.event_id,
            kind: kind.as_str().to_owned(),
            channel: Channel::InApp,
        };
        self.outbox.enqueue(tx, &delivered).await?;
        Ok(())
    }
}

async fn next(tx: &mut PgConnection) -> Result<Option<Announcement>, sqlx::Error> {
    sqlx::query_as(
        "SELECT a.announcement_id, a.event_id, a.kind, a.params, a.link, o.title,
                m.user_id, m.display_name, m.language, m.disabled,
                coalesce(p.email, true) AS by_email,
                coalesce(p.sms, false) AND m.phone IS NOT NULL AS by_sms,
                coalesce(p.in_app, true) AS in_app
         FROM announcements a
         LEFT JOIN orders o ON o.request_id = a.request_id
         JOIN members m ON m.user_id = coalesce(a.user_id, o.ordered_by)
         LEFT JOIN preferences p ON p.user_id = m.user_id
         WHERE a.request_id IS NULL OR o.request_id IS NOT NULL
         ORDER BY a.announcement_id
         LIMIT 1
         FOR UPDATE OF a SKIP LOCKED",
    )
    .fetch_optional(tx)
    .await
}

/// `None` when there is such a delivery already.
async fn queue(
    tx: &mut PgConnection,
    channel: &'static str,
    kind: Kind,
    to: &Announcement,
    text: &Text,
) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO deliveries (delivery_id, event_id, user_id, channel, kind, state, subject, body)
         VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7)
         ON CONFLICT ON CONSTRAINT deliveries_once DO NOTHING RETURNING delivery_id",
    )
    .bind(Uuid::now_v7())
    .bind(to.event_id)
    .bind(to.user_id)
    .bind(channel)
    .bind(kind.as_str())
    .bind(&text.subject)
    .bind(&text.body)
    .fetch_optional(tx)
    .await
}
