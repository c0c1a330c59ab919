use chrono::{TimeDelta, Utc};
use events::{
    Envelope,
    payloads::{
        AccountChange, AssigneeRole, CourseCreationCancelled, CourseGenerationFailed, CoursePublished, FailedSop,
        FeedbackSubmitted, NotificationDelivered, Role, SopRequestFailed,
    },
};
use uuid::Uuid;

use crate::{
    app::{TestApp, pairs},
    settings::{TITLE, assigned, generated, graded, level, ordered, package, scheduled, sop_failed},
};

#[tokio::test]
async fn a_person_who_is_given_a_course_is_told_by_mail_and_in_the_inbox() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    let event = assigned(ana.user_id, AssigneeRole::Student);
    let envelope = app.tell(&event).await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("email", "sent"), ("in_app", "sent")]));
    let mails = app.sent.mails_to(&ana.account.email);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.subject, format!("You have a new English course: {TITLE}"));
    assert!(mail.text.starts_with(&format!("Hello {},", ana.account.display_name)));
    assert!(mail.text.contains("Please finish it by 2027-03-01."));
    let link = format!("https://courses.example.com/student/courses/{}", event.course_id);
    assert!(mail.text.contains(&link));
    assert!(mail.html.contains(&format!("<a href=\"{link}\">{link}</a>")));
    let delivered = app.probe.events::<NotificationDelivered>().await;
    assert_eq!(delivered.len(), 2);
    assert!(delivered.iter().all(|d| d.event_id == envelope.id && d.user_id == ana.user_id));
}

#[tokio::test]
async fn every_kind_of_news_finds_its_person() {
    let app = TestApp::spawn().await;
    let (rep, ana) = (app.person(Role::SalesRep, &[]).await, app.student().await);
    let order = ordered(rep.user_id);
    let (request_id, client_id, course_id) = (order.request_id, order.client_id, Uuid::now_v7());
    app.tell(&order).await;
    app.tell(&sop_failed(request_id)).await;
    let failed = vec![FailedSop {
        document_id: Uuid::now_v7(),
        file_name: "a.pdf".to_owned(),
        code: "file_empty".to_owned(),
        detail: "The file is empty.".to_owned(),
    }];
    app.tell(&SopRequestFailed { request_id, client_id, ordered_by: rep.user_id, failed }).await;
    let (code, detail) = ("no_procedures".to_owned(), "There is no procedure in the documents.".to_owned());
    app.tell(&CourseGenerationFailed { request_id, client_id, ordered_by: rep.user_id, code, detail }).await;
    app.tell(&CoursePublished {
        course_id,
        client_id,
        request_id,
        version: 1,
        title: TITLE.to_owned(),
        level: level(),
        package: package(),
        published_by: Uuid::now_v7(),
        ordered_by: rep.user_id,
    })
    .await;
    app.tell(&CourseCreationCancelled { request_id, client_id, cancelled_by: rep.user_id }).await;
    app.tell(&assigned(ana.user_id, AssigneeRole::Trainer)).await;
    app.tell(&graded(ana.user_id)).await;
    app.tell(&scheduled(vec![ana.user_id])).await;
    app.tell(&FeedbackSubmitted {
        feedback_id: Uuid::now_v7(),
        course_id,
        client_id,
        lesson_id: None,
        from: Uuid::now_v7(),
        from_role: Role::Trainer,
        to: Some(ana.user_id),
        text: "You speak\nclearly now.".to_owned(),
    })
    .await;
    let titles = |user: Uuid| {
        sqlx::query_scalar::<_, String>(
            "SELECT title || ' | ' || body FROM notifications WHERE user_id = $1 ORDER BY position",
        )
        .bind(user)
        .fetch_all(&app.db.pool)
    };
    let told = titles(rep.user_id).await.unwrap();
    for (told, expected) in told.iter().zip([
        "We have your order: English for the cold store | ",
        "One document could not be used: cold <store>.pdf | ",
        "No document could be used: English for the cold store | ",
        "The course could not be made: English for the cold store | ",
        "The course is published: English for the cold store | ",
        "Order cancelled: English for the cold store | ",
    ]) {
        assert!(told.starts_with(expected), "{told}");
    }
    assert_eq!(told.len(), 6);
    assert!(told[1].ends_with("Reason: The file is protected by a password."));
    assert!(told[2].ends_with("Documents: a.pdf (The file is empty.)"));
    let told = titles(ana.user_id).await.unwrap();
    assert_eq!(told.len(), 4);
    assert!(told[0].starts_with("You have a new course to teach"));
    assert!(told[1].ends_with("Comment: Well done."));
    assert!(told[2].starts_with("Class “Deliveries”: 2027-03-01 09:00 UTC | "), "{}", told[2]);
    assert!(told[2].ends_with("Place: Room 2"));
    assert!(told[3].ends_with("You speak clearly now."));
    let html = app.sent.mails_to(&rep.account.email)[1].html.clone();
    assert!(html.contains("cold &lt;store&gt;.pdf"), "{html}");
}

#[tokio::test]
async fn a_finished_course_is_told_to_the_managers_of_its_client_only() {
    let app = TestApp::spawn().await;
    let (ours, theirs) = (Uuid::now_v7(), Uuid::now_v7());
    let manager = app.person(Role::CourseManager, &[ours]).await;
    let other = app.person(Role::CourseManager, &[theirs]).await;
    let student = app.person(Role::Student, &[ours]).await;
    app.tell(&generated(ours)).await;
    assert_eq!(app.deliveries(manager.user_id).await.len(), 2);
    assert!(app.deliveries(other.user_id).await.is_empty());
    assert!(app.deliveries(student.user_id).await.is_empty());
}

#[tokio::test]
async fn an_event_that_comes_twice_is_told_once() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    let envelope = app.tell(&graded(ana.user_id)).await;
    app.deliver_envelope(&envelope).await;
    app.settle().await;
    // Even when the inbox has forgotten it.
    sqlx::query("DELETE FROM inbox").execute(&app.db.pool).await.unwrap();
    app.deliver_envelope(&envelope).await;
    app.settle().await;
    assert_eq!(app.deliveries(ana.user_id).await.len(), 2);
    assert_eq!(app.sent.mails_to(&ana.account.email).len(), 1);
    assert_eq!(app.probe.events::<NotificationDelivered>().await.len(), 2);
}

#[tokio::test]
async fn news_waits_for_a_person_who_is_not_known_yet() {
    let app = TestApp::spawn().await;
    let somebody = app.student().await;
    let mut account = somebody.account.clone();
    account.user_id = Uuid::now_v7();
    account.email = "late@example.com".to_owned();
    app.tell(&graded(account.user_id)).await;
    assert!(app.deliveries(account.user_id).await.is_empty());
    account.change = AccountChange::ProfileChanged;
    app.tell(&account).await;
    assert_eq!(app.states(account.user_id).await, pairs(&[("email", "sent"), ("in_app", "sent")]));
}

#[tokio::test]
async fn news_waits_for_the_order_that_says_whom_it_concerns() {
    let app = TestApp::spawn().await;
    let rep = app.person(Role::SalesRep, &[]).await;
    let order = ordered(rep.user_id);
    app.tell(&sop_failed(order.request_id)).await;
    assert!(app.deliveries(rep.user_id).await.is_empty());
    app.tell(&order).await;
    let mut kinds: Vec<_> = app.deliveries(rep.user_id).await.into_iter().map(|d| d.kind).collect();
    kinds.dedup();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["request_ordered", "sop_failed"]);
}

#[tokio::test]
async fn a_disabled_person_is_told_nothing() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.change(&ana, |account| account.disabled = true).await;
    app.tell(&graded(ana.user_id)).await;
    assert!(app.deliveries(ana.user_id).await.is_empty());
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM announcements").fetch_one(&app.db.pool).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn an_invited_person_is_welcomed_in_the_inbox_and_not_by_a_second_mail() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    app.change(&ana, |account| account.change = AccountChange::Invited).await;
    app.settle().await;
    assert_eq!(app.states(ana.user_id).await, pairs(&[("in_app", "sent")]));
    let title: String = sqlx::query_scalar("SELECT title FROM notifications").fetch_one(&app.db.pool).await.unwrap();
    assert_eq!(title, format!("Welcome, {}!", ana.account.display_name));
}

#[tokio::test]
async fn people_are_written_to_in_their_language() {
    let app = TestApp::spawn().await;
    for (language, subject) in [
        ("de-AT", "Ihre Antwort wurde bewertet: 8 von 10 Punkten"),
        ("es", "Su respuesta ha sido calificada: 8 de 10 puntos"),
        ("pl", "Twoja odpowiedź została oceniona: 8 z 10 pkt"),
        ("uk", "Вашу відповідь оцінено: 8 з 10 балів"),
        ("ja", "Your answer has been graded: 8 of 10 points"),
    ] {
        let ana = app.student().await;
        app.change(&ana, |account| language.clone_into(&mut account.language)).await;
        app.tell(&graded(ana.user_id)).await;
        assert_eq!(app.sent.mails_to(&ana.account.email)[0].subject, subject);
    }
}

#[tokio::test]
async fn what_happened_long_ago_is_no_news() {
    let app = TestApp::spawn().await;
    let ana = app.student().await;
    let mut envelope = Envelope::new("test", &graded(ana.user_id)).unwrap();
    envelope.time = Utc::now() - TimeDelta::days(8);
    app.deliver_envelope(&envelope).await;
    app.settle().await;
    assert!(app.deliveries(ana.user_id).await.is_empty());
}

#[tokio::test]
async fn feedback_about_the_course_is_sent_to_nobody() {
    let app = TestApp::spawn().await;
    app.student().await;
    app.tell(&FeedbackSubmitted {
        feedback_id: Uuid::now_v7(),
        course_id: Uuid::now_v7(),
        client_id: Uuid::now_v7(),
        lesson_id: None,
        from: Uuid::now_v7(),
        from_role: Role::Student,
        to: None,
        text: "Too fast.".to_owned(),
    })
    .await;
    assert!(app.sent.mails.lock().unwrap().is_empty());
}
