//! An event becomes announcements, one for each person it concerns, in the transaction of the inbox.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use events::{
    Envelope, Event as _, Topic,
    payloads::{CourseCreationOrdered, Role},
};
use platform::{
    consumer::{HandleError, Handler},
    members,
};
use sqlx::{PgConnection, types::Json};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::news::{self, News, To};

/// What happened longer ago is no news: a service that reads its topics from the beginning must not write to everybody.
const NEWS_FOR: TimeDelta = TimeDelta::days(7);

pub struct Events {
    /// Wakes the worker.
    pub news: Arc<Notify>,
}

impl Handler for Events {
    const TOPICS: &'static [Topic] = &[
        Topic::CourseRequests,
        Topic::SopDocuments,
        Topic::CourseGeneration,
        Topic::CourseLifecycle,
        Topic::TrainingDelivery,
    ];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        if event.event_type == CourseCreationOrdered::TYPE {
            remember_order(tx, &event.payload()?).await?;
        }
        if Utc::now() - event.time > NEWS_FOR {
            return Ok(());
        }
        match news::of(event)? {
            Some(news) => announce(tx, event.id, news).await,
            None => Ok(()),
        }
    }

    fn committed(&self) {
        self.news.notify_one();
    }
}

async fn remember_order(tx: &mut PgConnection, order: &CourseCreationOrdered) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO orders (request_id, ordered_by, title) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(order.request_id)
        .bind(order.ordered_by)
        .bind(&order.order.title)
        .execute(tx)
        .await?;
    Ok(())
}

async fn announce(tx: &mut PgConnection, event: Uuid, news: News) -> Result<(), HandleError> {
    let to: Vec<(Option<Uuid>, Option<Uuid>)> = match news.to {
        To::People(people) => people.into_iter().map(|user| (Some(user), None)).collect(),
        To::Orderer(request) => vec![(None, Some(request))],
        To::PersonAbout { user, request } => vec![(Some(user), Some(request))],
        To::ManagersOf(client) => {
            let managers = members::of_client(&mut *tx, client, Role::CourseManager).await?;
            managers.into_iter().map(|manager| (Some(manager.user_id), None)).collect()
        }
    };
    for (user, request) in to {
        sqlx::query(
            "INSERT INTO announcements (announcement_id, event_id, kind, user_id, request_id, params, link)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        )
        .bind(Uuid::now_v7())
        .bind(event)
        .bind(news.kind.as_str())
        .bind(user)
        .bind(request)
        .bind(Json(&news.values))
        .bind(&news.link)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
