//! Jobs that make one element again: the version before, with that element in other words and not a byte more.

use std::collections::BTreeSet;
use std::sync::Arc;

use course_format::course::{CoursePackage, Proven, QualityFlag};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{StepError, Worker};
use crate::engine::Candidates;
use crate::engine::author::Assignment;
use crate::engine::forge::Made;
use crate::engine::library::Library;
use crate::engine::outline::Outline;
use crate::engine::verify::{self, solver::Solver};
use crate::jobs::job::{JobRow, Step, Wish};
use crate::jobs::queries;
use crate::llm::element::{self, Element};
use crate::llm::{self, Bench};

/// What becomes of a wish.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Change {
    /// The element in other words.
    Text(Box<Proven>),
    /// The same by rules, which do not read notes.
    Reworded(Box<Proven>),
    /// Another item in the place of this one.
    Item(Box<Made>),
    /// A person has to do it; why.
    Nothing(String),
}

impl Worker {
    /// The steps of such a job: only two of them have something to do before the package.
    pub(super) async fn element_step(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        wish: &Wish,
        library: &Arc<Library>,
    ) -> Result<Value, StepError> {
        match job.step {
            Step::Author => {
                let change = self.change(tx, job, wish, library).await?;
                Ok(json!({ "change": change }))
            }
            Step::Assemble => self.patch(tx, job, wish).await,
            Step::Package => self.package(tx, job, library).await,
            Step::Plan | Step::Outline | Step::Forge | Step::Verify => Ok(json!({})),
        }
    }

    async fn change(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        wish: &Wish,
        library: &Library,
    ) -> Result<Change, StepError> {
        let package = self.version_before(tx, job).await?;
        let whole = queries::whole_before(tx, job.course_id, job.version).await?.ok_or_else(gone)?;
        if package.course.items().any(|item| item.id == wish.element_id) {
            return self.other_item(tx, whole, &package, wish, library).await;
        }
        let Some(found) = element::find(&package.course, wish.element_id) else {
            return Ok(Change::Nothing("it is no single text that could be written again by itself".to_owned()));
        };
        let written = match &self.llm {
            Some(_) => self.written(tx, job, wish, whole, &package, &found, library).await?,
            None => Err("no language model is configured".to_owned()),
        };
        let words = package.course.lessons().find(|l| l.id == found.lesson).map_or(&[][..], |l| &l.vocabulary);
        Ok(match written {
            Ok(text) => Change::Text(Box::new(text)),
            Err(why) => match element::by_rules(&found, library, job.brief.level, words) {
                Some(text) => Change::Reworded(Box::new(text)),
                None => Change::Nothing(why),
            },
        })
    }

    #[expect(clippy::too_many_arguments, reason = "everything that a text is held against")]
    async fn written(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        wish: &Wish,
        whole: Uuid,
        package: &CoursePackage,
        found: &Element,
        library: &Library,
    ) -> Result<Result<Proven, String>, StepError> {
        let Some(llm) = &self.llm else { return Ok(Err(String::new())) };
        let outline: Outline = decode(queries::result(tx, whole, Step::Outline).await?)?;
        let lesson = outline.lessons().find(|l| l.id == found.lesson).ok_or_else(gone)?;
        let terms = package.course.lessons().filter(|l| l.id == found.lesson).flat_map(|l| &l.vocabulary);
        let taught = BTreeSet::new();
        let assignment =
            Assignment { brief: &job.brief, library, lesson, related: &[], taught: &taught, points: &[], talks: &[] };
        let bench = Bench::new(&assignment, terms.map(|v| v.term.clone()).collect());
        let author = self.desk(llm, job, 1).await?;
        Ok(author.again(&bench, found, &wish.note).await?)
    }

    /// Another sound item of the same kind for the same lesson, about the same clause if there is one.
    async fn other_item(
        &self,
        tx: &mut PgConnection,
        whole: Uuid,
        package: &CoursePackage,
        wish: &Wish,
        library: &Library,
    ) -> Result<Change, StepError> {
        let used: BTreeSet<Uuid> = package.course.items().map(|item| item.id).collect();
        let stored: Stored = decode(queries::result(tx, whole, Step::Forge).await?)?;
        let Candidates { pools, .. } = self.drafts.get(&stored.draft).await?;
        let Some(pool) = pools.iter().find(|pool| pool.iter().any(|m| m.item.id == wish.element_id)) else {
            return Ok(Change::Nothing("nothing else can be asked in its place".to_owned()));
        };
        let old = pool.iter().find(|m| m.item.id == wish.element_id);
        let solver = Solver::new(library);
        let best = pool
            .iter()
            .filter(|m| !used.contains(&m.item.id))
            .filter(|m| old.is_some_and(|o| o.item.item_type() == m.item.item_type()))
            .filter(|m| verify::flaws(library, &solver, m).is_empty())
            .max_by_key(|m| (old.is_some_and(|o| o.clause == m.clause), m.score, m.item.id));
        Ok(match best {
            Some(other) => Change::Item(Box::new(other.clone())),
            None => Change::Nothing("no other exercise of this kind is sure".to_owned()),
        })
    }

    async fn patch(&self, tx: &mut PgConnection, job: &JobRow, wish: &Wish) -> Result<Value, StepError> {
        #[derive(Deserialize)]
        struct Decided {
            change: Change,
        }
        let mut package = self.version_before(tx, job).await?;
        let Decided { change } = decode(queries::result(tx, job.job_id, Step::Author).await?)?;
        package
            .quality
            .flags
            .retain(|f| !matches!(f.code.as_str(), "reviewer_note" | "note_needs_person" | "note_not_read"));
        let mut flags = vec![flag("reviewer_note", wish, wish.note.clone())];
        match change {
            Change::Text(text) => element::replace(&mut package.course, wish.element_id, *text),
            Change::Reworded(text) => {
                element::replace(&mut package.course, wish.element_id, *text);
                flags.push(flag(
                    "note_not_read",
                    wish,
                    "The text was worded again by rules, which do not read notes. Look whether it is what was asked for."
                        .to_owned(),
                ));
            }
            Change::Item(made) => exchange(&mut package, wish.element_id, *made),
            Change::Nothing(why) => flags.push(flag(
                "note_needs_person",
                wish,
                format!("Nothing was changed here ({why}). Somebody has to edit the element or answer the note."),
            )),
        }
        flags.append(&mut package.quality.flags);
        package.quality.flags = flags;
        package.quality.model_use = match &self.llm {
            Some(llm) => llm.spent(job.job_id).await?,
            None => None,
        };
        if package.quality.model_use.is_some() {
            let versions = llm::VERSIONS.iter().map(|(name, version)| ((*name).to_owned(), (*version).to_owned()));
            package.quality.versions.extend(versions);
        }
        let lessons = i32::try_from(package.course.lessons().count()).unwrap_or(i32::MAX);
        queries::set_lessons(tx, job.job_id, lessons, lessons).await?;
        self.keep(job, &package).await
    }

    pub(super) async fn version_before(&self, tx: &mut PgConnection, job: &JobRow) -> Result<CoursePackage, StepError> {
        let before = queries::of_version(tx, job.course_id, job.version - 1).await?.ok_or_else(gone)?;
        let stored: Stored = decode(queries::result(tx, before.job_id, Step::Assemble).await?)?;
        Ok(self.drafts.get(&stored.draft).await?)
    }
}

/// A result that lies in MongoDB.
#[derive(Deserialize)]
struct Stored {
    draft: String,
}

fn flag(code: &str, wish: &Wish, detail: String) -> QualityFlag {
    QualityFlag { code: code.to_owned(), place: wish.element_id.to_string(), detail }
}

/// One item for another, with its key.
pub(super) fn exchange(package: &mut CoursePackage, old: Uuid, made: Made) {
    let lessons = package.course.units.iter_mut().flat_map(|u| &mut u.lessons);
    let in_lessons = lessons.flat_map(|l| &mut l.activities).flat_map(|a| &mut a.items);
    let Some(place) = in_lessons.chain(&mut package.course.assessment.items).find(|item| item.id == old) else {
        return;
    };
    package.keys.0.remove(&old);
    package.keys.0.insert(made.item.id, made.key);
    *place = made.item;
}

fn decode<T: serde::de::DeserializeOwned>(value: Option<Value>) -> Result<T, StepError> {
    serde_json::from_value(value.unwrap_or_default())
        .map_err(|error| StepError::Wait("a stored result cannot be read", error.into()))
}

fn gone() -> StepError {
    StepError::Fail {
        code: "version_gone",
        detail: "What the version before was made from is no longer in the store.".to_owned(),
    }
}
