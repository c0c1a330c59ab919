//! Events open, repeat and stop jobs; the work itself is the worker's.

use std::sync::Arc;

use events::payloads::{
    CourseCreationCancelled, CourseOutlineApproved, CourseRegenerationRequested, SopRequestReady, SopVersionChanged,
};
use events::{Envelope, Event, Topic};
use platform::consumer::{HandleError, Handler};
use sqlx::PgConnection;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::approvals;
use crate::draft::course_id;
use crate::engine::Brief;
use crate::impacts;
use crate::jobs::job::{NewJob, Wish};
use crate::jobs::queries;

/// Takes events into jobs.
pub struct GenerationEvents {
    /// Rings when there is work.
    pub wake: Arc<Notify>,
}

impl Handler for GenerationEvents {
    const TOPICS: &'static [Topic] = &[Topic::CourseRequests, Topic::SopDocuments, Topic::CourseLifecycle];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        match event.event_type.as_str() {
            SopRequestReady::TYPE => open(tx, event).await,
            CourseCreationCancelled::TYPE => {
                let cancelled: CourseCreationCancelled = event.payload()?;
                Ok(queries::cancel(tx, cancelled.request_id).await?)
            }
            CourseRegenerationRequested::TYPE => {
                let e: CourseRegenerationRequested = event.payload()?;
                again(tx, event, e.course_id, e.client_id, e.version, e.element_id, &e.note).await
            }
            CourseOutlineApproved::TYPE => approvals::approved(tx, &event.payload()?).await,
            SopVersionChanged::TYPE => impacts::changed(tx, event).await,
            _ => Ok(()),
        }
    }

    fn committed(&self) {
        self.wake.notify_one();
    }
}

/// One job per request, however often the event comes.
async fn open(tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
    let ready: SopRequestReady = event.payload()?;
    if ready.sops.is_empty() {
        return Err(HandleError::reject("no_sops", "the request is ready, but it names no parsed SOP"));
    }
    let hours = ready.order.hours;
    let brief = Brief {
        course_id: course_id(ready.request_id),
        request_id: ready.request_id,
        client_id: ready.client_id,
        title: Some(ready.order.title.trim().to_owned()).filter(|t| !t.is_empty()),
        level: ready.order.level,
        hours: (hours.is_finite() && hours > 0.0).then_some(hours),
        notes: Vec::new(),
        variants: Vec::new(),
    };
    let job = NewJob {
        request_id: ready.request_id,
        client_id: ready.client_id,
        version: 1,
        ordered_by: ready.ordered_by,
        brief: &brief,
        sops: &ready.sops,
        cause: event,
        wish: None,
        approve_outline: ready.order.approve_outline,
    };
    queries::insert(tx, job).await?;
    Ok(())
}

/// The next version of a course, with the reviewer's note. A second wish for the same version changes nothing.
async fn again(
    tx: &mut PgConnection,
    event: &Envelope,
    course: Uuid,
    client: Uuid,
    version: u32,
    element: Option<Uuid>,
    note: &str,
) -> Result<(), HandleError> {
    let unknown =
        || HandleError::reject("unknown_version", format!("no job made version {version} of course {course}"));
    let version = i32::try_from(version).map_err(|_| unknown())?;
    let Some(made) = queries::of_version(tx, course, version).await?.filter(|job| job.client_id == client) else {
        return Err(unknown());
    };
    let mut brief = made.brief.0.clone();
    let note = note.trim();
    let wish = element.map(|element_id| Wish { element_id, note: note.to_owned() });
    if !note.is_empty() && wish.is_none() {
        brief.notes.push(note.to_owned());
    }
    // One element changes in the version as it stands; a whole course is made from the SOPs as they are now.
    let sops = match wish {
        Some(_) => made.sops.0.clone(),
        None => impacts::newest(tx, client, &made.sops.0).await?,
    };
    let job = NewJob {
        request_id: made.request_id,
        client_id: made.client_id,
        version: version + 1,
        ordered_by: made.ordered_by,
        brief: &brief,
        sops: &sops,
        cause: event,
        wish: wish.as_ref(),
        approve_outline: false,
    };
    queries::insert(tx, job).await?;
    Ok(())
}
