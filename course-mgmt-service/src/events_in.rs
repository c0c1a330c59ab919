//! Events that concern courses, each given its effect once. All of them may come late or out of order.

mod generated;
mod learning;

use std::sync::Arc;

use events::{
    Envelope, Event as _, Topic,
    payloads::{
        AssessmentCompleted, CourseGenerated, CourseImpactReady, CourseOutlineReady, FeedbackSubmitted,
        LearningStarted, LessonCompleted, SessionHeld,
    },
};
use platform::consumer::{HandleError, Handler};
use sqlx::PgConnection;
use tokio::sync::Notify;

use crate::{impacts, outlines};

/// What this service does with events.
pub struct CourseMgmtEvents {
    /// Rung when a fetch may have been written down.
    pub wake: Arc<Notify>,
}

impl Handler for CourseMgmtEvents {
    const TOPICS: &'static [Topic] = &[Topic::CourseGeneration, Topic::LearningActivity, Topic::TrainingDelivery];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        match event.event_type.as_str() {
            CourseGenerated::TYPE => generated::record(tx, event.time, &event.payload()?).await,
            CourseImpactReady::TYPE => Ok(impacts::record(tx, event.time, &event.payload()?).await?),
            CourseOutlineReady::TYPE => Ok(outlines::record(tx, event.time, &event.payload()?).await?),
            LearningStarted::TYPE => Ok(learning::started(tx, event.time, &event.payload()?).await?),
            LessonCompleted::TYPE => Ok(learning::lesson_completed(tx, event.time, &event.payload()?).await?),
            AssessmentCompleted::TYPE => Ok(learning::assessed(tx, event.time, &event.payload()?).await?),
            SessionHeld::TYPE => Ok(learning::session_held(tx, event.time, &event.payload()?).await?),
            FeedbackSubmitted::TYPE => Ok(learning::feedback(tx, event.time, &event.payload()?).await?),
            _ => Ok(()),
        }
    }

    fn committed(&self) {
        self.wake.notify_one();
    }
}
