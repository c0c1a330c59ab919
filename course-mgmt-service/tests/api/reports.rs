use chrono::{DateTime, Duration, Utc};
use events::payloads::{AssessmentCompleted, FeedbackSubmitted, LearningStarted, LessonCompleted, Role, SessionHeld};
use serde_json::{Value, json};
use test_support::Person;
use uuid::Uuid;

use crate::{
    app::{Company, TestApp},
    package::{LESSON, element},
};

/// A published course with two students.
struct Class {
    app: TestApp,
    company: Company,
    course: Uuid,
    students: [Person; 2],
    start: DateTime<Utc>,
}

impl Class {
    async fn new() -> Self {
        let app = TestApp::spawn().await;
        let company = app.company().await;
        let course = app.published(&company).await;
        let clients = [company.client_id];
        let students = [app.person(Role::Student, &clients).await, app.person(Role::Student, &clients).await];
        let body = json!({ "user_ids": [students[0].user_id, students[1].user_id], "role": "student" });
        app.api.post(&company.manager, &format!("/v1/courses/{course}/assignments"), &body).await.expect(201);
        Self { app, company, course, students, start: "2026-11-01T08:00:00Z".parse().unwrap() }
    }

    async fn report(&self) -> Value {
        let path = format!("/v1/reports/courses/{}", self.course);
        self.app.api.get(&self.company.manager, &path).await.expect(200).body
    }

    fn at(&self, hours: i64) -> DateTime<Utc> {
        self.start + Duration::hours(hours)
    }

    fn started(&self, student: &Person) -> LearningStarted {
        let (client_id, course_id) = (self.company.client_id, self.course);
        LearningStarted { student_id: student.user_id, client_id, course_id, version: 1 }
    }

    fn lesson(&self, student: &Person) -> LessonCompleted {
        LessonCompleted {
            student_id: student.user_id,
            client_id: self.company.client_id,
            course_id: self.course,
            version: 1,
            lesson_id: element(LESSON),
            number: 1,
            of: 1,
            score: 0.5,
        }
    }

    fn assessment(&self, student: &Person, score: f32, passed: bool) -> AssessmentCompleted {
        AssessmentCompleted {
            student_id: student.user_id,
            client_id: self.company.client_id,
            course_id: self.course,
            version: 1,
            score,
            passed,
        }
    }
}

fn student<'a>(report: &'a Value, who: &Person) -> &'a Value {
    let students = report["students"].as_array().unwrap();
    students.iter().find(|s| s["user_id"] == who.user_id.to_string()).unwrap()
}

#[tokio::test]
async fn a_report_counts_assigned_started_finished_and_the_mean_score() {
    let class = Class::new().await;
    let [ana, ben] = &class.students;
    class.app.deliver_at(&class.started(ana), class.at(0)).await;
    class.app.deliver_at(&class.lesson(ana), class.at(1)).await;
    class.app.deliver_at(&class.assessment(ana, 0.75, true), class.at(2)).await;
    class.app.deliver_at(&class.started(ben), class.at(3)).await;
    let report = class.report().await;
    let numbers = ["assigned", "started", "finished", "mean_score"].map(|n| report[n].as_f64().unwrap());
    assert_eq!(numbers.map(|n| n.to_string()), ["2", "2", "1", "0.75"]);
    let row = student(&report, ana);
    assert_eq!((&row["lessons_completed"], &row["lessons"], &row["passed"]), (&json!(1), &json!(1), &json!(true)));
    assert_eq!(student(&report, ben)["score"], Value::Null);
    let list = class.app.api.get(&class.company.manager, "/v1/reports/courses").await.expect(200).body;
    assert_eq!(list["items"][0]["finished"], 1);
}

#[tokio::test]
async fn events_in_any_order_and_twice_give_the_same_report() {
    let class = Class::new().await;
    let [ana, _] = &class.students;
    let pass = class.app.deliver_at(&class.assessment(ana, 0.8, true), class.at(30)).await;
    class.app.deliver_at(&class.assessment(ana, 0.9, false), class.at(4)).await;
    class.app.deliver_at(&class.lesson(ana), class.at(2)).await;
    class.app.deliver_at(&class.lesson(ana), class.at(3)).await;
    class.app.deliver_at(&class.started(ana), class.at(0)).await;
    class.app.redeliver(&pass).await;
    let report = class.report().await;
    let row = student(&report, ana);
    assert_eq!(row["started_at"], "2026-11-01T08:00:00Z");
    assert_eq!(row["lessons_completed"], 1);
    assert_eq!(row["passed"], true);
    assert_eq!(row["score"].as_f64().unwrap().to_string(), "0.8");
    assert_eq!(report["finished"], 1);
}

#[tokio::test]
async fn who_is_not_assigned_any_more_does_not_count() {
    let class = Class::new().await;
    let [ana, _] = &class.students;
    class.app.deliver(&class.assessment(ana, 1.0, true)).await;
    let path = format!("/v1/courses/{}/assignments", class.course);
    let list = class.app.api.get(&class.company.manager, &path).await.expect(200).body;
    let items = list["items"].as_array().unwrap();
    let own = items.iter().find(|a| a["user_id"] == ana.user_id.to_string()).unwrap();
    let one = format!("{path}/{}", own["assignment_id"].as_str().unwrap());
    class.app.api.delete(&class.company.manager, &one).await.expect(204);
    let report = class.report().await;
    assert_eq!((&report["assigned"], &report["finished"]), (&json!(1), &json!(0)));
    assert_eq!(report["mean_score"], Value::Null);
}

#[tokio::test]
async fn attendance_is_the_last_one_that_was_reported() {
    let class = Class::new().await;
    let [ana, ben] = &class.students;
    let mut held = SessionHeld {
        session_id: Uuid::now_v7(),
        course_id: class.course,
        client_id: class.company.client_id,
        trainer_id: Uuid::now_v7(),
        present: vec![ana.user_id, ben.user_id],
        absent: vec![],
    };
    class.app.deliver_at(&held, class.at(2)).await;
    (held.present, held.absent) = (vec![ana.user_id], vec![ben.user_id]);
    class.app.deliver_at(&held, class.at(3)).await;
    (held.present, held.absent) = (vec![], vec![]);
    class.app.deliver_at(&held, class.at(1)).await;
    let report = class.report().await;
    assert_eq!(student(&report, ana)["sessions_attended"], 1);
    assert_eq!(student(&report, ben)["sessions_attended"], 0);
}

#[tokio::test]
async fn feedback_about_the_course_is_shown_and_feedback_to_a_learner_is_not() {
    let class = Class::new().await;
    let [ana, _] = &class.students;
    let mut feedback = FeedbackSubmitted {
        feedback_id: Uuid::now_v7(),
        course_id: class.course,
        client_id: class.company.client_id,
        lesson_id: None,
        from: ana.user_id,
        from_role: Role::Student,
        to: None,
        text: "The dialogue is too fast.".to_owned(),
    };
    class.app.deliver(&feedback).await;
    (feedback.feedback_id, feedback.to) = (Uuid::now_v7(), Some(ana.user_id));
    class.app.deliver(&feedback).await;
    let report = class.report().await;
    let items = report["feedback"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["from_role"], "student");
}
