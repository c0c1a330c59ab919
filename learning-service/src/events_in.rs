//! Assignments, and trainers' grades.

use events::{
    Envelope, Event as _, Topic,
    payloads::{AssigneeRole, CourseAssigned, CourseUnassigned, SubmissionGraded},
};
use platform::consumer::{HandleError, Handler};
use sqlx::PgConnection;

use crate::{attempts::queries, enrolments};

/// Takes events into enrolments and attempts.
pub struct LearningEvents;

impl Handler for LearningEvents {
    const TOPICS: &'static [Topic] = &[Topic::CourseLifecycle, Topic::TrainingDelivery];

    async fn handle(&self, tx: &mut PgConnection, event: &Envelope) -> Result<(), HandleError> {
        match event.event_type.as_str() {
            CourseAssigned::TYPE => {
                let assigned: CourseAssigned = event.payload()?;
                if assigned.role == AssigneeRole::Student {
                    enrolments::insert(tx, &assigned, event.time).await?;
                }
            }
            CourseUnassigned::TYPE => {
                let unassigned: CourseUnassigned = event.payload()?;
                enrolments::take_back(tx, unassigned.assignment_id).await?;
            }
            SubmissionGraded::TYPE => {
                let graded: SubmissionGraded = event.payload()?;
                queries::settle(tx, &graded).await?;
            }
            _ => {}
        }
        Ok(())
    }
}
