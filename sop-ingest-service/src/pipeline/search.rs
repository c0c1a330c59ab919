//! The clauses that answer a question best, and whether any of them does.
//!
//! Qdrant brings candidates by meaning and by words; they are then read closely. For each word of the question the most
//! similar word of the clause is looked up ("late interaction"), once with the clause's context and once without; and a
//! question for a measure ("how long", "which number") is better answered by a clause that has one.

mod asked;

use std::sync::Arc;

use super::{
    embed::{Embedded, Embedder, dot},
    index::{Hit, Index, Scope},
};
use asked::Asked;

/// So many candidates are read closely.
const CANDIDATES: u64 = 48;
/// What it is worth that a clause holds the kind of measure that is asked for.
const FITS: f32 = 0.05;
/// What it costs the answer when no candidate holds it.
const MISSES: f32 = 0.25;
/// How much less a fitting clause counts as an answer than it would if it were also the closest one.
const ASIDE: f32 = 2.0;
/// The score at which an answer is as likely to be there as not, and how fast that changes around it.
const EVEN: f32 = 0.42;
const STEEPNESS: f32 = 14.0;
/// The same words come up this often in one answer.
const MAX_REPEATS: usize = 2;

#[derive(Debug)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// 0 to 1: how likely the SOP answers the question at all.
    pub answerable: f32,
}

#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the model does not embed the question")]
    Model(#[source] anyhow::Error),
    #[error("the index does not answer")]
    Index(#[source] Box<qdrant_client::QdrantError>),
}

/// Asks one SOP.
///
/// # Errors
/// Qdrant is away, or the model fails.
pub async fn search(
    embedder: &Embedder,
    index: &Index,
    scope: Scope,
    question: &str,
    limit: usize,
) -> Result<Found, SearchError> {
    let asked = embedder.embed_words(vec![question.to_owned()]).await.map_err(SearchError::Model)?;
    let asked = asked.into_iter().next().unwrap_or_default();
    let candidates =
        index.hybrid(scope, question, asked.whole.clone(), CANDIDATES).await.map_err(SearchError::Index)?;
    let texts = candidates.iter().flat_map(|c| [c.context.clone(), c.text.clone()]).collect();
    let read = embedder.embed_words(texts).await.map_err(SearchError::Model)?;
    Ok(ranked(&Asked::of(question), &asked, candidates, &read, limit))
}

/// `read` holds two readings of each candidate: with its context and without.
fn ranked(asked: &Asked, question: &Embedded, candidates: Vec<Hit>, read: &[Arc<Embedded>], limit: usize) -> Found {
    let close = |pair: &[Arc<Embedded>]| pair.iter().map(|text| similarity(question, text)).fold(0.0, f32::max);
    let mut hits: Vec<(f32, bool, Hit)> = candidates
        .into_iter()
        .zip(read.chunks(2))
        .map(|(hit, pair)| (close(pair), asked.fits(&hit.text), hit))
        .collect();
    let answerable = answerable(asked, &hits);
    for (close, fits, hit) in &mut hits {
        hit.score = *close + if asked.is_measure() && *fits { FITS } else { 0.0 };
    }
    hits.sort_by(|a, b| b.2.score.total_cmp(&a.2.score));
    let mut kept: Vec<Hit> = Vec::with_capacity(limit);
    for (_, _, hit) in hits {
        if kept.len() < limit && kept.iter().filter(|k| k.text == hit.text).count() < MAX_REPEATS {
            kept.push(hit);
        }
    }
    Found { hits: kept, answerable }
}

/// How close the best candidate comes that could hold the answer.
fn answerable(asked: &Asked, hits: &[(f32, bool, Hit)]) -> f32 {
    let closest = hits.iter().map(|(close, _, _)| *close).fold(0.0, f32::max);
    let fitting = hits.iter().filter(|(_, fits, _)| *fits).map(|(close, _, _)| *close).fold(0.0, f32::max);
    let score = if !asked.is_measure() {
        closest
    } else if fitting > 0.0 {
        fitting - ASIDE * (closest - fitting)
    } else {
        closest - MISSES
    };
    1.0 / (1.0 + (-STEEPNESS * (score - EVEN)).exp())
}

/// The mean, over the words of the question, of the similarity of the most similar word.
fn similarity(question: &Embedded, text: &Embedded) -> f32 {
    let best = |word: &Vec<f32>| text.words.iter().map(|other| dot(word, other)).fold(0.0, f32::max);
    question.words.iter().map(best).sum::<f32>() / question.words.len().max(1) as f32
}
