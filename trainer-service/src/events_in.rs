//! Events that concern trainers, each given its effect once. All of them may come late or out of order.

mod assignments;
mod courses;
mod submissions;

use std::sync::Arc;

use events::{
    Envelope, Event as _, Topic,
    payloads::{CourseAssigned, CoursePublished, CourseUnassigned, SubmissionReceived},
};
use platform::consumer::{HandleError, Handler};
use sqlx::PgConnection;
use tokio::sync::Notify;

/// What this service does with events.
pub struct TrainerEvents {
    /// Rung when a fetch may have been written down.
    pub wake: Arc<Notify>,
}

impl Handler for TrainerEvents {
    const TOPICS: &'static [Topic] = &[Topic::CourseLifecycle, Topic::LearningActivity];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        match event.event_type.as_str() {
            CoursePublished::TYPE => {
                let published: CoursePublished = event.payload()?;
                courses::record(tx, &published.into()).await
            }
            CourseAssigned::TYPE => {
                let assigned: CourseAssigned = event.payload()?;
                assignments::begin(tx, event.time, &assigned).await?;
                courses::record(tx, &assigned.into()).await
            }
            CourseUnassigned::TYPE => Ok(assignments::end(tx, event.time, &event.payload()?).await?),
            SubmissionReceived::TYPE => Ok(submissions::receive(tx, event.time, &event.payload()?).await?),
            _ => Ok(()),
        }
    }

    fn committed(&self) {
        self.wake.notify_one();
    }
}
