//! One document through the pipeline. Every stage leaves something in S3, in Qdrant or in the job's row before the next one
//! begins, so that a job which is taken over goes on where it was, and writes the same to the same place.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use course_format::sop::{LoadQuote, SopDiff, SopDocument};
use platform::crash_point;
use tempfile::TempDir;

use super::{
    JobError, Worker,
    lineage::{self, Compared, Newest},
    queries::{self, Job},
    retry,
    settle::Outcome,
};
use crate::{
    pipeline::{
        chunk,
        contain::{self, StageTime},
        index::Owner,
        pictures, quote, safe_name,
    },
    store::{Announced, Folder},
    versions,
};

impl Worker {
    /// The stages that are still to be run.
    pub(super) async fn process(&self, job: &Job) -> Result<Outcome, JobError> {
        let previous = lineage::newest(&self.pool, job.lineage_id).await.map_err(retry)?;
        if let Some(same) = previous.as_ref().filter(|p| p.sha256 == job.sha256) {
            let document = self.store.get_parsed(&same.parsed_key).await?;
            return Ok(Outcome::Same { version_of: same.document_id, quote: quoted(job, &document) });
        }
        let mut upload = Upload { worker: self, job, folder: None };
        let document = match &job.parsed_key {
            Some(key) => self.store.get_parsed(key).await?,
            None => self.parse(job, previous, &mut upload).await?,
        };
        crash_point("ingest.parsed");
        if job.pictures.is_none() {
            self.picture(job, &document, &mut upload).await?;
        }
        crash_point("ingest.pictured");
        drop(upload);
        self.index(job, &document).await?;
        crash_point("ingest.indexed");
        Ok(Outcome::Processed { quote: quoted(job, &document) })
    }

    /// Reads the file and, where there is a version before it, compares the two.
    async fn parse(
        &self,
        job: &Job,
        previous: Option<Newest>,
        upload: &mut Upload<'_>,
    ) -> Result<SopDocument, JobError> {
        safe_name(&job.file_name)?;
        let path = upload.path().await?.join(UPLOAD);
        crash_point("ingest.fetched");
        if let Some(scanner) = &self.scanner {
            let clock = Instant::now();
            scanner.scan(&path).await.map_err(retry)??;
            self.stage(job, "scan", clock.elapsed()).await?;
        }
        let (mut document, stages) = contain::parent(&self.reader, &path, &job.file_name).await.map_err(retry)??;
        for StageTime { stage, milliseconds } in stages {
            self.stage(job, &stage, Duration::from_millis(milliseconds)).await?;
        }
        let number = lineage::number(&self.pool, job.document_id).await.map_err(retry)?;
        let folder = Folder::of(job.lineage_id, number);
        document.document_id = job.lineage_id;
        document.version.number = number.unsigned_abs();
        let compared = match previous {
            Some(previous) => Some(self.compare(job, &previous, &folder, &mut document).await?),
            None => None,
        };
        let clock = Instant::now();
        let key = self.store.put_parsed(&folder, document.clone()).await?;
        crash_point("ingest.stored");
        queries::set_parsed(&self.pool, job.document_id, &key, &document, compared.as_ref()).await.map_err(retry)?;
        self.stage(job, "store", clock.elapsed()).await?;
        Ok(document)
    }

    /// The new version takes the ids of the clauses that stayed; what changed is kept beside it.
    async fn compare(
        &self,
        job: &Job,
        previous: &Newest,
        folder: &Folder,
        document: &mut SopDocument,
    ) -> Result<Compared, JobError> {
        let clock = Instant::now();
        let old = self.store.get_parsed(&previous.parsed_key).await?;
        let mut new = document.clone();
        let compared = tokio::task::spawn_blocking(move || {
            let number = new.version.number;
            versions::adopt(&old, &mut new);
            new.version.number = number;
            let diff = versions::compare(&old, &new);
            (new, diff)
        });
        let (new, diff): (SopDocument, SopDiff) = compared.await.map_err(retry)?;
        *document = new;
        let diff_key = self.store.put_diff(folder, &diff).await?;
        crash_point("ingest.compared");
        self.stage(job, "compare", clock.elapsed()).await?;
        Ok(Compared { previous_id: previous.document_id, diff_key, summary: diff.summary })
    }

    /// A picture of every page, for the reviewer. What cannot be drawn is noted, and nothing fails for it.
    async fn picture(&self, job: &Job, document: &SopDocument, upload: &mut Upload<'_>) -> Result<(), JobError> {
        let clock = Instant::now();
        let drawn = if pictures::has_pages(document.format) {
            let folder = upload.path().await?;
            let drawn = pictures::parent(&self.reader, &folder.join(UPLOAD), &folder.join("pages")).await;
            drawn.unwrap_or_else(|error| {
                tracing::warn!(document.id = %job.document_id, error.chain = format!("{error:#}"), "pages were not drawn");
                Vec::new()
            })
        } else {
            Vec::new()
        };
        let folder = Folder::of(job.lineage_id, i32::try_from(document.version.number).unwrap_or(i32::MAX));
        for page in &drawn {
            self.store.put_picture(&folder, page.number, &page.path).await?;
        }
        crash_point("ingest.drawn");
        let pages = i32::try_from(drawn.len()).unwrap_or(i32::MAX);
        lineage::set_pictures(&self.pool, job.document_id, pages).await.map_err(retry)?;
        self.stage(job, "pictures", clock.elapsed()).await
    }

    async fn index(&self, job: &Job, document: &SopDocument) -> Result<(), JobError> {
        let clock = Instant::now();
        let chunks = chunk::chunks(document);
        let vectors = self.embedder.embed(chunks.iter().map(|c| c.text.clone()).collect()).await.map_err(retry)?;
        self.stage(job, "embed", clock.elapsed()).await?;
        crash_point("ingest.embedded");
        let clock = Instant::now();
        let owner = Owner { client_id: job.client_id, request_id: job.request_id };
        self.index.replace(document, owner, &chunks, vectors).await.map_err(retry)?;
        self.stage(job, "index", clock.elapsed()).await
    }

    async fn stage(&self, job: &Job, stage: &str, took: Duration) -> Result<(), JobError> {
        metrics::histogram!("sop_stage_seconds", "stage" => stage.to_owned()).record(took.as_secs_f64());
        lineage::stage_done(&self.pool, job.document_id, stage, took).await.map_err(retry)
    }
}

/// For the learners that the course was ordered for.
fn quoted(job: &Job, document: &SopDocument) -> Option<LoadQuote> {
    let level = job.level.as_deref()?.parse().ok()?;
    Some(quote::quote(document, level))
}

const UPLOAD: &str = "upload";

/// The file as it was uploaded, in a folder of its own; fetched when a stage first asks for it.
struct Upload<'a> {
    worker: &'a Worker,
    job: &'a Job,
    folder: Option<TempDir>,
}

impl Upload<'_> {
    async fn path(&mut self) -> Result<&Path, JobError> {
        let folder = match self.folder.take() {
            Some(folder) => folder,
            None => self.fetched().await?,
        };
        Ok(self.folder.insert(folder).path())
    }

    async fn fetched(&self) -> Result<TempDir, JobError> {
        let (clock, job) = (Instant::now(), self.job);
        let folder = tempfile::tempdir().map_err(retry)?;
        let announced =
            Announced { key: &job.upload_key, size_bytes: job.size_bytes.unsigned_abs(), sha256: &job.sha256 };
        self.worker.store.fetch(announced, &folder.path().join(UPLOAD)).await?;
        self.worker.stage(job, "fetch", clock.elapsed()).await?;
        Ok(folder)
    }
}
