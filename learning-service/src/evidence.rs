//! Evidence per clause: "understood this clause of this SOP version, in English, at this level".

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use course_format::course::{CoursePackage, ItemKey};
use platform::{
    Problem,
    auth::{As, Student},
    extract::Query,
    paging::{Page, PageParams, PageRequest},
};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::AppState;

/// A clause that the student showed to understand.
#[derive(Debug, FromRow, Serialize, ToSchema)]
pub struct Evidence {
    pub evidence_id: Uuid,
    pub course_id: Uuid,
    pub document_id: Uuid,
    pub sop_version: i32,
    pub clause_id: String,
    /// The clause, word for word.
    pub quote: String,
    /// CEFR level of the course.
    pub level: String,
    pub item_id: Uuid,
    /// 0 to 1.
    pub score: f32,
    pub shown_at: DateTime<Utc>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EvidenceFilter {
    pub course_id: Option<Uuid>,
}

/// One's own evidence, newest first.
#[utoipa::path(get, path = "/v1/learning/evidence", tag = "evidence", params(PageParams, EvidenceFilter),
    responses((status = 200, body = Page<Evidence>)))]
pub async fn list_evidence(
    State(state): State<AppState>,
    student: As<Student>,
    page: PageRequest,
    Query(filter): Query<EvidenceFilter>,
) -> Result<Json<Page<Evidence>>, Problem> {
    let rows = sqlx::query_as(
        "SELECT evidence_id, course_id, document_id, sop_version, clause_id, quote, level, item_id, score, shown_at
         FROM evidence
         WHERE student_id = $1 AND ($2::uuid IS NULL OR course_id = $2) AND ($3::uuid IS NULL OR evidence_id < $3)
         ORDER BY evidence_id DESC LIMIT $4",
    )
    .bind(student.user_id)
    .bind(filter.course_id)
    .bind(page.before)
    .bind(page.fetch())
    .fetch_all(&state.pool)
    .await?;
    Ok(Json(page.page(rows, |e: &Evidence| e.evidence_id)))
}

/// A clause that decides an item, with everything that evidence of it must say.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Proof {
    document_id: Uuid,
    sop_version: u32,
    clause_id: String,
    quote: String,
    level: String,
}

/// What a full score at the item with this key is evidence of.
pub fn proofs(package: &CoursePackage, level: &str, key: &ItemKey) -> Vec<Proof> {
    let version = |document| package.course.sops.iter().find(|s| s.document_id == document).map_or(1, |s| s.version);
    key.provenance
        .iter()
        .map(|p| Proof {
            document_id: p.document_id,
            sop_version: version(p.document_id),
            clause_id: p.clause_id.0.clone(),
            quote: p.quote.clone(),
            level: level.to_owned(),
        })
        .collect()
}

/// Records that an item was fully right, once for each clause that decides it.
pub async fn record(
    tx: &mut PgConnection,
    student: Uuid,
    course: Uuid,
    item: Uuid,
    proofs: &[Proof],
) -> Result<(), sqlx::Error> {
    for proof in proofs {
        sqlx::query(
            "INSERT INTO evidence (evidence_id, student_id, course_id, document_id, sop_version, clause_id, quote,
                 level, item_id, score)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT ON CONSTRAINT evidence_once DO NOTHING",
        )
        .bind(Uuid::now_v7())
        .bind(student)
        .bind(course)
        .bind(proof.document_id)
        .bind(proof.sop_version.cast_signed())
        .bind(&proof.clause_id)
        .bind(&proof.quote)
        .bind(&proof.level)
        .bind(item)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
