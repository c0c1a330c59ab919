//! Every payload, one module for each topic.

mod generation;
mod learning;
mod lifecycle;
mod notifications;
mod requests;
mod sops;
mod training;
mod users;

pub use generation::{
    CourseGenerated, CourseGenerationFailed, CourseImpactReady, CourseLessonReady, CourseOutlineReady, OutlineClause,
    OutlineLeftOut, OutlineLesson, OutlineUnit, Package,
};
pub use learning::{AssessmentCompleted, LearningStarted, LessonCompleted, SubmissionReceived};
pub use lifecycle::{
    AssigneeRole, CourseApproved, CourseAssigned, CourseChangesRequested, CourseOutlineApproved, CoursePublished,
    CourseRegenerationRequested, CourseUnassigned, DroppedLesson,
};
pub use notifications::{Channel, NotificationDelivered, NotificationFailed};
pub use requests::{CourseCreationCancelled, CourseCreationOrdered, OrderDetails, OrderedDocument, SopReplaced};
pub use sops::{FailedSop, ParsedSop, SopFailed, SopProcessed, SopRequestFailed, SopRequestReady, SopVersionChanged};
pub use training::{FeedbackSubmitted, SessionHeld, SessionScheduled, SubmissionGraded};
pub use users::{AccountChange, Role, UserAccount};

macro_rules! event {
    ($payload:ty, $name:literal, $topic:ident, $key:ident) => {
        impl crate::Event for $payload {
            const TYPE: &'static str = $name;
            const TOPIC: crate::Topic = crate::Topic::$topic;

            fn key(&self) -> uuid::Uuid {
                self.$key
            }
        }
    };
}
use event;
