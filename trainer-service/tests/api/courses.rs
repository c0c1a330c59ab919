use course_format::course::CoursePackage;
use events::payloads::{AccountChange, AssigneeRole, Role, UserAccount};
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::{Class, TestApp, assigned, unassigned},
    package,
};

#[tokio::test]
async fn an_assigned_course_is_there_with_materials_and_keys() {
    let class = Class::new().await;
    let body = class.get(&class.path("")).await;
    assert_eq!((&body["title"], &body["level"], &body["students"]), (&json!("Version 1"), &json!("B1"), &json!(2)));
    assert_eq!(class.app.course_ids(&class.trainer).await, [class.course]);
    let materials = class.get(&class.path("/materials")).await;
    let materials: CoursePackage = serde_json::from_value(materials).unwrap();
    assert_eq!(materials, package::course(class.course, class.client_id, "Version 1"));
    assert!(!materials.keys.0.is_empty());
}

#[tokio::test]
async fn the_roster_names_the_students() {
    let class = Class::new().await;
    let items = class.get(&class.path("/roster")).await["items"].clone();
    let mut names: Vec<_> = items.as_array().unwrap().iter().map(|s| s["display_name"].clone()).collect();
    names.reverse();
    assert_eq!(names, class.students.each_ref().map(|s| json!(s.account.display_name)));
}

#[tokio::test]
async fn materials_follow_the_published_version_and_never_go_back() {
    let class = Class::new().await;
    let third = class.app.published(class.course, class.client_id, 3).await;
    class.app.deliver(&third).await;
    // Until the new package is here, the old materials serve.
    assert_eq!(class.get(&class.path("/materials")).await["course"]["title"], "Version 1");
    class.app.deliver(&class.app.published(class.course, class.client_id, 2).await).await;
    class.app.fetch_all().await;
    assert_eq!(class.get(&class.path("/materials")).await["course"]["title"], "Version 3");
    assert_eq!(class.get(&class.path("")).await["version"], 3);
}

#[tokio::test]
async fn materials_that_are_not_the_announced_ones_are_refused() {
    let app = TestApp::spawn().await;
    let (client, course) = (Uuid::now_v7(), Uuid::now_v7());
    let trainer = app.person(Role::Trainer, &[client]).await;
    let mut published = app.published(course, client, 1).await;
    published.package.sha256 = "0".repeat(64);
    app.deliver(&assigned(&published, trainer.user_id, AssigneeRole::Trainer)).await;
    let path = format!("/v1/training/courses/{course}/materials");
    assert_eq!(app.api.get(&trainer, &path).await.expect(409).code(), "content_not_ready");
    app.fetch_all().await;
    assert_eq!(app.api.get(&trainer, &path).await.expect(409).code(), "content_broken");
}

#[tokio::test]
async fn a_course_that_is_taken_back_is_gone() {
    let class = Class::new().await;
    let published = class.app.published(class.course, class.client_id, 1).await;
    let colleague = class.app.person(Role::Trainer, &[class.client_id]).await;
    let event = assigned(&published, colleague.user_id, AssigneeRole::Trainer);
    class.app.deliver(&event).await;
    class.app.api.get(&colleague, &class.path("")).await.expect(200);
    class.app.deliver(&unassigned(&event)).await;
    class.app.api.get(&colleague, &class.path("")).await.expect(404);
    assert_eq!(class.app.course_ids(&colleague).await, Vec::<Uuid>::new());
}

#[tokio::test]
async fn an_end_that_comes_before_its_beginning_holds() {
    let class = Class::new().await;
    let published = class.app.published(class.course, class.client_id, 1).await;
    let late = class.app.person(Role::Student, &[class.client_id]).await;
    let event = assigned(&published, late.user_id, AssigneeRole::Student);
    class.app.deliver(&unassigned(&event)).await;
    let envelope = class.app.deliver(&event).await;
    class.app.redeliver(&envelope).await;
    assert_eq!(class.roster().await.len(), 2);
    // Given again, by another assignment, the student is back.
    class.app.deliver(&assigned(&published, late.user_id, AssigneeRole::Student)).await;
    assert_eq!(class.roster().await.len(), 3);
}

#[tokio::test]
async fn who_left_the_company_does_not_see_its_courses() {
    let class = Class::new().await;
    let account = class.trainer.account.clone();
    let account = UserAccount { revision: 2, change: AccountChange::ClientsChanged, client_ids: vec![], ..account };
    class.app.deliver(&account).await;
    class.app.api.get(&class.trainer, &class.path("/materials")).await.expect(404);
    assert_eq!(class.app.course_ids(&class.trainer).await, Vec::<Uuid>::new());
}
