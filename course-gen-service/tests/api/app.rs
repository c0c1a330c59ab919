use std::sync::Arc;

use course_format::Level;
use course_format::course::CoursePackage;
use course_format::sop::ParsedSops;
use course_gen_service::engine::author::RulesAuthor;
use course_gen_service::{AppState, Drafts, GenerationEvents, MIGRATOR, Objects, Retrieval, SERVICE, Worker};
use events::payloads::{CourseGenerated, OrderDetails, ParsedSop, Role, SopRequestReady};
use events::{Envelope, Event};
use platform::{Outbox, auth::Auth, consumer::Consumer, jwt::Verifier, kafka::Kafka};
use qdrant_client::Qdrant;
use qdrant_client::qdrant::{
    CreateCollectionBuilder, Distance, Modifier, SparseVectorParamsBuilder, SparseVectorsConfigBuilder,
    VectorParamsBuilder, VectorsConfigBuilder,
};
use test_support::{Api, Database, Issuer, Person, Probe, setting};
use uuid::Uuid;

pub const HOTEL: &str = include_str!("../fixtures/hotel-departure-room.sop.json");

pub struct TestApp {
    pub api: Api,
    pub issuer: Issuer,
    pub db: Database,
    pub probe: Probe,
    pub worker: Worker,
    pub mongodb: String,
    pub collection: String,
    s3: aws_sdk_s3::Client,
    consumer: Consumer<GenerationEvents>,
}

impl TestApp {
    pub async fn spawn() -> Self {
        let (db, issuer) = (Database::create(&MIGRATOR).await, Issuer::start().await);
        let config = test_support::config(&issuer);
        let outbox = Outbox::new(SERVICE);
        let aws = test_support::aws().await;
        let mongodb = format!("test_{}", Uuid::new_v4().simple());
        let collection = create_collection().await;
        let worker = Worker {
            pool: db.pool.clone(),
            outbox: outbox.clone(),
            objects: Objects::new(&aws, setting("PACKAGES_BUCKET")),
            drafts: Drafts::connect(&setting("MONGODB_URL"), &mongodb).await.unwrap(),
            retrieval: Retrieval::new(&setting("QDRANT_URL"), None, collection.clone()).unwrap(),
            author: Arc::new(RulesAuthor),
            llm: None,
            wake: Arc::default(),
            chromium: None,
        };
        let handler = GenerationEvents { wake: Arc::default() };
        let consumer = Consumer::new(SERVICE, db.pool.clone(), Kafka::new(&config), outbox, handler).unwrap();
        let state =
            AppState { auth: Auth { verifier: Verifier::new(&config), pool: db.pool.clone() }, pool: db.pool.clone() };
        let api = test_support::serve(
            SERVICE,
            db.pool.clone(),
            course_gen_service::routes(state),
            course_gen_service::openapi(),
        )
        .await;
        let s3 = aws_sdk_s3::Client::from_conf(aws_sdk_s3::config::Builder::from(&aws).force_path_style(true).build());
        Self { api, issuer, probe: Probe(db.pool.clone()), db, worker, mongodb, collection, s3, consumer }
    }

    pub async fn manager(&self, client: Uuid) -> Person {
        test_support::person(&self.db.pool, &self.issuer, Role::CourseManager, &[client]).await
    }

    pub async fn deliver<E: Event>(&self, event: &E) -> Envelope {
        let envelope = Envelope::new("test", event).unwrap();
        self.redeliver(&envelope).await;
        envelope
    }

    pub async fn redeliver(&self, envelope: &Envelope) {
        self.consumer.deliver(envelope).await.unwrap();
    }

    /// Puts parsed SOPs where sop-ingest-service would, and says that the request is ready.
    pub async fn ready(&self, client_id: Uuid, sops: &str) -> SopRequestReady {
        let parsed: ParsedSops = serde_json::from_str(sops).unwrap();
        let document = &parsed.documents[0];
        let key = format!("sops/{}/{}/sop.json", document.document_id, Uuid::new_v4());
        let bucket = setting("SOPS_BUCKET");
        self.s3.put_object().bucket(&bucket).key(&key).body(sops.as_bytes().to_vec().into()).send().await.unwrap();
        SopRequestReady {
            request_id: Uuid::now_v7(),
            client_id,
            ordered_by: Uuid::now_v7(),
            order: OrderDetails {
                title: "English for housekeeping".to_owned(),
                level: Level::A2,
                learners: 8,
                hours: 12.0,
                deadline: None,
                languages: vec!["pl".to_owned()],
                notes: None,
                approve_outline: false,
            },
            sops: vec![ParsedSop {
                document_id: document.document_id,
                version: 1,
                title: document.title.clone(),
                bucket,
                key,
                sha256: document.version.sha256.clone(),
                pages: document.pages,
                clauses: u32::try_from(document.clauses.len()).unwrap(),
            }],
            failed: Vec::new(),
        }
    }

    /// Puts bytes beside the parsed SOPs, and returns their key.
    pub async fn put(&self, bytes: &[u8]) -> String {
        let key = format!("sops/{}/diff.json", Uuid::new_v4());
        self.s3.put_object().bucket(setting("SOPS_BUCKET")).key(&key).body(bytes.to_vec().into()).send().await.unwrap();
        key
    }

    /// Works until nothing is left to do.
    pub async fn work(&self) {
        while self.worker.run_once().await.unwrap() {}
    }

    pub async fn bytes(&self, generated: &CourseGenerated, name: &str) -> Vec<u8> {
        let key = format!("{}/{name}", generated.package.prefix);
        let found = self.s3.get_object().bucket(&generated.package.bucket).key(key).send().await.unwrap();
        found.body.collect().await.unwrap().into_bytes().to_vec()
    }

    /// Keys of everything that lies in S3 for the course.
    pub async fn objects(&self, course: Uuid) -> Vec<String> {
        let listed = self.s3.list_objects_v2().bucket(setting("PACKAGES_BUCKET")).prefix(format!("courses/{course}/"));
        let listed = listed.send().await.unwrap();
        listed.contents().iter().filter_map(|object| object.key().map(str::to_owned)).collect()
    }

    pub async fn package(&self, generated: &CourseGenerated) -> CoursePackage {
        serde_json::from_slice(&self.bytes(generated, "course.json").await).unwrap()
    }
}

pub fn qdrant() -> Qdrant {
    Qdrant::from_url(&setting("QDRANT_URL")).skip_compatibility_check().build().unwrap()
}

/// A collection like the one that the stack's bootstrap makes.
async fn create_collection() -> String {
    let name = format!("test-{}", Uuid::new_v4().simple());
    let mut dense = VectorsConfigBuilder::default();
    dense.add_named_vector_params("dense", VectorParamsBuilder::new(4, Distance::Cosine));
    let mut sparse = SparseVectorsConfigBuilder::default();
    sparse.add_named_vector_params("bm25", SparseVectorParamsBuilder::default().modifier(Modifier::Idf));
    let request = CreateCollectionBuilder::new(&name).vectors_config(dense).sparse_vectors_config(sparse);
    qdrant().create_collection(request).await.unwrap();
    name
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let (collection, mongodb) = (self.collection.clone(), self.mongodb.clone());
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let _ = qdrant().delete_collection(collection).await;
                if let Ok(client) = mongodb::Client::with_uri_str(setting("MONGODB_URL")).await {
                    let _ = client.database(&mongodb).drop().await;
                }
            });
        })
        .join();
    }
}
