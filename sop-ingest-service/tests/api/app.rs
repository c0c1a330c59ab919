use std::{path::PathBuf, sync::Arc};

use aws_sdk_s3::primitives::ByteStream;
use course_format::Level;
use events::{
    Envelope, Event,
    payloads::{CourseCreationOrdered, OrderDetails, OrderedDocument, Role},
};
use platform::{
    Outbox,
    auth::Auth,
    consumer::{Consumer, HandleError},
    jwt::Verifier,
    kafka::Kafka,
};
use qdrant_client::{
    Qdrant,
    qdrant::{Condition, CountPointsBuilder, Filter},
};
use sha2::{Digest, Sha256};
use sop_ingest_service::{
    AppState, IngestEvents, MIGRATOR, SERVICE, Store, Worker,
    pipeline::{embed::Embedder, index::Index},
};
use test_support::{Api, Database, Issuer, Person, Probe, setting};
use tokio::sync::{Notify, OnceCell};
use uuid::Uuid;

pub struct TestApp {
    pub api: Api,
    pub issuer: Issuer,
    pub db: Database,
    pub probe: Probe,
    pub worker: Worker,
    s3: aws_sdk_s3::Client,
    consumer: Consumer<IngestEvents>,
}

/// The model is the same for all tests, and not small.
async fn embedder() -> Embedder {
    static MODEL: OnceCell<Embedder> = OnceCell::const_new();
    let load = async || Embedder::load(&PathBuf::from(setting("MODEL_DIR"))).unwrap();
    MODEL.get_or_init(load).await.clone()
}

impl TestApp {
    pub async fn spawn() -> Self {
        let (db, issuer) = (Database::create(&MIGRATOR).await, Issuer::start().await);
        let config = test_support::config(&issuer);
        let outbox = Outbox::new(SERVICE);
        let aws = test_support::aws().await;
        let store = Store::new(&aws, setting("UPLOADS_BUCKET"), setting("SOPS_BUCKET"));
        let index = Index::new(&setting("QDRANT_URL"), setting("QDRANT_COLLECTION")).unwrap();
        index.prepare().await.unwrap();
        let state = AppState {
            auth: Auth { verifier: Verifier::new(&config), pool: db.pool.clone() },
            pool: db.pool.clone(),
            store: store.clone(),
            embedder: embedder().await,
            index: index.clone(),
        };
        let work = Arc::new(Notify::new());
        let worker = Worker {
            pool: db.pool.clone(),
            outbox: outbox.clone(),
            store,
            embedder: state.embedder.clone(),
            index: index.clone(),
            reader: env!("CARGO_BIN_EXE_sop-ingest-service").into(),
            scanner: None,
            work: Arc::clone(&work),
        };
        let handler = IngestEvents {
            outbox: outbox.clone(),
            uploads_bucket: setting("UPLOADS_BUCKET"),
            sops_bucket: setting("SOPS_BUCKET"),
            work,
        };
        let consumer = Consumer::new(SERVICE, db.pool.clone(), Kafka::new(&config), outbox, handler).unwrap();
        let api = test_support::serve(
            SERVICE,
            db.pool.clone(),
            sop_ingest_service::routes(state),
            sop_ingest_service::openapi(),
        )
        .await;
        let s3 = aws_sdk_s3::Client::from_conf(aws_sdk_s3::config::Builder::from(&aws).force_path_style(true).build());
        Self { api, issuer, probe: Probe(db.pool.clone()), db, worker, s3, consumer }
    }

    pub async fn person(&self, role: Role, clients: &[Uuid]) -> Person {
        test_support::person(&self.db.pool, &self.issuer, role, clients).await
    }

    /// Uploads a file as a rep's browser would, and describes it as sales-service would.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> OrderedDocument {
        let document = described(name, &bytes);
        let put = self.s3.put_object().bucket(&document.bucket).key(&document.key).body(ByteStream::from(bytes));
        put.send().await.unwrap();
        document
    }

    /// An order of `rep` for `client`, delivered.
    pub async fn order(&self, client: Uuid, rep: Uuid, documents: Vec<OrderedDocument>) -> Uuid {
        let order = order(client, rep, documents);
        self.deliver(&order).await;
        order.request_id
    }

    pub async fn deliver<E: Event>(&self, event: &E) -> Envelope {
        let envelope = Envelope::new("test", event).unwrap();
        self.consumer.deliver(&envelope).await.unwrap();
        envelope
    }

    /// Whether an event goes to the dead letters.
    pub async fn refuses<E: Event>(&self, event: &E) -> bool {
        let delivered = self.consumer.deliver(&Envelope::new("test", event).unwrap()).await;
        matches!(delivered, Err(HandleError::Reject { .. }))
    }

    pub async fn redeliver(&self, envelope: &Envelope) {
        self.consumer.deliver(envelope).await.unwrap();
    }

    /// Works until nothing waits.
    pub async fn work(&self) {
        while self.worker.run_once().await.unwrap() {}
    }

    /// Keys of everything that lies in S3 of a SOP.
    pub async fn objects(&self, document: Uuid) -> Vec<String> {
        let list = self.s3.list_objects_v2().bucket(setting("SOPS_BUCKET")).prefix(format!("sops/{document}/"));
        list.send().await.unwrap().contents().iter().filter_map(|o| o.key().map(str::to_owned)).collect()
    }

    /// How many points the index holds of a SOP, all versions together.
    pub async fn points(&self, document: Uuid) -> usize {
        let client = Qdrant::from_url(&setting("QDRANT_URL")).skip_compatibility_check().build().unwrap();
        let of_document = Filter::must([Condition::matches("document_id", document.to_string())]);
        let count = CountPointsBuilder::new(setting("QDRANT_COLLECTION")).filter(of_document).exact(true);
        usize::try_from(client.count(count).await.unwrap().result.unwrap().count).unwrap()
    }

    pub async fn state(&self, document: Uuid) -> String {
        let row: (String,) = sqlx::query_as("SELECT state FROM documents WHERE document_id = $1")
            .bind(document)
            .fetch_one(&self.db.pool)
            .await
            .unwrap();
        row.0
    }
}

pub fn described(name: &str, bytes: &[u8]) -> OrderedDocument {
    let document_id = Uuid::now_v7();
    OrderedDocument {
        document_id,
        file_name: name.to_owned(),
        bucket: setting("UPLOADS_BUCKET"),
        key: format!("uploads/{document_id}"),
        size_bytes: bytes.len() as u64,
        content_type: "application/octet-stream".to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        replaces: None,
    }
}

pub fn order(client: Uuid, rep: Uuid, documents: Vec<OrderedDocument>) -> CourseCreationOrdered {
    let order = OrderDetails {
        title: "English at work".to_owned(),
        level: Level::B1,
        learners: 8,
        hours: 12.0,
        deadline: None,
        languages: vec!["de".to_owned()],
        notes: None,
        approve_outline: false,
    };
    CourseCreationOrdered { request_id: Uuid::now_v7(), client_id: client, ordered_by: rep, order, documents }
}
