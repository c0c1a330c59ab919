//! One element made again: it changes, or a person is asked to; everything around it keeps its bytes.

use course_format::course::{CoursePackage, ItemType};
use course_format::validate::validate_course;
use events::payloads::{CourseChangesRequested, CourseGenerated, CourseRegenerationRequested};
use serde_json::Value;
use uuid::Uuid;

use crate::app::{HOTEL, TestApp};
use crate::model_server::{Act, ModelServer};
use crate::models::{llm, settings};

struct Course {
    app: TestApp,
    first: CourseGenerated,
    package: CoursePackage,
}

impl Course {
    async fn made() -> Self {
        let app = TestApp::spawn().await;
        app.deliver(&app.ready(Uuid::now_v7(), HOTEL).await).await;
        app.work().await;
        let first = app.probe.events::<CourseGenerated>().await.remove(0);
        let package = app.package(&first).await;
        Self { app, first, package }
    }

    /// The version after a wish for one element, as course-mgmt-service announces it.
    async fn again(&self, version: u32, element: Uuid, with: Option<&ModelServer>) -> CoursePackage {
        let CourseGenerated { course_id, client_id, request_id, .. } = self.first.clone();
        let (requested_by, note, element_id) = (Uuid::now_v7(), "Please say it better.".to_owned(), Some(element));
        let changes = CourseChangesRequested {
            course_id,
            client_id,
            request_id,
            version,
            requested_by,
            note: note.clone(),
            element_id,
        };
        self.app.deliver(&changes).await;
        self.app
            .deliver(&CourseRegenerationRequested {
                course_id,
                client_id,
                request_id,
                version,
                requested_by,
                note,
                element_id,
            })
            .await;
        let mut worker = self.app.worker.clone();
        worker.llm = with.and_then(|server| llm(&self.app, &settings(&[server], &[])));
        while worker.run_once().await.unwrap() {}
        let all = self.app.probe.events::<CourseGenerated>().await;
        let next = all.iter().find(|g| g.version == version + 1).unwrap();
        let package = self.app.package(next).await;
        assert_eq!(validate_course(&package), []);
        package
    }
}

/// Pointers to everything that differs.
fn differences(a: &Value, b: &Value, at: &str, out: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().zip(b).for_each(|((k, a), (_, b))| differences(a, b, &format!("{at}/{k}"), out));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| differences(a, b, &format!("{at}/{i}"), out));
        }
        _ if a == b => {}
        _ => out.push(at.to_owned()),
    }
}

fn changed(a: &CoursePackage, b: &CoursePackage) -> Vec<String> {
    let json = |p: &CoursePackage| serde_json::to_value(&p.course).unwrap();
    let mut out = Vec::new();
    differences(&json(a), &json(b), "", &mut out);
    out
}

fn codes(package: &CoursePackage, element: Uuid) -> Vec<&str> {
    let own = package.quality.flags.iter().filter(|f| f.place == element.to_string());
    own.map(|f| f.code.as_str()).collect()
}

#[tokio::test]
async fn an_answer_that_does_not_pass_changes_nothing_and_asks_for_a_person() {
    let course = Course::made().await;
    let lines = course.package.course.lessons().flat_map(|l| &l.reading.lines);
    let line = lines.into_iter().find(|l| l.text.text.contains("Do not ")).unwrap().id;
    let server = ModelServer::start(|_| Act::WrongFacts).await;
    let next = course.again(1, line, Some(&server)).await;
    assert_eq!(changed(&course.package, &next), [""; 0]);
    assert_eq!(codes(&next, line), ["reviewer_note", "note_needs_person"]);
}

#[tokio::test]
async fn an_exercise_is_exchanged_for_another_of_its_kind() {
    let course = Course::made().await;
    let item = course.package.course.items().find(|i| i.item_type() == ItemType::SingleChoice).unwrap().id;
    let next = course.again(1, item, None).await;
    let before = course.package.course.items().position(|i| i.id == item).unwrap();
    let other = next.course.items().nth(before).unwrap();
    assert_ne!(other.id, item);
    assert_eq!(other.item_type(), ItemType::SingleChoice);
    let same = |p: &CoursePackage| {
        p.course.items().enumerate().filter(|(i, _)| *i != before).map(|(_, i)| i.id).collect::<Vec<_>>()
    };
    assert_eq!(same(&course.package), same(&next));
    assert!(next.keys.0.contains_key(&other.id) && !next.keys.0.contains_key(&item));
    assert_eq!(next.keys.0.len(), course.package.keys.0.len());

    let lesson = next.course.lessons().next().unwrap().id;
    let third = course.again(2, lesson, None).await;
    assert_eq!(changed(&next, &third), [""; 0], "a whole lesson is nothing that can be written again by itself");
    assert_eq!(codes(&third, lesson), ["reviewer_note", "note_needs_person"]);
}
