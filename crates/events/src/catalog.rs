use std::fmt::Write as _;

use serde_json::Value;

use crate::{Event, Topic, examples, payloads as p};

/// One row of the event catalogue.
pub struct EventInfo {
    pub event_type: &'static str,
    pub topic: Topic,
    pub producers: &'static [&'static str],
    pub consumers: &'static [&'static str],
    pub about: &'static str,
    /// A payload with every field filled, made from the Rust type.
    pub example: fn() -> Value,
}

const fn info<E: Event>(
    producers: &'static [&'static str],
    consumers: &'static [&'static str],
    about: &'static str,
    example: fn() -> Value,
) -> EventInfo {
    EventInfo { event_type: E::TYPE, topic: E::TOPIC, producers, consumers, about, example }
}

const USER: &str = "user-service";
const SALES: &str = "sales-service";
const INGEST: &str = "sop-ingest-service";
const GEN: &str = "course-gen-service";
const MGMT: &str = "course-mgmt-service";
const LEARNING: &str = "learning-service";
const TRAINER: &str = "trainer-service";
const NOTIFY: &str = "notification-service";

/// Every event type, in the order in which a course meets them.
pub const CATALOG: &[EventInfo] = &[
    info::<p::UserAccount>(
        &[USER],
        &[SALES, INGEST, GEN, MGMT, LEARNING, TRAINER, NOTIFY],
        "The whole current account of a person: roles, clients, contact, disabled or not. Compacted; each service keeps a `members` projection of it.",
        examples::user_account,
    ),
    info::<p::CourseCreationOrdered>(
        &[SALES],
        &[INGEST, NOTIFY],
        "\"Order Course Creation\": a request was submitted and its files are in S3.",
        examples::course_creation_ordered,
    ),
    info::<p::CourseCreationCancelled>(
        &[SALES],
        &[INGEST, GEN, NOTIFY],
        "The rep took the request back: open work on it stops.",
        examples::course_creation_cancelled,
    ),
    info::<p::SopReplaced>(
        &[SALES],
        &[INGEST],
        "A new version of a SOP of a submitted request was handed in; says which document it replaces.",
        examples::sop_replaced,
    ),
    info::<p::SopProcessed>(
        &[INGEST],
        &[SALES],
        "One SOP was read, split in clauses and indexed.",
        examples::sop_processed,
    ),
    info::<p::SopVersionChanged>(
        &[INGEST],
        &[SALES, GEN],
        "A new version of a SOP was compared to the one before it, clause by clause; the whole comparison is in S3.",
        examples::sop_version_changed,
    ),
    info::<p::SopFailed>(
        &[INGEST],
        &[SALES, NOTIFY],
        "One SOP could not be used; says why. The others go on.",
        examples::sop_failed,
    ),
    info::<p::SopRequestReady>(
        &[INGEST],
        &[SALES, GEN],
        "All SOPs of a request are settled and at least one is usable.",
        examples::sop_request_ready,
    ),
    info::<p::SopRequestFailed>(
        &[INGEST],
        &[SALES, NOTIFY],
        "No SOP of the request could be used.",
        examples::sop_request_failed,
    ),
    info::<p::CourseOutlineReady>(
        &[GEN],
        &[SALES, MGMT],
        "Units and lessons are planned; says what they hold and whether somebody has to approve them.",
        examples::course_outline_ready,
    ),
    info::<p::CourseOutlineApproved>(
        &[MGMT],
        &[GEN],
        "A course manager approved the outline, perhaps with other lessons or another order.",
        examples::course_outline_approved,
    ),
    info::<p::CourseLessonReady>(
        &[GEN],
        &[SALES],
        "One lesson is written and verified.",
        examples::course_lesson_ready,
    ),
    info::<p::CourseGenerated>(
        &[GEN],
        &[SALES, MGMT, NOTIFY],
        "A course version is packaged in S3 under its content hash.",
        examples::course_generated,
    ),
    info::<p::CourseImpactReady>(
        &[GEN],
        &[MGMT],
        "A new version of a SOP touches a course: the elements, the lessons and why.",
        examples::course_impact_ready,
    ),
    info::<p::CourseGenerationFailed>(
        &[GEN],
        &[SALES, NOTIFY],
        "No course can be made from these SOPs; says why.",
        examples::course_generation_failed,
    ),
    info::<p::CourseChangesRequested>(
        &[MGMT],
        &[SALES],
        "A reviewer sent the version back.",
        examples::course_changes_requested,
    ),
    info::<p::CourseRegenerationRequested>(
        &[MGMT],
        &[GEN],
        "Make the next version, with the reviewer's note.",
        examples::course_regeneration_requested,
    ),
    info::<p::CourseApproved>(&[MGMT], &[SALES], "A course manager approved the version.", examples::course_approved),
    info::<p::CoursePublished>(
        &[MGMT],
        &[SALES, TRAINER, NOTIFY],
        "The version may be taught and learned.",
        examples::course_published,
    ),
    info::<p::CourseAssigned>(
        &[MGMT],
        &[LEARNING, TRAINER, NOTIFY],
        "A person was given the course, to teach or to learn.",
        examples::course_assigned,
    ),
    info::<p::CourseUnassigned>(
        &[MGMT],
        &[LEARNING, TRAINER],
        "The assignment was taken back.",
        examples::course_unassigned,
    ),
    info::<p::LearningStarted>(
        &[LEARNING],
        &[MGMT],
        "A student opened the course for the first time.",
        examples::learning_started,
    ),
    info::<p::LessonCompleted>(&[LEARNING], &[MGMT], "A student finished a lesson.", examples::lesson_completed),
    info::<p::AssessmentCompleted>(
        &[LEARNING],
        &[MGMT],
        "A student handed in the assessment.",
        examples::assessment_completed,
    ),
    info::<p::SubmissionReceived>(
        &[LEARNING],
        &[TRAINER],
        "An open answer waits for a trainer.",
        examples::submission_received,
    ),
    info::<p::SessionScheduled>(&[TRAINER], &[NOTIFY], "A class was scheduled or moved.", examples::session_scheduled),
    info::<p::SessionHeld>(&[TRAINER], &[MGMT], "Attendance of a class was taken.", examples::session_held),
    info::<p::SubmissionGraded>(
        &[TRAINER],
        &[LEARNING, NOTIFY],
        "A trainer graded an open answer.",
        examples::submission_graded,
    ),
    info::<p::FeedbackSubmitted>(
        &[TRAINER, LEARNING],
        &[MGMT, NOTIFY],
        "Feedback about the course, or from a trainer to a learner.",
        examples::feedback_submitted,
    ),
    info::<p::NotificationDelivered>(
        &[NOTIFY],
        &[],
        "A message reached its channel.",
        examples::notification_delivered,
    ),
    info::<p::NotificationFailed>(
        &[NOTIFY],
        &[],
        "A message was given up after its retries.",
        examples::notification_failed,
    ),
];

/// `docs/EVENTS.md`, from the topic table and the catalogue.
///
/// # Errors
/// The compiled-in topic table is not the JSON it should be.
pub fn markdown() -> Result<String, serde_json::Error> {
    let mut out = String::from(HEAD);
    for t in crate::topic_table()? {
        let kept = match (t.compacted, t.retention_hours) {
            (true, _) => "last per key (compacted)".to_owned(),
            (false, None) => "for ever".to_owned(),
            (false, Some(hours)) => format!("{} days", hours / 24),
        };
        let _ = writeln!(out, "| `{}` | {} | `{}` | {kept} | {} |", t.name, t.partitions, t.key, t.about);
    }
    out.push_str("\n## Events\n");
    for e in CATALOG {
        let example = serde_json::to_string_pretty(&(e.example)())?;
        let consumers = if e.consumers.is_empty() { "none yet".to_owned() } else { e.consumers.join(", ") };
        let _ = write!(
            out,
            "\n### `{}`\n\n{}\n\n- topic: `{}`\n- from: {}\n- to: {consumers}\n\n```json\n{example}\n```\n",
            e.event_type,
            e.about,
            e.topic.name(),
            e.producers.join(", "),
        );
    }
    Ok(out)
}

const HEAD: &str = "# Events

Generated from the types in `crates/events` (`UPDATE=1 cargo test -p events`); do not edit.

Every message is a CloudEvents 1.0 envelope in JSON: `specversion`, `id` (UUIDv7, the same through every retry), `source` (the
service), `type`, `subject` (the aggregate's id, also the Kafka key), `time`, `datacontenttype`, `data` (the payload below),
`correlationid`, `causationid`, `traceparent`. A consumer ignores types and fields that it does not know; what it cannot
process after its retries goes to `<topic>.dlq` with the reason in the headers, and can be listed and replayed
(`<service> dlq list`, `<service> dlq replay`).

## Topics

| topic | partitions | key | kept | about |
|---|---|---|---|---|
";
