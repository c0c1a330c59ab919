use std::sync::Arc;

use course_format::Level;
use events::{Envelope, Event, payloads::Role};
use platform::{Outbox, auth::Auth, consumer::Consumer, jwt::Verifier, kafka::Kafka, sse::Bell};
use sales_service::{AppState, MIGRATOR, S3Uploads, SERVICE, SalesEvents};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use test_support::{Api, Database, Issuer, Person, Probe};
use uuid::Uuid;

pub struct TestApp {
    pub api: Api,
    pub issuer: Issuer,
    pub db: Database,
    pub probe: Probe,
    consumer: Consumer<SalesEvents>,
}

impl TestApp {
    pub async fn spawn() -> Self {
        let (db, issuer) = (Database::create(&MIGRATOR).await, Issuer::start().await);
        let config = test_support::config(&issuer);
        let outbox = Outbox::new(SERVICE);
        let state = AppState {
            auth: Auth { verifier: Verifier::new(&config), pool: db.pool.clone() },
            pool: db.pool.clone(),
            outbox: outbox.clone(),
            uploads: Arc::new(S3Uploads::new(&test_support::aws().await, test_support::setting("UPLOADS_BUCKET"))),
            bell: Bell::default(),
        };
        let handler = SalesEvents { bell: state.bell.clone() };
        let consumer = Consumer::new(SERVICE, db.pool.clone(), Kafka::new(&config), outbox, handler).unwrap();
        let routes = sales_service::routes(state);
        let api = test_support::serve(SERVICE, db.pool.clone(), routes, sales_service::openapi()).await;
        Self { api, issuer, probe: Probe(db.pool.clone()), db, consumer }
    }

    /// The store of uploads.
    pub async fn uploads(&self) -> S3Uploads {
        S3Uploads::new(&test_support::aws().await, test_support::setting("UPLOADS_BUCKET"))
    }

    pub async fn rep(&self) -> Person {
        test_support::person(&self.db.pool, &self.issuer, Role::SalesRep, &[]).await
    }

    pub async fn deliver<E: Event>(&self, event: &E) -> Envelope {
        let envelope = Envelope::new("test", event).unwrap();
        self.consumer.deliver(&envelope).await.unwrap();
        envelope
    }

    pub async fn redeliver(&self, envelope: &Envelope) {
        self.consumer.deliver(envelope).await.unwrap();
    }

    pub async fn client(&self, rep: &Person) -> Uuid {
        let body = json!({ "name": "Harbour Hotel", "industry": "Hospitality", "country": "pl" });
        id(&self.api.post(rep, "/v1/clients", &body).await.expect(201).body, "client_id")
    }

    /// A draft with one announced file that was not uploaded.
    pub async fn draft(&self, rep: &Person) -> Uuid {
        let client = self.client(rep).await;
        let body = json!({ "client_id": client, "title": "English for housekeeping", "level": Level::A2, "learners": 8,
            "hours": 12, "languages": ["pl"], "notes": "Early shift." });
        id(&self.api.post(rep, "/v1/requests", &body).await.expect(201).body, "request_id")
    }

    /// Announces `bytes` and, when `upload`, sends them to S3 as a browser would.
    pub async fn document(&self, rep: &Person, request: Uuid, name: &str, bytes: &[u8], upload: bool) -> Uuid {
        let body = file(name, bytes);
        let created = self.api.post(rep, &format!("/v1/requests/{request}/documents"), &body).await.expect(201).body;
        if upload {
            assert_eq!(put(&created["upload"], bytes.to_vec()).await, 200);
        }
        id(&created, "document_id")
    }

    /// A submitted request with one file.
    pub async fn submitted(&self, rep: &Person) -> (Uuid, Uuid) {
        let request = self.draft(rep).await;
        let document = self.document(rep, request, "rooms.md", b"# Rooms\n\n1. Knock.\n", true).await;
        self.api.act(rep, &format!("/v1/requests/{request}/submit")).await.expect(200);
        (request, document)
    }

    pub async fn status(&self, rep: &Person, request: Uuid) -> String {
        let answer = self.api.get(rep, &format!("/v1/requests/{request}")).await.expect(200);
        answer.body["status"].as_str().unwrap().to_owned()
    }

    pub async fn timeline(&self, rep: &Person, request: Uuid) -> Vec<Value> {
        let answer = self.api.get(rep, &format!("/v1/requests/{request}/timeline")).await.expect(200);
        answer.body["items"].as_array().unwrap().clone()
    }
}

pub fn id(body: &Value, field: &str) -> Uuid {
    body[field].as_str().unwrap().parse().unwrap()
}

pub fn file(name: &str, bytes: &[u8]) -> Value {
    let sha256 = hex::encode(Sha256::digest(bytes));
    json!({ "file_name": name, "size_bytes": bytes.len(), "content_type": "text/markdown", "sha256": sha256 })
}

/// PUTs to a signed URL and returns the status.
pub async fn put(upload: &Value, bytes: Vec<u8>) -> u16 {
    let mut request = reqwest::Client::new().put(upload["url"].as_str().unwrap()).body(bytes);
    for (name, value) in upload["headers"].as_object().unwrap() {
        if name != "host" && name != "content-length" {
            request = request.header(name, value.as_str().unwrap());
        }
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    if status != 200 {
        eprintln!("{upload} {}", answer.text().await.unwrap());
    }
    status
}
