use course_format::Level;
use serde_json::Value;

use super::{CLIENT, COURSE, LESSON, MANAGER, OTHER, REQUEST, id, json, title};
use crate::payloads::{
    CourseOutlineApproved, CourseOutlineReady, DroppedLesson, OutlineClause, OutlineLeftOut, OutlineLesson, OutlineUnit,
};

pub fn course_outline_ready() -> Value {
    json(&CourseOutlineReady {
        request_id: id(REQUEST),
        client_id: id(CLIENT),
        course_id: id(COURSE),
        version: 1,
        title: title(),
        level: Level::B1,
        units: vec![OutlineUnit {
            title: "Receiving deliveries".to_owned(),
            lessons: vec!["Checking the delivery".to_owned()],
            plans: vec![OutlineLesson {
                lesson_id: id(LESSON),
                number: 1,
                title: "Checking the delivery".to_owned(),
                minutes: 50,
                objectives: vec!["Can say what to do if a delivery is too warm.".to_owned()],
                clauses: vec![OutlineClause {
                    clause_id: "c-0a1b2c3d4e5f".to_owned(),
                    text: "Reject chilled food above 8 °C.".to_owned(),
                    safety: true,
                }],
                safety: true,
            }],
        }],
        left_out: vec![OutlineLeftOut {
            clause_id: "c-5f4e3d2c1b0a".to_owned(),
            text: "Revision 3, May 2026".to_owned(),
            reason: "about the document itself".to_owned(),
        }],
        awaits_approval: true,
    })
}

pub fn course_outline_approved() -> Value {
    json(&CourseOutlineApproved {
        course_id: id(COURSE),
        client_id: id(CLIENT),
        request_id: id(REQUEST),
        version: 1,
        approved_by: id(MANAGER),
        dropped: vec![DroppedLesson {
            lesson_id: id(OTHER),
            reason: "The team has its own training for it.".to_owned(),
        }],
        order: vec![id(LESSON)],
    })
}
