//! Server-sent events that are rows: a client that comes back with `Last-Event-ID` misses nothing and sees nothing twice.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::Stream;
use serde::Serialize;
use tokio::sync::watch;

use crate::Problem;

/// Rows are looked for this often even if nobody rang: another replica may have written them.
const POLL: Duration = Duration::from_secs(1);

/// One event: its position, its name and its data.
pub struct Row<T> {
    pub id: i64,
    pub name: &'static str,
    pub data: T,
}

/// `Last-Event-ID`, 0 when the client is new.
#[derive(Clone, Copy, Debug)]
pub struct LastEventId(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for LastEventId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("last-event-id") else {
            return Ok(Self(0));
        };
        value
            .to_str()
            .ok()
            .and_then(|v| v.parse().ok())
            .map(Self)
            .ok_or_else(|| Problem::bad_request("bad_last_event_id", "Last-Event-ID is not one that we gave"))
    }
}

/// Rings the open streams of this process.
#[derive(Clone)]
pub struct Bell(watch::Sender<()>);

impl Default for Bell {
    fn default() -> Self {
        Self(watch::Sender::new(()))
    }
}

impl Bell {
    pub fn ring(&self) {
        self.0.send_replace(());
    }
}

/// Streams the rows after `last`, then new ones as they come. `fetch(after)` gives rows in ascending order of id.
pub fn stream<T, F, R>(
    last: LastEventId,
    bell: &Bell,
    fetch: F,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<T, F, R>>
where
    T: Serialize + Send + 'static,
    F: Fn(i64) -> R + Send + 'static,
    R: Future<Output = Result<Vec<Row<T>>, sqlx::Error>> + Send,
{
    let state = State { after: last.0, pending: Vec::new().into_iter(), bell: bell.0.subscribe(), fetch };
    let events = futures::stream::unfold(state, |mut state| async move {
        loop {
            if let Some(row) = state.pending.next() {
                state.after = row.id;
                let event = Event::default().id(row.id.to_string()).event(row.name);
                let event = event.json_data(&row.data).unwrap_or_default();
                return Some((Ok(event), state));
            }
            state.bell.mark_unchanged();
            match (state.fetch)(state.after).await {
                Ok(rows) if !rows.is_empty() => state.pending = rows.into_iter(),
                Ok(_) => {
                    // A closed bell means shutdown: the client reconnects elsewhere.
                    if let Ok(Err(_)) = tokio::time::timeout(POLL, state.bell.changed()).await {
                        return None;
                    }
                }
                Err(error) => {
                    tracing::warn!(error.message = %error, "event stream is waiting");
                    tokio::time::sleep(POLL).await;
                }
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

struct State<T, F> {
    after: i64,
    pending: std::vec::IntoIter<Row<T>>,
    bell: watch::Receiver<()>,
    fetch: F,
}
