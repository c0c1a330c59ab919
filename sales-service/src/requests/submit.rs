//! "Order Course Creation".

use axum::{Json, extract::State};
use events::payloads::{CourseCreationOrdered, OrderDetails};
use platform::{
    FieldError, Problem,
    auth::{Admin, As, SalesRep},
    extract::Path,
};
use uuid::Uuid;

use super::{Document, DocumentStatus, Request, RequestRow, Status, lock_draft, queries};
use crate::{
    AppState,
    clients::visible_owner,
    documents::{self, DocumentRow},
    timeline::{self, Kind, NewEntry},
    uploads::Found,
};

/// Order the course: every announced file must have arrived.
#[utoipa::path(post, path = "/v1/requests/{request_id}/submit", tag = "requests", params(("request_id" = Uuid, Path)),
    responses((status = 200, body = Request)))]
pub async fn submit_request(
    State(state): State<AppState>,
    caller: As<(SalesRep, Admin)>,
    Path(request_id): Path<Uuid>,
) -> Result<Json<Request>, Problem> {
    // S3 is asked before the transaction: no lock waits for a network.
    let owner = visible_owner(&caller);
    queries::find(&state.pool, request_id, owner).await?.ok_or_else(Problem::not_found)?;
    let announced = documents::of_requests(&state.pool, &[request_id]).await?;
    let missing = missing_uploads(&state, &announced).await?;

    let mut tx = state.pool.begin().await?;
    let mut row = lock_draft(&mut tx, request_id, owner).await.map_err(|problem| {
        if problem.code == "not_a_draft" {
            Problem::conflict("already_submitted", "This request was submitted before")
        } else {
            problem
        }
    })?;
    let documents = documents::lock_all(&mut tx, request_id).await?;
    if documents.is_empty() {
        return Err(Problem::conflict("no_documents", "Upload at least one SOP first"));
    }
    let unchecked = documents.iter().any(|d| !announced.iter().any(|a| a.document_id == d.document_id));
    if unchecked || !missing.is_empty() {
        let mut problem = Problem::conflict("documents_missing", "Some files have not been uploaded yet");
        problem.errors = missing;
        return Err(problem);
    }
    documents::set_uploaded(&mut tx, request_id).await?;
    queries::advance(&mut tx, &mut row, Status::Submitted).await?;
    timeline::add(&mut tx, request_id, NewEntry::of(Kind::Submitted)).await?;
    state.outbox.enqueue(&mut tx, &ordered(&state, &row, &documents, caller.user_id)).await?;
    state.outbox.commit(tx).await?;
    state.bell.ring();
    let documents = documents.into_iter().map(|d| Document { status: DocumentStatus::Uploaded, ..d.into() });
    Ok(Json(row.with(documents.collect())))
}

async fn missing_uploads(state: &AppState, documents: &[DocumentRow]) -> Result<Vec<FieldError>, Problem> {
    let mut missing = Vec::new();
    for document in documents {
        let found = state.uploads.find(&document.s3_key).await.map_err(Problem::unavailable)?;
        let message = match found {
            Found::Nothing => format!("{} has not been uploaded", document.file_name),
            Found::Object { size_bytes } if size_bytes != document.size_bytes => {
                format!("{} was uploaded with another size", document.file_name)
            }
            Found::Object { .. } => continue,
        };
        missing.push(FieldError {
            field: format!("documents.{}", document.document_id),
            code: "not_uploaded".into(),
            message,
        });
    }
    Ok(missing)
}

fn ordered(state: &AppState, row: &RequestRow, documents: &[DocumentRow], rep: Uuid) -> CourseCreationOrdered {
    CourseCreationOrdered {
        request_id: row.request_id,
        client_id: row.client_id,
        ordered_by: rep,
        order: OrderDetails {
            title: row.title.clone(),
            level: row.level.0,
            learners: row.learners.unsigned_abs(),
            hours: row.hours,
            deadline: row.deadline,
            languages: row.languages.clone(),
            notes: row.notes.clone(),
            approve_outline: row.approve_outline,
        },
        documents: documents.iter().map(|d| documents::ordered(state, d)).collect(),
    }
}
