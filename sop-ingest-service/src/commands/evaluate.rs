//! What `make eval-ingest` asks of search: the rankings of each way of finding, for questions about one file.

use std::{path::PathBuf, time::Instant};

use anyhow::Context;
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::pipeline::{
    self, chunk,
    embed::Embedder,
    index::{Hit, Index, Owner, Scope},
    search,
};

const COLLECTION: &str = "sop-evaluation";
const DEPTH: u8 = 10;

/// Reads and indexes a file, asks it questions, and leaves nothing behind.
#[derive(Args, Debug)]
pub struct EvaluateSearch {
    file: PathBuf,
    /// JSON with `questions: [{ "q": "…" }]`.
    questions: PathBuf,
    #[arg(long, env)]
    qdrant_url: String,
    #[arg(long, env)]
    model_dir: PathBuf,
}

#[derive(Deserialize)]
struct Questions {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    q: String,
}

#[derive(Serialize)]
struct Rankings {
    q: String,
    dense: Vec<String>,
    bm25: Vec<String>,
    hybrid: Vec<String>,
    answerable: f32,
}

impl EvaluateSearch {
    /// # Errors
    /// The file cannot be read, or Qdrant or the model is not there.
    pub async fn run(self) -> anyhow::Result<()> {
        let bytes = std::fs::read(&self.file)?;
        let name = self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let questions: Questions = serde_json::from_slice(&std::fs::read(&self.questions)?)?;
        let embedder = Embedder::load(&self.model_dir)?;
        let index = Index::new(&self.qdrant_url, COLLECTION.to_owned())?;
        index.prepare().await.context("Qdrant does not answer")?;
        let mut document = pipeline::read(&bytes, &name)?;
        document.document_id = Uuid::now_v7();
        let scope =
            Scope { client_id: Uuid::now_v7(), document_id: document.document_id, version: document.version.number };
        let chunks = chunk::chunks(&document);
        let texts: Vec<String> = chunks.iter().map(|c| c.text.clone()).collect();
        let tokens = embedder.count(&texts)?;
        let clock = Instant::now();
        let vectors = embedder.embed(texts).await?;
        let seconds = clock.elapsed().as_secs_f64();
        let owner = Owner { client_id: scope.client_id, request_id: Uuid::now_v7() };
        index.replace(&document, owner, &chunks, vectors).await?;
        let clock = Instant::now();
        let asked = ask_all(&embedder, &index, scope, questions.questions).await;
        let searching = clock.elapsed().as_secs_f64();
        index.remove(document.document_id, document.version.number).await?;
        let left = index.count(document.document_id, document.version.number).await?;
        let report = json!({ "tokens": tokens, "embedding_seconds": seconds, "searching_seconds": searching,
            "points_left": left, "questions": asked? });
        println!("{report}");
        Ok(())
    }
}

async fn ask_all(
    embedder: &Embedder,
    index: &Index,
    scope: Scope,
    questions: Vec<Question>,
) -> anyhow::Result<Vec<Rankings>> {
    let mut asked = Vec::with_capacity(questions.len());
    for Question { q } in questions {
        let vector = embedder.embed(vec![q.clone()]).await?.pop().unwrap_or_default();
        let found = search::search(embedder, index, scope, &q, usize::from(DEPTH)).await?;
        asked.push(Rankings {
            dense: ids(&index.dense(scope, vector, DEPTH.into()).await?),
            bm25: ids(&index.bm25(scope, &q, DEPTH.into()).await?),
            hybrid: ids(&found.hits),
            answerable: found.answerable,
            q,
        });
    }
    Ok(asked)
}

fn ids(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|h| h.clause_id.clone()).collect()
}
