//! Events as other services send them.

use chrono::{NaiveDate, TimeZone as _, Utc};
use events::payloads::{
    AssigneeRole, CourseAssigned, CourseCreationOrdered, CourseGenerated, FailedSop, OrderDetails, Package,
    SessionScheduled, SopFailed, SubmissionGraded,
};
use serde_json::json;
use uuid::Uuid;

pub const TITLE: &str = "English for the cold store";

pub fn assigned(user_id: Uuid, role: AssigneeRole) -> CourseAssigned {
    CourseAssigned {
        assignment_id: Uuid::now_v7(),
        course_id: Uuid::now_v7(),
        client_id: Uuid::now_v7(),
        version: 1,
        title: TITLE.to_owned(),
        level: level(),
        package: package(),
        user_id,
        role,
        due_on: NaiveDate::from_ymd_opt(2027, 3, 1),
        assigned_by: Uuid::now_v7(),
    }
}

pub fn ordered(ordered_by: Uuid) -> CourseCreationOrdered {
    CourseCreationOrdered {
        request_id: Uuid::now_v7(),
        client_id: Uuid::now_v7(),
        ordered_by,
        order: OrderDetails {
            title: TITLE.to_owned(),
            level: level(),
            learners: 12,
            hours: 10.0,
            deadline: None,
            languages: Vec::new(),
            notes: None,
            approve_outline: false,
        },
        documents: Vec::new(),
    }
}

pub fn sop_failed(request_id: Uuid) -> SopFailed {
    let failed = FailedSop {
        document_id: Uuid::now_v7(),
        file_name: "cold <store>.pdf".to_owned(),
        code: "pdf_encrypted".to_owned(),
        detail: "The file is protected by a password.".to_owned(),
    };
    SopFailed { request_id, client_id: Uuid::now_v7(), failed }
}

pub fn generated(client_id: Uuid) -> CourseGenerated {
    CourseGenerated {
        request_id: Uuid::now_v7(),
        client_id,
        course_id: Uuid::now_v7(),
        version: 2,
        title: TITLE.to_owned(),
        level: level(),
        ordered_by: Uuid::now_v7(),
        units: 1,
        lessons: 2,
        items: 3,
        package: package(),
    }
}

pub fn scheduled(student_ids: Vec<Uuid>) -> SessionScheduled {
    SessionScheduled {
        session_id: Uuid::now_v7(),
        course_id: Uuid::now_v7(),
        client_id: Uuid::now_v7(),
        trainer_id: Uuid::now_v7(),
        title: "Deliveries".to_owned(),
        starts_at: Utc.with_ymd_and_hms(2027, 3, 1, 9, 0, 0).unwrap(),
        minutes: 90,
        place: Some("Room 2".to_owned()),
        student_ids,
    }
}

pub fn graded(student_id: Uuid) -> SubmissionGraded {
    SubmissionGraded {
        submission_id: Uuid::now_v7(),
        course_id: Uuid::now_v7(),
        client_id: Uuid::now_v7(),
        student_id,
        item_id: Uuid::now_v7(),
        score: 8,
        max_score: 10,
        comment: Some("Well done.".to_owned()),
        graded_by: Uuid::now_v7(),
    }
}

pub fn package() -> Package {
    Package { bucket: "course-packages".to_owned(), prefix: "courses/x".to_owned(), sha256: "00".to_owned() }
}

pub fn level<T: serde::de::DeserializeOwned>() -> T {
    serde_json::from_value(json!("B1")).unwrap()
}
