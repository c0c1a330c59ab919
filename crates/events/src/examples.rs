//! One filled payload of every type: the golden files and the documentation are made from these.

mod outlines;
mod sops;

use chrono::{DateTime, NaiveDate, Utc};
use course_format::{Level, course::RubricPoint};
use serde_json::Value;
use uuid::Uuid;

use crate::payloads::{
    AccountChange, AssessmentCompleted, AssigneeRole, Channel, CourseApproved, CourseAssigned, CourseChangesRequested,
    CourseCreationCancelled, CourseCreationOrdered, CourseGenerated, CourseGenerationFailed, CourseLessonReady,
    CoursePublished, CourseRegenerationRequested, CourseUnassigned, FeedbackSubmitted, LearningStarted,
    LessonCompleted, NotificationDelivered, NotificationFailed, OrderDetails, OrderedDocument, Package, ParsedSop,
    Role, SessionHeld, SessionScheduled, SopReplaced, SubmissionGraded, SubmissionReceived, UserAccount,
};

pub use outlines::{course_outline_approved, course_outline_ready};
pub use sops::{
    course_impact_ready, sop_failed, sop_processed, sop_request_failed, sop_request_ready, sop_version_changed,
};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + n)
}

const REQUEST: u128 = 1;
const CLIENT: u128 = 2;
const REP: u128 = 3;
const DOCUMENT: u128 = 4;
const COURSE: u128 = 5;
const LESSON: u128 = 6;
const MANAGER: u128 = 7;
const STUDENT: u128 = 8;
const TRAINER: u128 = 9;
const ITEM: u128 = 10;
const OTHER: u128 = 11;

fn json<E: crate::Event>(event: &E) -> Value {
    serde_json::to_value(event).unwrap_or(Value::Null)
}

fn title() -> String {
    "English for the cold store".to_owned()
}

fn order() -> OrderDetails {
    OrderDetails {
        title: title(),
        level: Level::B1,
        learners: 12,
        hours: 10.0,
        deadline: NaiveDate::from_ymd_opt(2027, 3, 1),
        languages: vec!["pl".to_owned(), "uk".to_owned()],
        notes: Some("Night shift first.".to_owned()),
        approve_outline: true,
    }
}

fn sop() -> ParsedSop {
    ParsedSop {
        document_id: id(DOCUMENT),
        version: 1,
        title: "Cold storage".to_owned(),
        bucket: "parsed-sops".to_owned(),
        key: format!("sops/{}/v1/sop.json", id(DOCUMENT)),
        sha256: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8".to_owned(),
        pages: 4,
        clauses: 83,
    }
}

fn package() -> Package {
    Package {
        bucket: "course-packages".to_owned(),
        prefix: format!("courses/{}/9f86d081884c7d65", id(COURSE)),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    }
}

pub fn user_account() -> Value {
    json(&UserAccount {
        user_id: id(STUDENT),
        revision: 3,
        change: AccountChange::ClientsChanged,
        email: "ana@example.com".to_owned(),
        display_name: "Ana Kowalska".to_owned(),
        language: "pl".to_owned(),
        phone: Some("+48500100200".to_owned()),
        roles: vec![Role::Student],
        client_ids: vec![id(CLIENT)],
        disabled: false,
    })
}

pub fn course_creation_ordered() -> Value {
    json(&CourseCreationOrdered {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        ordered_by: id(REP),
        order: order(),
        documents: vec![OrderedDocument {
            document_id: id(DOCUMENT),
            file_name: "cold-storage.docx".to_owned(),
            bucket: "sop-uploads".to_owned(),
            key: format!("requests/{}/{}", id(REQUEST), id(DOCUMENT)),
            size_bytes: 48_211,
            content_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document".to_owned(),
            sha256: sop().sha256,
            replaces: None,
        }],
    })
}

pub fn sop_replaced() -> Value {
    json(&SopReplaced {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        replaced_by: id(REP),
        document: OrderedDocument {
            document_id: id(OTHER),
            file_name: "cold-storage-2027.docx".to_owned(),
            bucket: "sop-uploads".to_owned(),
            key: format!("requests/{}/{}", id(REQUEST), id(OTHER)),
            size_bytes: 48_507,
            content_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document".to_owned(),
            sha256: sops::second().sha256,
            replaces: Some(id(DOCUMENT)),
        },
    })
}

pub fn course_creation_cancelled() -> Value {
    json(&CourseCreationCancelled { request_id: id(REQUEST), client_id: id(CLIENT), cancelled_by: id(REP) })
}

pub fn course_lesson_ready() -> Value {
    json(&CourseLessonReady {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        lesson_id: id(LESSON),
        title: "Checking the delivery".to_owned(),
        number: 1,
        of: 8,
    })
}

pub fn course_generated() -> Value {
    json(&CourseGenerated {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        title: title(),
        level: Level::B1,
        ordered_by: id(REP),
        units: 2,
        lessons: 8,
        items: 104,
        package: package(),
    })
}

pub fn course_generation_failed() -> Value {
    json(&CourseGenerationFailed {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        ordered_by: id(REP),
        code: "nothing_to_teach".to_owned(),
        detail: "The documents contain no steps, rules or warnings to build lessons from.".to_owned(),
    })
}

pub fn course_changes_requested() -> Value {
    json(&CourseChangesRequested {
        course_id: id(COURSE),
        client_id: id(CLIENT),
        request_id: id(REQUEST),
        version: 1,
        requested_by: id(MANAGER),
        note: "Say it in two shorter sentences.".to_owned(),
        element_id: None,
    })
}

pub fn course_regeneration_requested() -> Value {
    json(&CourseRegenerationRequested {
        course_id: id(COURSE),
        client_id: id(CLIENT),
        request_id: id(REQUEST),
        version: 1,
        requested_by: id(MANAGER),
        note: "Say it in two shorter sentences.".to_owned(),
        element_id: Some(id(ITEM)),
    })
}

pub fn course_approved() -> Value {
    json(&CourseApproved {
        course_id: id(COURSE),
        client_id: id(CLIENT),
        request_id: id(REQUEST),
        version: 1,
        approved_by: id(MANAGER),
    })
}

pub fn course_published() -> Value {
    json(&CoursePublished {
        course_id: id(COURSE),
        client_id: id(CLIENT),
        request_id: id(REQUEST),
        version: 1,
        title: title(),
        level: Level::B1,
        package: package(),
        published_by: id(MANAGER),
        ordered_by: id(REP),
    })
}

pub fn course_assigned() -> Value {
    json(&CourseAssigned {
        assignment_id: id(OTHER),
        course_id: id(COURSE),
        client_id: id(CLIENT),
        version: 1,
        title: title(),
        level: Level::B1,
        package: package(),
        user_id: id(STUDENT),
        role: AssigneeRole::Student,
        due_on: NaiveDate::from_ymd_opt(2027, 3, 1),
        assigned_by: id(MANAGER),
    })
}

pub fn course_unassigned() -> Value {
    json(&CourseUnassigned {
        assignment_id: id(OTHER),
        course_id: id(COURSE),
        client_id: id(CLIENT),
        user_id: id(STUDENT),
        role: AssigneeRole::Student,
    })
}

pub fn learning_started() -> Value {
    json(&LearningStarted { student_id: id(STUDENT), client_id: id(CLIENT), course_id: id(COURSE), version: 1 })
}

pub fn lesson_completed() -> Value {
    json(&LessonCompleted {
        student_id: id(STUDENT),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        lesson_id: id(LESSON),
        number: 1,
        of: 8,
        score: 0.875,
    })
}

pub fn assessment_completed() -> Value {
    json(&AssessmentCompleted {
        student_id: id(STUDENT),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        score: 0.75,
        passed: true,
    })
}

pub fn submission_received() -> Value {
    json(&SubmissionReceived {
        submission_id: id(OTHER),
        student_id: id(STUDENT),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        lesson_id: Some(id(LESSON)),
        item_id: id(ITEM),
        prompt: "The freezer shows -9 °C. What do you do?".to_owned(),
        answer: "I keep the door closed and tell the kitchen manager.".to_owned(),
        model_answer: "Keep the door closed and inform the kitchen manager.".to_owned(),
        rubric: vec![RubricPoint {
            description: "keeps the door closed".to_owned(),
            tokens: vec!["door closed".to_owned()],
            points: 1,
        }],
        max_score: 2,
    })
}

pub fn session_scheduled() -> Value {
    json(&SessionScheduled {
        session_id: id(OTHER),
        course_id: id(COURSE),
        client_id: id(CLIENT),
        trainer_id: id(TRAINER),
        title: "Lesson 1, group A".to_owned(),
        starts_at: DateTime::<Utc>::from_timestamp(1_803_895_200, 0).unwrap_or_default(),
        minutes: 50,
        place: Some("Training room".to_owned()),
        student_ids: vec![id(STUDENT)],
    })
}

pub fn session_held() -> Value {
    json(&SessionHeld {
        session_id: id(OTHER),
        course_id: id(COURSE),
        client_id: id(CLIENT),
        trainer_id: id(TRAINER),
        present: vec![id(STUDENT)],
        absent: vec![],
    })
}

pub fn submission_graded() -> Value {
    json(&SubmissionGraded {
        submission_id: id(OTHER),
        course_id: id(COURSE),
        client_id: id(CLIENT),
        student_id: id(STUDENT),
        item_id: id(ITEM),
        score: 2,
        max_score: 2,
        comment: Some("Clear and complete.".to_owned()),
        graded_by: id(TRAINER),
    })
}

pub fn feedback_submitted() -> Value {
    json(&FeedbackSubmitted {
        feedback_id: id(OTHER),
        course_id: id(COURSE),
        client_id: id(CLIENT),
        lesson_id: Some(id(LESSON)),
        from: id(TRAINER),
        from_role: Role::Trainer,
        to: Some(id(STUDENT)),
        text: "You explain the steps well. Work on the numbers.".to_owned(),
    })
}

pub fn notification_delivered() -> Value {
    json(&NotificationDelivered {
        delivery_id: id(OTHER),
        user_id: id(STUDENT),
        event_id: id(ITEM),
        kind: "course_assigned".to_owned(),
        channel: Channel::Email,
    })
}

pub fn notification_failed() -> Value {
    json(&NotificationFailed {
        delivery_id: id(OTHER),
        user_id: id(STUDENT),
        event_id: id(ITEM),
        kind: "course_assigned".to_owned(),
        channel: Channel::Sms,
        code: "phone_rejected".to_owned(),
    })
}
