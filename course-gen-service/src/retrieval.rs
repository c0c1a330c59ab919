//! Qdrant: clauses of the same request that are about what a lesson is about.
//!
//! The clauses were indexed by sop-ingest-service, each under the id that `ClauseId::point` names. A lesson
//! asks with the mean of its own clauses' vectors and, by BM25, with its title; both lists are fused by rank. So no model is
//! needed here, and everything stays within one client and request.

use std::collections::BTreeMap;

use qdrant_client::Qdrant;
use qdrant_client::qdrant::vectors_output::VectorsOptions;
use qdrant_client::qdrant::{
    Condition, Document, Filter, Fusion, GetPointsBuilder, PointId, PrefetchQueryBuilder, Query, QueryPointsBuilder,
    VectorInput, point_id::PointIdOptions, vector_output,
};
use uuid::Uuid;

use crate::engine::library::{ClauseRef, Library};
use crate::engine::outline::{LessonPlan, Outline};

/// The index could not be asked; the job waits for it.
#[derive(Debug, thiserror::Error)]
#[error("the clause index is out of reach")]
pub struct RetrievalError(#[source] Box<qdrant_client::QdrantError>);

impl From<qdrant_client::QdrantError> for RetrievalError {
    fn from(error: qdrant_client::QdrantError) -> Self {
        Self(Box::new(error))
    }
}

/// The index of clauses.
#[derive(Clone)]
pub struct Retrieval {
    client: Qdrant,
    collection: String,
}

/// Whose clauses may be found.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    pub client_id: Uuid,
}

/// Clauses that a lesson is told of at most.
const MOST: usize = 3;

impl Retrieval {
    pub fn new(url: &str, api_key: Option<&str>, collection: String) -> Result<Self, RetrievalError> {
        let config = Qdrant::from_url(url)
            .api_key(api_key.map(str::to_owned))
            .timeout(std::time::Duration::from_secs(5))
            .skip_compatibility_check();
        Ok(Self { client: config.build()?, collection })
    }

    /// For every lesson, the nearest clauses that it does not hold itself.
    pub async fn related(
        &self,
        scope: Scope,
        library: &Library,
        outline: &Outline,
    ) -> Result<Vec<Vec<ClauseRef>>, RetrievalError> {
        let mut by_point = BTreeMap::new();
        for at in library.clauses() {
            by_point.insert(point(library, at), at);
        }
        let mut out = Vec::new();
        for lesson in outline.lessons() {
            out.push(self.of_lesson(scope, library, lesson, &by_point).await?);
        }
        Ok(out)
    }

    async fn of_lesson(
        &self,
        scope: Scope,
        library: &Library,
        lesson: &LessonPlan,
        by_point: &BTreeMap<Uuid, ClauseRef>,
    ) -> Result<Vec<ClauseRef>, RetrievalError> {
        let filter = within(scope, library);
        let limit = u64::try_from(lesson.clauses.len() + 12).unwrap_or(64);
        let words = Document { text: lesson.title.clone(), model: "qdrant/bm25".to_owned(), ..Default::default() };
        let mut query = QueryPointsBuilder::new(&self.collection).add_prefetch(
            PrefetchQueryBuilder::default()
                .query(Query::new_nearest(VectorInput::from(words)))
                .using("bm25")
                .filter(filter.clone())
                .limit(limit),
        );
        if let Some(mean) = self.mean(library, lesson).await? {
            query = query.add_prefetch(
                PrefetchQueryBuilder::default()
                    .query(Query::new_nearest(mean))
                    .using("dense")
                    .filter(filter.clone())
                    .limit(limit),
            );
        }
        let found = self.client.query(query.query(Query::new_fusion(Fusion::Rrf)).filter(filter).limit(limit)).await?;
        let mut hits: Vec<(f32, Uuid)> =
            found.result.iter().filter_map(|p| Some((p.score, uuid(p.id.as_ref()?)?))).collect();
        // Equal scores come in no order of their own.
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let others = hits.into_iter().filter_map(|(_, id)| by_point.get(&id).copied());
        Ok(others.filter(|at| !lesson.clauses.contains(at) && worth_naming(library, *at)).take(MOST).collect())
    }

    /// The mean of the stored vectors of the lesson's clauses, if they are indexed.
    async fn mean(&self, library: &Library, lesson: &LessonPlan) -> Result<Option<Vec<f32>>, RetrievalError> {
        let ids: Vec<PointId> =
            lesson.clauses.iter().map(|at| PointId::from(point(library, *at).to_string())).collect();
        let found = self.client.get_points(GetPointsBuilder::new(&self.collection, ids).with_vectors(true)).await?;
        let mut vectors: Vec<(Uuid, Vec<f32>)> = found
            .result
            .into_iter()
            .filter_map(|p| {
                let id = uuid(p.id.as_ref()?)?;
                let Some(VectorsOptions::Vectors(named)) = p.vectors?.vectors_options else { return None };
                let vector_output::Vector::Dense(dense) = named.vectors.get("dense")?.clone().into_vector() else {
                    return None;
                };
                Some((id, dense.data))
            })
            .collect();
        // A sum of floats depends on its order.
        vectors.sort_by_key(|(id, _)| *id);
        let Some(length) = vectors.first().map(|(_, v)| v.len()) else { return Ok(None) };
        let mut mean = vec![0.0_f32; length];
        for (_, vector) in vectors.iter().filter(|(_, v)| v.len() == length) {
            for (m, v) in mean.iter_mut().zip(vector) {
                *m += v;
            }
        }
        Ok(Some(mean))
    }
}

/// Where sop-ingest-service puts a clause.
fn point(library: &Library, at: ClauseRef) -> Uuid {
    let document = library.document(at);
    library.clause(at).id.point(document.document_id, document.version.number)
}

/// The versions of the SOPs that the course is made from, whichever request brought them, and nobody else's.
fn within(scope: Scope, library: &Library) -> Filter {
    let documents: Vec<String> = library.documents().iter().map(|d| d.document_id.to_string()).collect();
    let versions: Vec<i64> = library.documents().iter().map(|d| i64::from(d.version.number)).collect();
    Filter::must([
        Condition::matches("client_id", scope.client_id.to_string()),
        Condition::matches("document_id", documents),
        Condition::matches("sop_version", versions),
    ])
}

fn uuid(id: &PointId) -> Option<Uuid> {
    match id.point_id_options.as_ref()? {
        PointIdOptions::Uuid(text) => text.parse().ok(),
        PointIdOptions::Num(_) => None,
    }
}

/// A heading or a row without its table says nothing by itself.
fn worth_naming(library: &Library, at: ClauseRef) -> bool {
    use course_format::sop::ClauseKind::{Definition, Fact, Rule, Step, Warning};
    let clause = library.clause(at);
    matches!(clause.kind, Definition | Fact | Rule | Step | Warning) && clause.text.split_whitespace().count() >= 4
}
