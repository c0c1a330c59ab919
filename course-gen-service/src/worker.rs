//! Runs jobs: a loop around [`Worker::run_once`], which takes one job one step further.

mod element;
mod model;
mod steps;
mod sweep;
mod wishes;

use std::sync::Arc;

use chrono::Utc;
use platform::{Outbox, crash_point, worker};
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::engine::Refusal;
use crate::engine::author::{Author, AuthorError};
use crate::events_out;
use crate::jobs::job::JobRow;
use crate::jobs::queries;
use crate::llm::Llm;
use crate::retrieval::{Retrieval, RetrievalError};
use crate::store::{Drafts, Objects, StoreError};

/// The longest pause between two attempts at a step.
const LONGEST_WAIT_SECONDS: f64 = 60.0;

/// Why a step did not end.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Something is out of reach; the step is tried again.
    #[error("{0}")]
    Wait(&'static str, #[source] anyhow::Error),
    /// No attempt will succeed.
    #[error("{code}: {detail}")]
    Fail { code: &'static str, detail: String },
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

impl From<StoreError> for StepError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Unreachable { store: "S3", .. } => Self::Wait("S3 is out of reach", error.into()),
            StoreError::Unreachable { .. } => Self::Wait("MongoDB is out of reach", error.into()),
            StoreError::Missing { .. } => Self::Fail {
                code: "sop_missing",
                detail: "A parsed SOP of this request is no longer in the store.".to_owned(),
            },
            StoreError::Damaged { .. } => {
                Self::Fail { code: "sop_damaged", detail: "A parsed SOP of this request cannot be read.".to_owned() }
            }
        }
    }
}

impl From<RetrievalError> for StepError {
    fn from(error: RetrievalError) -> Self {
        Self::Wait("the clause index is out of reach", error.into())
    }
}

impl From<AuthorError> for StepError {
    fn from(error: AuthorError) -> Self {
        Self::Wait("the author is out of reach", error.into())
    }
}

impl From<Refusal> for StepError {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        let mut chars = text.chars();
        let detail = chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).chain(['.']).collect());
        Self::Fail { code: refusal.code(), detail }
    }
}

impl From<platform::outbox::EnqueueError> for StepError {
    fn from(error: platform::outbox::EnqueueError) -> Self {
        match error {
            platform::outbox::EnqueueError::Database(e) => Self::Database(e),
            platform::outbox::EnqueueError::Envelope(e) => Self::Wait("an event could not be written", e.into()),
        }
    }
}

/// Everything a job's steps need.
#[derive(Clone)]
pub struct Worker {
    pub pool: PgPool,
    pub outbox: Outbox,
    pub objects: Objects,
    pub drafts: Drafts,
    pub retrieval: Retrieval,
    pub author: Arc<dyn Author>,
    /// Language models, if any are configured.
    pub llm: Option<Arc<Llm>>,
    pub wake: Arc<Notify>,
    /// Prints the books, where it is known.
    pub chromium: Option<std::path::PathBuf>,
}

impl Worker {
    /// Works until `shutdown`; the step at hand is finished.
    pub async fn run(self, shutdown: CancellationToken) {
        worker::run("generation", &self.wake, &shutdown, || self.run_once()).await;
    }

    /// Takes the next job one step further; `false` when there was nothing to do.
    ///
    /// The job's row is locked for the time of the step. What the step writes to S3 and MongoDB is there before the
    /// transaction that refers to it commits; a crash in between leaves content that nobody refers to.
    ///
    /// # Errors
    /// The database is out of reach. Everything else is written down in the job.
    pub async fn run_once(&self) -> anyhow::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let Some(job) = queries::take(&mut tx).await? else {
            tx.rollback().await?;
            return Ok(self.tell_impact().await? || self.sweep().await?);
        };
        if queries::is_taken_back(&mut tx, job.request_id).await? {
            queries::cancel_job(&mut tx, job.job_id).await?;
            tx.commit().await?;
            return Ok(true);
        }
        // Committed by itself: a step may take minutes, and other workers serve the same client meanwhile.
        queries::served(&mut *self.pool.acquire().await?, job.client_id).await?;
        let started_at = Utc::now();
        let span = tracing::info_span!("step", job.id = %job.job_id, job.step = job.step.name());
        match self.step(&mut tx, &job, started_at).instrument(span).await {
            Ok(()) => {
                crash_point(&format!("job.{}", job.step.name()));
                self.outbox.commit(tx).await?;
                // Another worker may have been asleep when the work came.
                self.wake.notify_one();
                crash_point(&format!("job.{}.committed", job.step.name()));
                Ok(true)
            }
            Err(StepError::Database(error)) => Err(error.into()),
            Err(StepError::Fail { code, detail }) => {
                tx.rollback().await?;
                self.fail(&job, code, &detail).await?;
                Ok(true)
            }
            Err(StepError::Wait(what_for, source)) => {
                tx.rollback().await?;
                tracing::warn!(job.id = %job.job_id, job.step = job.step.name(), error.chain = format!("{source:#}"), "the step is tried again later");
                let seconds = 2_f64.powi(job.attempts.min(10)).min(LONGEST_WAIT_SECONDS);
                let mut connection = self.pool.acquire().await?;
                queries::wait(&mut connection, job.job_id, what_for, seconds).await?;
                Ok(true)
            }
        }
    }

    async fn fail(&self, job: &JobRow, code: &str, detail: &str) -> anyhow::Result<()> {
        let mut tx = self.pool.begin().await?;
        queries::served(&mut tx, job.client_id).await?;
        queries::fail(&mut tx, job.job_id, code, detail).await?;
        self.outbox.enqueue_caused(&mut tx, &events_out::failed(job, code, detail), &job.cause).await?;
        self.outbox.commit(tx).await?;
        Ok(())
    }
}
