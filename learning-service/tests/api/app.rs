use course_format::{Level, package_bytes, sha256_hex};
use course_store::CourseStore;
use events::{
    Envelope, Event,
    payloads::{AssigneeRole, CourseAssigned, Package, Role},
};
use learning_service::{AppState, LearningEvents, Limits, MIGRATOR, SERVICE};
use platform::{Outbox, auth::Auth, consumer::Consumer, jwt::Verifier, kafka::Kafka};
use serde_json::{Value, json};
use test_support::{Answer, Api, Database, Issuer, Person, Probe};
use uuid::Uuid;

/// A course with one item of each type in its lesson, and one critical item in its assessment.
const COURSE: &str = include_str!("../../../crates/course-format/tests/golden/course.json");
pub const CHOICE: &str = "00000000-0000-0000-0000-000000000065";
pub const GAP: &str = "00000000-0000-0000-0000-000000000067";
pub const SHORT: &str = "00000000-0000-0000-0000-00000000006a";
pub const LESSON: &str = "00000000-0000-0000-0000-00000000000b";
pub const TEST_ITEM: &str = "00000000-0000-0000-0000-0000000000c9";

pub struct TestApp {
    pub api: Api,
    pub issuer: Issuer,
    pub db: Database,
    pub probe: Probe,
    consumer: Consumer<LearningEvents>,
    s3: aws_sdk_s3::Client,
    mongodb: mongodb::Database,
}

pub struct Enrolled {
    pub student: Person,
    pub course: Uuid,
}

impl TestApp {
    pub async fn spawn() -> Self {
        Self::with_limit(1000).await
    }

    pub async fn with_limit(attempts_per_minute: u32) -> Self {
        let (db, issuer) = (Database::create(&MIGRATOR).await, Issuer::start().await);
        let (config, aws) = (test_support::config(&issuer), test_support::aws().await);
        let (url, name) = (test_support::setting("MONGODB_URL"), format!("test_{}", Uuid::new_v4().simple()));
        let outbox = Outbox::new(SERVICE);
        let state = AppState {
            auth: Auth { verifier: Verifier::new(&config), pool: db.pool.clone() },
            pool: db.pool.clone(),
            outbox: outbox.clone(),
            store: CourseStore::new(&aws, &url, &name).await.unwrap(),
            limits: Limits::new(&test_support::setting("REDIS_URL"), attempts_per_minute).unwrap(),
            retake_after: chrono::Duration::hours(24),
        };
        let consumer = Consumer::new(SERVICE, db.pool.clone(), Kafka::new(&config), outbox, LearningEvents).unwrap();
        let routes = learning_service::routes(state);
        let api = test_support::serve(SERVICE, db.pool.clone(), routes, learning_service::openapi()).await;
        let s3 = aws_sdk_s3::config::Builder::from(&aws).force_path_style(true).build();
        let mongodb = mongodb::Client::with_uri_str(url).await.unwrap().database(&name);
        let s3 = aws_sdk_s3::Client::from_conf(s3);
        Self { api, issuer, probe: Probe(db.pool.clone()), db, consumer, s3, mongodb }
    }

    pub async fn student(&self) -> Person {
        test_support::person(&self.db.pool, &self.issuer, Role::Student, &[]).await
    }

    pub async fn deliver<E: Event>(&self, event: &E) {
        self.consumer.deliver(&Envelope::new("test", event).unwrap()).await.unwrap();
    }

    /// A new course in S3 and a student who was given it.
    pub async fn enrol(&self) -> Enrolled {
        let (student, mut assigned) = (self.student().await, self.assignment().await);
        assigned.user_id = student.user_id;
        self.deliver(&assigned).await;
        Enrolled { student, course: assigned.course_id }
    }

    /// The event that gives somebody a course whose package is in S3.
    pub async fn assignment(&self) -> CourseAssigned {
        let course_id = Uuid::now_v7();
        let mut package: Value = serde_json::from_str(COURSE).unwrap();
        package["course"]["course_id"] = json!(course_id);
        let bytes = package_bytes(&serde_json::from_value(package).unwrap()).unwrap();
        let sha256 = sha256_hex(&bytes);
        let (bucket, prefix) = (test_support::setting("PACKAGES_BUCKET"), format!("courses/{course_id}/{sha256}"));
        let put = self.s3.put_object().bucket(&bucket).key(format!("{prefix}/course.json")).body(bytes.into());
        put.send().await.unwrap();
        CourseAssigned {
            assignment_id: Uuid::now_v7(),
            course_id,
            client_id: Uuid::now_v7(),
            version: 1,
            title: "English for receiving chilled food".to_owned(),
            level: Level::B1,
            package: Package { bucket, prefix, sha256 },
            user_id: Uuid::now_v7(),
            role: AssigneeRole::Student,
            due_on: None,
            assigned_by: Uuid::now_v7(),
        }
    }

    pub async fn answer(&self, who: &Enrolled, item: &str, response: &Value) -> Answer {
        let path = format!("{}/items/{item}/attempts", who.path());
        self.api.post(&who.student, &path, &json!({ "response": response })).await
    }

    /// Answers every item of the lesson as its key says, and completes it.
    pub async fn finish_lesson(&self, who: &Enrolled) -> Value {
        let package: Value = serde_json::from_str(COURSE).unwrap();
        for activity in package["course"]["units"][0]["lessons"][0]["activities"].as_array().unwrap() {
            for item in activity["items"].as_array().unwrap() {
                let item = item["id"].as_str().unwrap();
                self.answer(who, item, &right(&package["keys"][item]["answer"])).await.expect(201);
            }
        }
        self.api.act(&who.student, &format!("{}/lessons/{LESSON}/complete", who.path())).await.expect(200).body
    }

    /// Drops what the test left in MongoDB.
    pub async fn clean(self) {
        self.mongodb.drop().await.unwrap();
    }
}

impl Enrolled {
    pub fn path(&self) -> String {
        format!("/v1/learning/courses/{}", self.course)
    }
}

/// The response that a key calls for.
pub fn right(key: &Value) -> Value {
    match serde_json::from_value::<course_format::course::Answer>(key.clone()).unwrap() {
        // The model answer is longer than the item allows.
        course_format::course::Answer::ShortAnswer { .. } => {
            json!({ "type": "short_answer", "text": "I check it with the probe thermometer." })
        }
        answer => serde_json::to_value(answer.response()).unwrap(),
    }
}
