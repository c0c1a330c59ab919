//! The worker: takes the next document, brings it through the pipeline, settles it.
//!
//! A claim is a lease that is renewed while the work goes on. A worker that dies leaves its lease to run out; another
//! takes over and does the same again: every stage writes the same thing to the same place however often it runs.

mod lineage;
mod process;
pub(crate) mod queries;
pub(crate) mod settle;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use platform::{Outbox, crash_point, worker};
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    pipeline::{Refusal, embed::Embedder, index::Index, scan::Scanner},
    store::{Folder, Store, StoreError},
};
use queries::Job;
use settle::Outcome;

const LEASE_SECONDS: f64 = 20.0;
const RENEW_EVERY: Duration = Duration::from_secs(5);
/// A document whose reading ended its worker this often is not tried again.
const MAX_CRASHES: i32 = 5;
/// How long a document waits when S3, Qdrant or the disk is away.
const OUTAGE_WAIT_SECONDS: f64 = 3.0;

#[derive(Clone)]
pub struct Worker {
    pub pool: PgPool,
    pub outbox: Outbox,
    pub store: Store,
    pub embedder: Embedder,
    pub index: Index,
    /// This program, which reads files in processes of their own.
    pub reader: PathBuf,
    /// Looks at every file before it is opened, where one is set up.
    pub scanner: Option<Scanner>,
    pub work: Arc<Notify>,
}

/// Why a job did not come to its end.
#[derive(Debug, thiserror::Error)]
enum JobError {
    /// The file is at fault: the document fails, with this reason.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something that we depend on is: tried again for as long as it takes.
    #[error("the job has to wait")]
    Retry(#[source] anyhow::Error),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal),
            other => Self::Retry(other.into()),
        }
    }
}

fn retry(error: impl Into<anyhow::Error>) -> JobError {
    JobError::Retry(error.into())
}

impl Worker {
    /// Works until told to stop.
    pub async fn run(self, shutdown: CancellationToken) {
        worker::run("ingestion", &self.work, &shutdown, || self.run_once()).await;
    }

    /// Takes one document to its end, if one is waiting; else clears away what a cancelled one left.
    ///
    /// # Errors
    /// The database is away.
    pub async fn run_once(&self) -> anyhow::Result<bool> {
        let Some(job) = queries::claim(&self.pool, LEASE_SECONDS).await? else { return self.clear_away().await };
        // There may be more than one: another worker may look at the same time.
        self.work.notify_one();
        crash_point("ingest.claimed");
        let started = Instant::now();
        let outcome =
            if job.crashes >= MAX_CRASHES { Err(Refusal::Unreadable.into()) } else { self.while_leased(&job).await };
        match outcome {
            Ok(Some(outcome)) => self.settle(&job, &outcome).await?,
            Ok(None) => {}
            Err(JobError::Refused(refusal)) => {
                // Nothing half-indexed stays behind.
                if let Some(version) = job.version {
                    self.clear(job.lineage_id, version).await?;
                }
                self.settle(&job, &Outcome::Refused(refusal)).await?;
            }
            Err(JobError::Retry(error)) => {
                tracing::warn!(document.id = %job.document_id, error.chain = format!("{error:#}"), "the document waits");
                queries::put_back(&self.pool, job.document_id, OUTAGE_WAIT_SECONDS).await?;
            }
        }
        metrics::histogram!("sop_job_seconds").record(started.elapsed().as_secs_f64());
        Ok(true)
    }

    /// The work and the renewal of its lease, side by side. `None` when the lease was lost meanwhile.
    async fn while_leased(&self, job: &Job) -> Result<Option<Outcome>, JobError> {
        let renewals = async {
            loop {
                tokio::time::sleep(RENEW_EVERY).await;
                if let Ok(false) = queries::renew(&self.pool, job.document_id, LEASE_SECONDS).await {
                    return;
                }
            }
        };
        tokio::select! {
            done = self.process(job) => done.map(Some),
            () = renewals => Ok(None),
        }
    }

    async fn settle(&self, job: &Job, outcome: &Outcome) -> anyhow::Result<()> {
        let mut tx = self.pool.begin().await?;
        let settled = settle::document(&mut tx, &self.outbox, job, outcome, &self.store.sops_bucket).await?;
        crash_point("ingest.settling");
        self.outbox.commit(tx).await?;
        if !settled {
            // Cancelled meanwhile: whoever looks for leftovers need not wait for the lease.
            queries::release(&self.pool, job.document_id).await?;
        }
        Ok(())
    }

    /// Leaves nothing of one cancelled document in S3 and in the index, if there is one.
    async fn clear_away(&self) -> anyhow::Result<bool> {
        let Some(left) = lineage::claim_leftover(&self.pool, LEASE_SECONDS).await? else { return Ok(false) };
        let cleared = match left.version {
            Some(version) if !left.shared => self.clear(left.lineage_id, version).await,
            _ => Ok(()),
        };
        match cleared {
            Ok(()) => lineage::set_purged(&self.pool, left.document_id).await?,
            Err(error) => {
                tracing::warn!(document.id = %left.document_id, error.chain = format!("{error:#}"), "the leftovers wait");
                lineage::leave_for_later(&self.pool, left.document_id, OUTAGE_WAIT_SECONDS).await?;
            }
        }
        Ok(true)
    }

    async fn clear(&self, lineage_id: Uuid, version: i32) -> anyhow::Result<()> {
        self.index.remove(lineage_id, version.unsigned_abs()).await?;
        self.store.remove(&Folder::of(lineage_id, version)).await?;
        Ok(())
    }
}
