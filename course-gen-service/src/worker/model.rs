//! Lessons by a language model: the author of a job, and how it stops when the request is taken back.

use std::sync::Arc;
use std::time::Duration;

use course_format::course::{CoursePackage, ModelUse, QualityFlag};
use serde::{Deserialize, Serialize};

use super::{StepError, Worker};
use crate::engine;
use crate::engine::author::{Author as _, LessonText};
use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::Outline;
use crate::jobs::job::JobRow;
use crate::jobs::queries;
use crate::llm::{self, Account, Desk, Llm, LlmAuthor, Record};

/// How often a worker that waits for a model looks whether the request was taken back.
const LOOK: Duration = Duration::from_secs(1);

/// What `author` leaves.
#[derive(Deserialize, Serialize)]
pub struct Authored {
    /// The lessons' texts.
    pub draft: String,
    /// The same lessons by rules, where a model wrote some of them: items are made from these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_draft: Option<String>,
    pub author: String,
    pub related_clauses: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_use: Option<ModelUse>,
}

impl Worker {
    /// Every lesson of the job, by rules or with a model.
    pub(super) async fn authored(
        &self,
        job: &JobRow,
        library: &Library,
        outline: &Outline,
        related: &[Vec<ClauseRef>],
    ) -> Result<Authored, StepError> {
        let related_clauses = related.iter().map(Vec::len).sum();
        let texts = engine::write(self.author.as_ref(), &job.brief, library, outline, related).await?;
        let rules = self.drafts.put(job.job_id, &texts).await?;
        let Some(llm) = &self.llm else {
            let author = self.author.name();
            return Ok(Authored {
                draft: rules,
                rules_draft: None,
                author,
                related_clauses,
                record: None,
                model_use: None,
            });
        };
        let author = self.desk(llm, job, outline.lessons().count()).await?;
        let texts = self.unless_taken_back(job, &author, library, outline, related).await?;
        Ok(Authored {
            draft: self.drafts.put(job.job_id, &texts).await?,
            rules_draft: Some(rules),
            author: author.name(),
            related_clauses,
            record: Some(author.record()),
            model_use: llm.spent(job.job_id).await?,
        })
    }

    pub(super) async fn desk(&self, llm: &Arc<Llm>, job: &JobRow, lessons: usize) -> Result<LlmAuthor, StepError> {
        let account = Account { job_id: job.job_id, client_id: job.client_id };
        let planned = llm::planned_calls(lessons, llm.candidates());
        Ok(LlmAuthor::new(Desk::open(Arc::clone(llm), account, planned).await?))
    }

    async fn unless_taken_back(
        &self,
        job: &JobRow,
        author: &LlmAuthor,
        library: &Library,
        outline: &Outline,
        related: &[Vec<ClauseRef>],
    ) -> Result<Vec<LessonText>, StepError> {
        let written = engine::write(author, &job.brief, library, outline, related);
        tokio::pin!(written);
        tokio::select! {
            texts = &mut written => Ok(texts?),
            () = self.taken_back(job) => {
                author.stop();
                Ok(written.await?)
            }
        }
    }

    /// Ends when the request was taken back.
    async fn taken_back(&self, job: &JobRow) {
        loop {
            tokio::time::sleep(LOOK).await;
            let Ok(mut db) = self.pool.acquire().await else { continue };
            if queries::is_taken_back(&mut db, job.request_id).await.unwrap_or(false) {
                return;
            }
        }
    }
}

/// What the quality report says about the models that took part, and about notes that nobody could follow.
pub fn report(package: &mut CoursePackage, job: &JobRow, authored: &Authored) {
    package.quality.model_use.clone_from(&authored.model_use);
    let Some(record) = &authored.record else {
        if !job.brief.notes.is_empty() {
            package.quality.flags.push(QualityFlag {
                code: "note_needs_person".to_owned(),
                place: "/course".to_owned(),
                detail:
                    "The course was made again by the same rules, which do not read notes. Somebody has to follow them."
                        .to_owned(),
            });
        }
        return;
    };
    let mut flags = record.flags(&package.course);
    flags.append(&mut package.quality.flags);
    package.quality.flags = flags;
    let versions = llm::VERSIONS.iter().map(|(name, version)| ((*name).to_owned(), (*version).to_owned()));
    package.quality.versions.extend(versions);
}
