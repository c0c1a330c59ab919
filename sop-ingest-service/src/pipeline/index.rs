//! Qdrant: a dense and a BM25 vector for every clause, asked together and merged by reciprocal rank.

use std::time::Duration;

use course_format::sop::SopDocument;
use qdrant_client::{
    Qdrant, QdrantError,
    qdrant::{
        Condition, CountPointsBuilder, CreateCollectionBuilder, CreateFieldIndexCollectionBuilder, DeletePointsBuilder,
        Distance, Document, FieldType, Filter, Fusion, Modifier, NamedVectors, PointStruct, PrefetchQueryBuilder,
        Query, QueryPointsBuilder, ScoredPoint, SparseVectorParamsBuilder, SparseVectorsConfigBuilder,
        UpsertPointsBuilder, Value, Vector, VectorParamsBuilder, VectorsConfigBuilder,
    },
};
use std::sync::Arc;
use uuid::Uuid;

use super::{chunk::Chunk, embed::DIMENSIONS};

const DENSE: &str = "dense";
const BM25: &str = "bm25";
const BM25_MODEL: &str = "qdrant/bm25";
const FILTERED_BY: [&str; 3] = ["client_id", "request_id", "document_id"];
const UPSERT_BATCH: usize = 64;
const TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub struct Index {
    client: Arc<Qdrant>,
    collection: String,
}

/// Whose document it is.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    pub client_id: Uuid,
    pub request_id: Uuid,
}

/// One version of one SOP of one client: nothing is ever asked without it. Requests are not told apart here, because a
/// file that comes again in another request is the same version.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    pub client_id: Uuid,
    pub document_id: Uuid,
    pub version: u32,
}

#[derive(Debug)]
pub struct Hit {
    pub clause_id: String,
    pub score: f32,
    /// The clause's words and what they are indexed with, without personal data.
    pub text: String,
    pub context: String,
    pub section: String,
    pub page: u32,
}

impl Index {
    /// Connects at first use.
    ///
    /// # Errors
    /// The address is none.
    pub fn new(url: &str, collection: String) -> Result<Self, Box<QdrantError>> {
        let client =
            Qdrant::from_url(url).timeout(TIMEOUT).connect_timeout(TIMEOUT).skip_compatibility_check().build()?;
        Ok(Self { client: Arc::new(client), collection })
    }

    /// Creates the collection where it is missing.
    pub async fn prepare(&self) -> Result<(), Box<QdrantError>> {
        if self.client.collection_exists(&self.collection).await? {
            return Ok(());
        }
        let mut dense = VectorsConfigBuilder::default();
        dense.add_named_vector_params(DENSE, VectorParamsBuilder::new(DIMENSIONS, Distance::Cosine));
        let mut sparse = SparseVectorsConfigBuilder::default();
        sparse.add_named_vector_params(BM25, SparseVectorParamsBuilder::default().modifier(Modifier::Idf));
        let create = CreateCollectionBuilder::new(&self.collection).vectors_config(dense).sparse_vectors_config(sparse);
        let created = self.client.create_collection(create).await;
        // Another replica may have been first.
        if created.is_err() && self.client.collection_exists(&self.collection).await? {
            return Ok(());
        }
        created?;
        for field in FILTERED_BY {
            let index = CreateFieldIndexCollectionBuilder::new(&self.collection, field, FieldType::Keyword).wait(true);
            self.client.create_field_index(index).await?;
        }
        Ok(())
    }

    /// Makes the points of this version of the document those of `chunks`, and no others.
    pub async fn replace(
        &self,
        document: &SopDocument,
        owner: Owner,
        chunks: &[Chunk<'_>],
        vectors: Vec<Vec<f32>>,
    ) -> Result<(), Box<QdrantError>> {
        self.remove(document.document_id, document.version.number).await?;
        let points: Vec<PointStruct> =
            chunks.iter().zip(vectors).map(|(chunk, vector)| point(document, owner, chunk, vector)).collect();
        for batch in points.chunks(UPSERT_BATCH) {
            self.client.upsert_points(UpsertPointsBuilder::new(&self.collection, batch.to_vec()).wait(true)).await?;
        }
        Ok(())
    }

    /// Leaves nothing of this version of the document.
    pub async fn remove(&self, document_id: Uuid, version: u32) -> Result<(), Box<QdrantError>> {
        let of_version = Filter::must(version_of(document_id, version));
        self.client.delete_points(DeletePointsBuilder::new(&self.collection).points(of_version).wait(true)).await?;
        Ok(())
    }

    /// Clauses of one document by meaning and by words, merged by reciprocal rank.
    pub async fn hybrid(
        &self,
        scope: Scope,
        words: &str,
        vector: Vec<f32>,
        limit: u64,
    ) -> Result<Vec<Hit>, Box<QdrantError>> {
        let half = |query: Query, using: &str| {
            PrefetchQueryBuilder::default().query(query).using(using).filter(scope.filter()).limit(limit)
        };
        let query = QueryPointsBuilder::new(&self.collection)
            .add_prefetch(half(Query::new_nearest(vector), DENSE))
            .add_prefetch(half(Query::new_nearest(Document::new(words, BM25_MODEL)), BM25))
            .query(Fusion::Rrf);
        self.query(query, scope, limit).await
    }

    /// By meaning alone: for comparison.
    pub async fn dense(&self, scope: Scope, vector: Vec<f32>, limit: u64) -> Result<Vec<Hit>, Box<QdrantError>> {
        let query = QueryPointsBuilder::new(&self.collection).query(Query::new_nearest(vector)).using(DENSE);
        self.query(query, scope, limit).await
    }

    /// By words alone: for comparison.
    pub async fn bm25(&self, scope: Scope, words: &str, limit: u64) -> Result<Vec<Hit>, Box<QdrantError>> {
        let query = Query::new_nearest(Document::new(words, BM25_MODEL));
        self.query(QueryPointsBuilder::new(&self.collection).query(query).using(BM25), scope, limit).await
    }

    async fn query(&self, query: QueryPointsBuilder, scope: Scope, limit: u64) -> Result<Vec<Hit>, Box<QdrantError>> {
        let found = self.client.query(query.filter(scope.filter()).limit(limit).with_payload(true)).await?;
        Ok(found.result.into_iter().map(|point| hit(&point)).collect())
    }

    /// How many points this version of the document has.
    pub async fn count(&self, document_id: Uuid, version: u32) -> Result<u64, Box<QdrantError>> {
        let count = CountPointsBuilder::new(&self.collection)
            .filter(Filter::must(version_of(document_id, version)))
            .exact(true);
        Ok(self.client.count(count).await?.result.map_or(0, |r| r.count))
    }
}

impl Scope {
    fn filter(self) -> Filter {
        let mut conditions = version_of(self.document_id, self.version).to_vec();
        conditions.push(Condition::matches("client_id", self.client_id.to_string()));
        Filter::must(conditions)
    }
}

fn version_of(document_id: Uuid, version: u32) -> [Condition; 2] {
    [Condition::matches("document_id", document_id.to_string()), Condition::matches("sop_version", i64::from(version))]
}

fn point(document: &SopDocument, owner: Owner, chunk: &Chunk<'_>, vector: Vec<f32>) -> PointStruct {
    let clause = chunk.clause;
    let id = clause.id.point(document.document_id, document.version.number);
    let vectors = NamedVectors::default()
        .add_vector(DENSE, vector)
        .add_vector(BM25, Vector::from(Document::new(chunk.text.as_str(), BM25_MODEL)));
    let kind = serde_json::to_value(clause.kind).ok().and_then(|k| k.as_str().map(str::to_owned)).unwrap_or_default();
    let payload: [(&str, Value); 10] = [
        ("client_id", owner.client_id.to_string().into()),
        ("request_id", owner.request_id.to_string().into()),
        ("document_id", document.document_id.to_string().into()),
        ("sop_version", i64::from(document.version.number).into()),
        ("clause_id", clause.id.0.clone().into()),
        ("section", chunk.section.clone().into()),
        ("text", chunk.words.clone().into()),
        ("context", chunk.text.clone().into()),
        ("kind", kind.into()),
        ("page", i64::from(clause.page).into()),
    ];
    PointStruct::new(id.to_string(), vectors, payload)
}

fn hit(point: &ScoredPoint) -> Hit {
    let text = |name: &str| point.payload.get(name).and_then(|v| v.as_str()).cloned().unwrap_or_default();
    let page = point.payload.get("page").and_then(Value::as_integer).and_then(|p| u32::try_from(p).ok()).unwrap_or(1);
    Hit {
        clause_id: text("clause_id"),
        text: text("text"),
        context: text("context"),
        section: text("section"),
        page,
        score: point.score,
    }
}
