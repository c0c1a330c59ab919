//! A whole course made again from the same SOPs: what reviewers had changed element by element stays as they had it.

use course_format::course::{CoursePackage, QualityFlag};
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::element::{Change, exchange};
use super::{StepError, Worker};
use crate::jobs::job::JobRow;
use crate::jobs::queries;
use crate::llm::element;

impl Worker {
    /// Puts the changed elements of the version before into this one, and says what could not be kept.
    pub(super) async fn keep_wishes(
        &self,
        tx: &mut PgConnection,
        job: &JobRow,
        package: &mut CoursePackage,
    ) -> Result<(), StepError> {
        #[derive(Deserialize)]
        struct Decided {
            change: Change,
        }
        let wishes = queries::wishes(tx, job.course_id, job.version).await?;
        if wishes.is_empty() {
            return Ok(());
        }
        let before = self.version_before(tx, job).await?;
        let mut kept = Vec::new();
        let mut lost = Vec::new();
        for (wish, result) in wishes {
            let id = wish.element_id;
            let Ok(Decided { change }) = serde_json::from_value(result) else { continue };
            match change {
                Change::Nothing(_) => {}
                Change::Item(made) => {
                    let there = |id: Uuid| package.course.items().any(|item| item.id == id);
                    if there(id) && !there(made.item.id) {
                        kept.push(made.item.id);
                        exchange(package, id, *made);
                    } else if !there(made.item.id) {
                        lost.push((id, made.item.stem));
                    }
                }
                Change::Text(_) | Change::Reworded(_) => match text(&before, package, id) {
                    Some(text) => {
                        element::replace(&mut package.course, id, text);
                        kept.push(id);
                    }
                    None => lost.extend(element::find(&before.course, id).map(|old| (id, old.text.text))),
                },
            }
        }
        kept.sort_unstable();
        kept.dedup();
        report(package, kept.len(), &lost);
        Ok(())
    }
}

/// The element's text in the version before, where the new version has the element in the same surroundings.
fn text(before: &CoursePackage, package: &CoursePackage, id: Uuid) -> Option<course_format::course::Proven> {
    let (old, new) = (element::find(&before.course, id)?, element::find(&package.course, id)?);
    let same =
        old.kind == new.kind && element::surroundings(&before.course, id) == element::surroundings(&package.course, id);
    same.then_some(old.text)
}

fn report(package: &mut CoursePackage, kept: usize, lost: &[(Uuid, String)]) {
    let lost = lost.iter().map(|(id, text)| QualityFlag {
        code: "edit_lost".to_owned(),
        place: id.to_string(),
        detail: format!("A reviewer had changed this, and the course that was made anew has no place for it: “{text}”"),
    });
    let mut flags: Vec<QualityFlag> = lost.collect();
    flags.append(&mut package.quality.flags);
    package.quality.flags = flags;
    if kept > 0 {
        let (what, verb) = if kept == 1 { ("1 element", "is") } else { ("the elements", "are") };
        let count = if kept == 1 { String::new() } else { format!(" ({kept})") };
        package.quality.flags.push(QualityFlag {
            code: "edits_kept".to_owned(),
            place: "/course".to_owned(),
            detail: format!(
                "The course was made anew; {what} that reviewers had changed one by one{count} {verb} as they had it."
            ),
        });
    }
}
