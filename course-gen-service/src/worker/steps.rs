//! What each step does with what the step before left behind.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use course_format::course::CoursePackage;
use course_format::sop::ParsedSops;
use course_format::{package_bytes, sha256_hex, validate};
use events::payloads::Package;
use platform::crash_point;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::model::{self, Authored};
use super::{StepError, Worker};
use crate::approvals;
use crate::engine::author::LessonText;
use crate::engine::forge::Forged;
use crate::engine::library::Library;
use crate::engine::outline::Outline;
use crate::engine::plan::Plan;
use crate::engine::{self, Candidates, assemble, outline, plan};
use crate::events_out;
use crate::jobs::job::{JobRow, Step};
use crate::jobs::queries;
use crate::print;
use crate::retrieval::Scope;

/// What `verify` leaves: the parts of the course that may be shown.
#[derive(Deserialize, Serialize)]
struct Verified {
    outline: Outline,
    texts: Vec<LessonText>,
    forged: Forged,
}

impl Worker {
    /// Runs the job's step and writes down its result, in `tx`.
    pub(super) async fn step(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        started_at: DateTime<Utc>,
    ) -> Result<(), StepError> {
        let library = Arc::new(self.library(job).await?);
        let result = match (&job.wish, job.step) {
            (Some(wish), _) => self.element_step(tx, job, wish, &library).await?,
            (None, Step::Plan) => encode(&plan::plan(&library)?)?,
            (None, Step::Outline) => self.outline(tx, job, &library).await?,
            (None, Step::Author) => self.author(tx, job, &library).await?,
            (None, Step::Forge) => self.forge(tx, job, &library).await?,
            (None, Step::Verify) => self.verify(tx, job, &library).await?,
            (None, Step::Assemble) => self.assemble(tx, job, &library).await?,
            (None, Step::Package) => self.package(tx, job, &library).await?,
        };
        queries::finish_step(tx, job, started_at, &result).await?;
        Ok(())
    }

    /// The SOPs of the request, from S3.
    async fn library(&self, job: &JobRow) -> Result<Library, StepError> {
        let mut documents = Vec::with_capacity(job.sops.len());
        for sop in &job.sops.0 {
            documents.push(self.objects.sop(sop).await?);
        }
        Ok(engine::open(ParsedSops { documents })?)
    }

    async fn outline(&self, tx: &mut PgConnection, job: &JobRow, library: &Arc<Library>) -> Result<Value, StepError> {
        let plan: Plan = stored(tx, job, Step::Plan).await?;
        let outline = outline::outline(&job.brief, library, &plan);
        if outline.units.is_empty() {
            return Err(engine::Refusal::NothingToPractise.into());
        }
        let lessons = i32::try_from(outline.lessons().count()).unwrap_or(i32::MAX);
        queries::set_lessons(tx, job.job_id, 0, lessons).await?;
        self.outbox.enqueue_caused(tx, &events_out::outline_ready(job, library, &outline), &job.cause).await?;
        if !job.approve_outline {
            return encode(&outline);
        }
        if let Some(edits) = approvals::of(tx, job.request_id, job.version).await? {
            return encode(&outline.edited(&edits));
        }
        approvals::wait(tx, job.job_id).await?;
        encode(&outline)
    }

    async fn author(&self, tx: &mut PgConnection, job: &JobRow, library: &Arc<Library>) -> Result<Value, StepError> {
        let outline: Outline = stored(tx, job, Step::Outline).await?;
        let scope = Scope { client_id: job.client_id };
        let related = self.retrieval.related(scope, library, &outline).await?;
        encode(&self.authored(job, library, &outline, &related).await?)
    }

    async fn forge(&self, tx: &mut PgConnection, job: &JobRow, library: &Arc<Library>) -> Result<Value, StepError> {
        let outline: Outline = stored(tx, job, Step::Outline).await?;
        // Items come from the SOP and from what rules made of it; a model writes language, never keys.
        let authored: Authored = stored(tx, job, Step::Author).await?;
        let texts: Vec<LessonText> = self.drafts.get(authored.rules_draft.as_ref().unwrap_or(&authored.draft)).await?;
        let library = Arc::clone(library);
        let candidates = computed(move || engine::forge_candidates(&library, &outline, &texts)).await?;
        let found: usize = candidates.pools.iter().map(Vec::len).sum();
        Ok(json!({ "draft": self.drafts.put(job.job_id, &candidates).await?, "items": found }))
    }

    async fn verify(&self, tx: &mut PgConnection, job: &JobRow, library: &Arc<Library>) -> Result<Value, StepError> {
        let outline: Outline = stored(tx, job, Step::Outline).await?;
        let texts: Vec<LessonText> = self.draft(tx, job, Step::Author).await?;
        let candidates: Candidates = self.draft(tx, job, Step::Forge).await?;
        let library = Arc::clone(library);
        let (outline, forged) = computed(move || {
            let forged = engine::select_sound(&library, &outline, candidates)?;
            Ok::<_, engine::Refusal>((outline, forged))
        })
        .await??;
        let lessons = i32::try_from(outline.lessons().count()).unwrap_or(i32::MAX);
        queries::set_lessons(tx, job.job_id, lessons, lessons).await?;
        for lesson in events_out::lessons_ready(job, &outline) {
            self.outbox.enqueue_caused(tx, &lesson, &job.cause).await?;
        }
        Ok(json!({ "draft": self.drafts.put(job.job_id, &Verified { outline, texts, forged }).await? }))
    }

    async fn assemble(&self, tx: &mut PgConnection, job: &JobRow, library: &Arc<Library>) -> Result<Value, StepError> {
        let Verified { outline, texts, forged } = self.draft(tx, job, Step::Verify).await?;
        let authored: Authored = stored(tx, job, Step::Author).await?;
        let mut package = assemble::package(&authored.author, &job.brief, library, &outline, texts, forged);
        match self.before_the_change(tx, job).await? {
            Some(previous) => package = assemble::carried(package, &previous, &job.brief, library, &outline),
            None => self.keep_wishes(tx, job, &mut package).await?,
        }
        model::report(&mut package, job, &authored);
        self.keep(job, &package).await
    }

    /// A whole course, if it is valid.
    pub(super) async fn keep(&self, job: &JobRow, package: &CoursePackage) -> Result<Value, StepError> {
        if let Some(first) = validate::validate_course(package).first() {
            tracing::error!(job.id = %job.job_id, violation = %first, "the course is not valid");
            return Err(StepError::Fail {
                code: "invalid_course",
                detail: "The course that was made breaks the rules of its own format.".to_owned(),
            });
        }
        Ok(json!({ "draft": self.drafts.put(job.job_id, package).await? }))
    }

    pub(super) async fn package(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        library: &Arc<Library>,
    ) -> Result<Value, StepError> {
        let package: CoursePackage = self.draft(tx, job, Step::Assemble).await?;
        let course = package_bytes(&package).map_err(not_json)?;
        let quality = serde_json::to_value(&package.quality).map_err(not_json)?;
        let sha256 = sha256_hex(&course);
        let prefix = format!("courses/{}/{sha256}", job.course_id);
        let html = assemble::page(&package, library).into_bytes();
        queries::lock_packages(tx, job.course_id).await?;
        self.drafts.put_package(job.job_id, &course).await?;
        self.objects
            .put(
                &format!("{prefix}/quality.json"),
                "application/json",
                serde_json::to_vec_pretty(&quality).map_err(not_json)?,
            )
            .await?;
        self.objects.put(&format!("{prefix}/course.html"), "text/html; charset=utf-8", html).await?;
        self.objects.put(&format!("{prefix}/course.json"), "application/json", course).await?;
        self.books(&prefix, &package, library).await?;
        crash_point("job.package.stored");
        queries::finish(tx, job.job_id, &quality, &prefix, &sha256).await?;
        let stored =
            Package { bucket: self.objects.bucket().to_owned(), prefix: prefix.clone(), sha256: sha256.clone() };
        self.outbox.enqueue_caused(tx, &events_out::generated(job, &package, stored), &job.cause).await?;
        Ok(json!({ "prefix": prefix, "sha256": sha256 }))
    }

    /// The course on paper beside the package; a browser that fails costs the PDFs, not the course.
    async fn books(&self, prefix: &str, package: &CoursePackage, library: &Library) -> Result<(), StepError> {
        let Some(browser) = &self.chromium else { return Ok(()) };
        for (name, audience) in assemble::BOOKS {
            match print::pdf(browser, &assemble::page_for(package, library, audience)).await {
                Ok(bytes) => self.objects.put(&format!("{prefix}/{name}"), "application/pdf", bytes).await?,
                Err(error) => tracing::warn!(file.name = name, error.chain = %error, "the course was not printed"),
            }
        }
        Ok(())
    }

    /// A result that lies in MongoDB.
    async fn draft<T: serde::de::DeserializeOwned>(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        step: Step,
    ) -> Result<T, StepError> {
        #[derive(Deserialize)]
        struct Reference {
            draft: String,
        }
        let reference: Reference = stored(tx, job, step).await?;
        Ok(self.drafts.get(&reference.draft).await?)
    }
}

/// Long computations run beside the threads that answer requests; one that panics fails its attempt, not the worker.
async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StepError> {
    let ended = tokio::task::spawn_blocking(work).await;
    ended.map_err(|error| StepError::Wait("a step broke off", error.into()))
}

/// The result of a finished step.
async fn stored<T: serde::de::DeserializeOwned>(
    tx: &mut PgConnection,
    job: &JobRow,
    step: Step,
) -> Result<T, StepError> {
    let value = queries::result(tx, job.job_id, step).await?.unwrap_or(Value::Null);
    serde_json::from_value(value).map_err(not_json)
}

fn encode<T: Serialize>(value: &T) -> Result<Value, StepError> {
    serde_json::to_value(value).map_err(not_json)
}

/// A result of an older build that this one cannot read: somebody has to look.
fn not_json(error: serde_json::Error) -> StepError {
    StepError::Wait("a stored result cannot be read", error.into())
}
