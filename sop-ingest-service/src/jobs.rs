//! The worker: takes the next document, brings it through the pipeline, settles it.
//!
//! A claim is a lease that is renewed while the work goes on. A worker that dies leaves its lease to run out; another
//! takes over and does the same again: every stage writes the same thing to the same place however often it runs.

pub(crate) mod queries;
pub(crate) mod settle;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use course_format::sop::SopDocument;
use platform::{Outbox, crash_point, worker};
use serde_json::json;
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    pipeline::{
        Refusal, chunk, contain,
        embed::Embedder,
        index::{Index, Owner},
        safe_name,
    },
    store::{Announced, Store, StoreError},
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

    /// Takes one document to its end, if one is waiting.
    ///
    /// # Errors
    /// The database is away.
    pub async fn run_once(&self) -> anyhow::Result<bool> {
        let Some(job) = queries::claim(&self.pool, LEASE_SECONDS).await? else { return Ok(false) };
        // There may be more than one: another worker may look at the same time.
        self.work.notify_one();
        crash_point("ingest.claimed");
        let started = Instant::now();
        let outcome =
            if job.crashes >= MAX_CRASHES { Err(Refusal::Unreadable.into()) } else { self.while_leased(&job).await };
        match outcome {
            Ok(Some(timings)) => self.settle(&job, &Outcome::Processed { timings }).await?,
            Ok(None) => {}
            Err(JobError::Refused(refusal)) => {
                // Nothing half-indexed stays behind.
                self.index.remove(job.document_id).await?;
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
    async fn while_leased(&self, job: &Job) -> Result<Option<serde_json::Value>, JobError> {
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

    /// The pipeline, with the time of each stage.
    async fn process(&self, job: &Job) -> Result<serde_json::Value, JobError> {
        let clock = Instant::now();
        let document = match &job.parsed_key {
            Some(key) => self.store.get_parsed(key).await?,
            None => self.parse(job).await?,
        };
        crash_point("ingest.parsed");
        let parse = milliseconds(clock);
        let clock = Instant::now();
        let chunks = chunk::chunks(&document);
        let vectors = self.embedder.embed(chunks.iter().map(|c| c.text.clone()).collect()).await.map_err(retry)?;
        let embed = milliseconds(clock);
        let clock = Instant::now();
        let owner = Owner { client_id: job.client_id, request_id: job.request_id };
        self.index.replace(&document, owner, &chunks, vectors).await.map_err(retry)?;
        crash_point("ingest.indexed");
        Ok(json!({ "parse": parse, "embed": embed, "index": milliseconds(clock) }))
    }

    async fn parse(&self, job: &Job) -> Result<SopDocument, JobError> {
        safe_name(&job.file_name)?;
        let folder = tempfile::tempdir().map_err(retry)?;
        let path = folder.path().join("upload");
        let announced =
            Announced { key: &job.upload_key, size_bytes: job.size_bytes.unsigned_abs(), sha256: &job.sha256 };
        self.store.fetch(announced, &path).await?;
        crash_point("ingest.fetched");
        let mut document = contain::parent(&self.reader, &path, &job.file_name).await.map_err(retry)??;
        document.document_id = job.document_id;
        let key = self.store.put_parsed(document.clone()).await?;
        queries::set_parsed(&self.pool, job.document_id, &key, &document).await.map_err(retry)?;
        Ok(document)
    }

    async fn settle(&self, job: &Job, outcome: &Outcome) -> anyhow::Result<()> {
        let mut tx = self.pool.begin().await?;
        let settled = settle::document(&mut tx, &self.outbox, job, outcome, &self.store.sops_bucket).await?;
        self.outbox.commit(tx).await?;
        if !settled {
            // Cancelled meanwhile: nobody will look for it.
            self.index.remove(job.document_id).await?;
        }
        Ok(())
    }
}

fn milliseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
