use course_format::{Level, package_bytes, sha256_hex};
use course_store::CourseStore;
use events::{
    Envelope, Event,
    payloads::{AssigneeRole, CourseAssigned, CoursePublished, CourseUnassigned, Package, Role},
};
use platform::{Outbox, auth::Auth, consumer::Consumer, jwt::Verifier, kafka::Kafka};
use serde_json::Value;
use test_support::{Api, Database, Issuer, Person, Probe};
use trainer_service::{AppState, Fetcher, MIGRATOR, SERVICE, TrainerEvents};
use uuid::Uuid;

use crate::package;

pub struct TestApp {
    pub api: Api,
    pub issuer: Issuer,
    pub db: Database,
    pub probe: Probe,
    pub fetcher: Fetcher,
    consumer: Consumer<TrainerEvents>,
    s3: aws_sdk_s3::Client,
    pub mongodb: MongoDatabase,
}

/// A course with a trainer and two students, its materials fetched.
pub struct Class {
    pub app: TestApp,
    pub client_id: Uuid,
    pub course: Uuid,
    pub trainer: Person,
    pub students: [Person; 2],
}

impl TestApp {
    pub async fn spawn() -> Self {
        let (db, issuer) = (Database::create(&MIGRATOR).await, Issuer::start().await);
        let config = test_support::config(&issuer);
        let mongodb = MongoDatabase(format!("test_{}", Uuid::new_v4().simple()));

        let outbox = Outbox::new(SERVICE);
        let aws = test_support::aws().await;
        let store = CourseStore::new(&aws, &test_support::setting("MONGODB_URL"), &mongodb.0).await.unwrap();
        let state = AppState {
            auth: Auth { verifier: Verifier::new(&config), pool: db.pool.clone() },
            pool: db.pool.clone(),
            outbox: outbox.clone(),
            store: store.clone(),
        };
        let handler = TrainerEvents { wake: std::sync::Arc::default() };
        let consumer = Consumer::new(SERVICE, db.pool.clone(), Kafka::new(&config), outbox, handler).unwrap();
        let routes = trainer_service::routes(state);
        let api = test_support::serve(SERVICE, db.pool.clone(), routes, trainer_service::openapi()).await;
        let fetcher = Fetcher { pool: db.pool.clone(), store };
        let s3 = aws_sdk_s3::config::Builder::from(&aws).force_path_style(true).build();
        let s3 = aws_sdk_s3::Client::from_conf(s3);
        Self { api, issuer, probe: Probe(db.pool.clone()), db, fetcher, consumer, s3, mongodb }
    }

    pub async fn person(&self, role: Role, clients: &[Uuid]) -> Person {
        test_support::person(&self.db.pool, &self.issuer, role, clients).await
    }

    pub async fn deliver<E: Event>(&self, event: &E) -> Envelope {
        let envelope = Envelope::new("test", event).unwrap();
        self.redeliver(&envelope).await;
        envelope
    }

    pub async fn redeliver(&self, envelope: &Envelope) {
        self.consumer.deliver(envelope).await.unwrap();
    }

    /// Puts the package of this version into S3.
    pub async fn package(&self, course_id: Uuid, client_id: Uuid, version: u32) -> Package {
        let package = package::course(course_id, client_id, &format!("Version {version}"));
        let bytes = package_bytes(&package).unwrap();
        let (bucket, sha256) = (test_support::setting("PACKAGES_BUCKET"), sha256_hex(&bytes));
        let prefix = format!("courses/{course_id}/{sha256}");
        let put = self.s3.put_object().bucket(&bucket).key(format!("{prefix}/course.json")).body(bytes.into());
        put.send().await.unwrap();
        Package { bucket, prefix, sha256 }
    }

    pub async fn published(&self, course_id: Uuid, client_id: Uuid, version: u32) -> CoursePublished {
        CoursePublished {
            course_id,
            client_id,
            request_id: package::element(90),
            version,
            title: format!("Version {version}"),
            level: Level::B1,
            package: self.package(course_id, client_id, version).await,
            published_by: package::element(93),
            ordered_by: package::element(92),
        }
    }

    pub async fn fetch_all(&self) {
        while self.fetcher.run_once().await.unwrap() {}
    }

    pub async fn course_ids(&self, who: &Person) -> Vec<Uuid> {
        let body = self.api.get(who, "/v1/training/courses").await.expect(200).body;
        body["items"].as_array().unwrap().iter().map(|c| id(c, "course_id")).collect()
    }
}

/// What course-mgmt says when somebody is given the published course.
pub fn assigned(course: &CoursePublished, user_id: Uuid, role: AssigneeRole) -> CourseAssigned {
    CourseAssigned {
        assignment_id: Uuid::now_v7(),
        course_id: course.course_id,
        client_id: course.client_id,
        version: course.version,
        title: course.title.clone(),
        level: course.level,
        package: course.package.clone(),
        user_id,
        role,
        due_on: None,
        assigned_by: package::element(93),
    }
}

pub fn unassigned(assigned: &CourseAssigned) -> CourseUnassigned {
    CourseUnassigned {
        assignment_id: assigned.assignment_id,
        course_id: assigned.course_id,
        client_id: assigned.client_id,
        user_id: assigned.user_id,
        role: assigned.role,
    }
}

impl Class {
    pub async fn new() -> Self {
        let app = TestApp::spawn().await;
        let (client_id, course) = (Uuid::now_v7(), Uuid::now_v7());
        let clients = [client_id];
        let trainer = app.person(Role::Trainer, &clients).await;
        let students = [app.person(Role::Student, &clients).await, app.person(Role::Student, &clients).await];
        let published = app.published(course, client_id, 1).await;
        app.deliver(&assigned(&published, trainer.user_id, AssigneeRole::Trainer)).await;
        for student in &students {
            app.deliver(&assigned(&published, student.user_id, AssigneeRole::Student)).await;
        }
        app.fetch_all().await;
        Self { app, client_id, course, trainer, students }
    }

    /// Path below the course.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/training/courses/{}{rest}", self.course)
    }

    pub async fn get(&self, path: &str) -> Value {
        self.app.api.get(&self.trainer, path).await.expect(200).body
    }

    pub async fn roster(&self) -> Vec<Uuid> {
        let body = self.get(&self.path("/roster")).await;
        body["items"].as_array().unwrap().iter().map(|s| id(s, "user_id")).collect()
    }
}

pub fn id(body: &Value, field: &str) -> Uuid {
    body[field].as_str().unwrap().parse().unwrap()
}

/// Dropped with the test.
pub struct MongoDatabase(pub String);

impl Drop for MongoDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.0);
        // Drop cannot wait; a thread of its own can, and a database left behind is only litter.
        let _ = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                if let Ok(client) = mongodb::Client::with_uri_str(test_support::setting("MONGODB_URL")).await {
                    let _ = client.database(&name).drop().await;
                }
            });
        })
        .join();
    }
}
