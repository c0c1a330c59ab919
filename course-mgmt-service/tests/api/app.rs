use chrono::{DateTime, Utc};
use course_format::{Level, package_bytes, sha256_hex};
use course_mgmt_service::{AppState, CourseMgmtEvents, Fetcher, MIGRATOR, SERVICE};
use course_store::CourseStore;
use events::{
    Envelope, Event,
    payloads::{CourseGenerated, Package, Role},
};
use platform::{Outbox, auth::Auth, consumer::Consumer, jwt::Verifier, kafka::Kafka};
use serde_json::Value;
use test_support::{Api, Database, Issuer, Person, Probe};
use uuid::Uuid;

use crate::package;

pub struct TestApp {
    pub api: Api,
    pub issuer: Issuer,
    pub db: Database,
    pub probe: Probe,
    pub fetcher: Fetcher,
    consumer: Consumer<CourseMgmtEvents>,
    s3: aws_sdk_s3::Client,
    pub mongodb: MongoDatabase,
}

/// A company with a course manager; the rep who ordered is somebody else.
pub struct Company {
    pub client_id: Uuid,
    pub manager: Person,
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
        let handler = CourseMgmtEvents { wake: std::sync::Arc::default() };
        let consumer = Consumer::new(SERVICE, db.pool.clone(), Kafka::new(&config), outbox, handler).unwrap();
        let routes = course_mgmt_service::routes(state);
        let api = test_support::serve(SERVICE, db.pool.clone(), routes, course_mgmt_service::openapi()).await;
        let fetcher = Fetcher { pool: db.pool.clone(), store };
        let s3 = aws_sdk_s3::config::Builder::from(&aws).force_path_style(true).build();
        let s3 = aws_sdk_s3::Client::from_conf(s3);
        Self { api, issuer, probe: Probe(db.pool.clone()), db, fetcher, consumer, s3, mongodb }
    }

    pub async fn person(&self, role: Role, clients: &[Uuid]) -> Person {
        test_support::person(&self.db.pool, &self.issuer, role, clients).await
    }

    pub async fn company(&self) -> Company {
        let client_id = Uuid::now_v7();
        Company { client_id, manager: self.person(Role::CourseManager, &[client_id]).await }
    }

    pub async fn deliver<E: Event>(&self, event: &E) -> Envelope {
        self.deliver_at(event, Utc::now()).await
    }

    pub async fn deliver_at<E: Event>(&self, event: &E, time: DateTime<Utc>) -> Envelope {
        let envelope = Envelope { time, ..Envelope::new("test", event).unwrap() };
        self.redeliver(&envelope).await;
        envelope
    }

    pub async fn redeliver(&self, envelope: &Envelope) {
        self.consumer.deliver(envelope).await.unwrap();
    }

    /// Puts bytes where a package is expected and returns the package as an event names it.
    pub async fn upload(&self, course_id: Uuid, bytes: Vec<u8>) -> Package {
        let (bucket, sha256) = (test_support::setting("PACKAGES_BUCKET"), sha256_hex(&bytes));
        let prefix = format!("courses/{course_id}/{sha256}");
        let put = self.s3.put_object().bucket(&bucket).key(format!("{prefix}/course.json")).body(bytes.into());
        put.send().await.unwrap();
        Package { bucket, prefix, sha256 }
    }

    /// What course-gen says when it has made a version, with the package in S3.
    pub async fn generated(&self, course_id: Uuid, client_id: Uuid, version: u32, title: &str) -> CourseGenerated {
        let mut package = package::course(course_id, client_id, title);
        package.course.hours = f32::from(u16::try_from(version).unwrap());
        CourseGenerated {
            request_id: package.course.request_id,
            client_id,
            course_id,
            version,
            title: title.to_owned(),
            level: Level::B1,
            ordered_by: package::element(92),
            units: 1,
            lessons: 1,
            items: 2,
            package: self.upload(course_id, package_bytes(&package).unwrap()).await,
        }
    }

    /// A course in review, its content fetched.
    pub async fn in_review(&self, company: &Company) -> Uuid {
        self.in_review_titled(company, "English for the cold store").await
    }

    pub async fn in_review_titled(&self, company: &Company, title: &str) -> Uuid {
        let course_id = Uuid::now_v7();
        let event = self.generated(course_id, company.client_id, 1, title).await;
        self.deliver(&event).await;
        self.fetch_all().await;
        course_id
    }

    pub async fn published(&self, company: &Company) -> Uuid {
        let course_id = self.in_review(company).await;
        self.approve_and_publish(company, course_id, 1).await;
        course_id
    }

    pub async fn approve_and_publish(&self, company: &Company, course_id: Uuid, version: u32) {
        let path = format!("/v1/courses/{course_id}/versions/{version}");
        self.api.act(&company.manager, &format!("{path}/approve")).await.expect(200);
        self.api.act(&company.manager, &format!("{path}/publish")).await.expect(200);
    }

    pub async fn fetch_all(&self) {
        while self.fetcher.run_once().await.unwrap() {}
    }

    pub async fn course(&self, who: &Person, course_id: Uuid) -> Value {
        self.api.get(who, &format!("/v1/courses/{course_id}")).await.expect(200).body
    }
}

/// Dropped with the test.
pub struct MongoDatabase(pub String);

impl Drop for MongoDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.0);
        // Drop cannot wait; a thread of its own can, and a database left behind is only litter.
        let _ = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                if let Ok(client) = mongodb::Client::with_uri_str(test_support::setting("MONGODB_URL")).await {
                    let _ = client.database(&name).drop().await;
                }
            });
        })
        .join();
    }
}
