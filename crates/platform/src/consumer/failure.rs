use events::EnvelopeError;

use crate::{db, outbox::EnqueueError};

/// Whether trying again can help, said by whoever failed.
#[derive(Debug, thiserror::Error)]
pub enum HandleError {
    /// Something may work in a moment: tried again a few times; for as long as it takes while the database is away.
    #[error("the event could not be processed")]
    Retry(#[source] anyhow::Error),
    /// The event itself is wrong: straight to the dead-letter queue.
    #[error("{code}: {reason}")]
    Reject { code: &'static str, reason: String },
}

impl HandleError {
    pub fn retry(error: impl Into<anyhow::Error>) -> Self {
        Self::Retry(error.into())
    }

    pub fn reject(code: &'static str, reason: impl Into<String>) -> Self {
        Self::Reject { code, reason: reason.into() }
    }

    /// The database is away: no fault of the event.
    pub(crate) fn is_outage(&self) -> bool {
        let Self::Retry(error) = self else {
            return false;
        };
        error.chain().any(|e| e.downcast_ref::<sqlx::Error>().is_some_and(db::is_outage))
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Retry(_) => "retries_exhausted",
            Self::Reject { code, .. } => code,
        }
    }

    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Retry(error) => format!("{error:#}"),
            Self::Reject { reason, .. } => reason.clone(),
        }
    }
}

impl From<sqlx::Error> for HandleError {
    fn from(error: sqlx::Error) -> Self {
        Self::Retry(error.into())
    }
}

impl From<EnvelopeError> for HandleError {
    fn from(error: EnvelopeError) -> Self {
        Self::Reject { code: "bad_payload", reason: format!("{:#}", anyhow::Error::from(error)) }
    }
}

impl From<EnqueueError> for HandleError {
    fn from(error: EnqueueError) -> Self {
        match error {
            EnqueueError::Database(e) => e.into(),
            EnqueueError::Envelope(e) => e.into(),
        }
    }
}
