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
/// How strongly words that tell candidates apart come before words that do not.
const TELLING: f32 = 1.5;
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
    let readings: Vec<Vec<Vec<f32>>> =
        read.chunks(2).map(|pair| pair.iter().map(|text| closeness(question, text)).collect()).collect();
    let (alike, telling) = (vec![1.0; question.words.len()], telling(question, &readings));
    let best = |pair: &[Vec<f32>], weights: &[f32]| pair.iter().map(|words| mean(words, weights)).fold(0.0, f32::max);
    let mut hits: Vec<(f32, bool, Hit)> = Vec::with_capacity(candidates.len());
    for (mut hit, pair) in candidates.into_iter().zip(&readings) {
        let fits = asked.fits(&hit.text);
        hit.score = best(pair, &telling) + if asked.is_measure() && fits { FITS } else { 0.0 };
        hits.push((best(pair, &alike), fits, hit));
    }
    let answerable = answerable(asked, &hits);
    hits.sort_by(|a, b| b.2.score.total_cmp(&a.2.score));
    let mut kept: Vec<Hit> = Vec::with_capacity(limit);
    for (_, _, hit) in hits {
        if kept.len() < limit && kept.iter().filter(|k| k.text == hit.text).count() < MAX_REPEATS {
            kept.push(hit);
        }
    }
    Found { hits: kept, answerable }
}

/// How much each word of the question tells the candidates apart: what all of them say ("do", the SOP's own subject) tells
/// little.
fn telling(question: &Embedded, readings: &[Vec<Vec<f32>>]) -> Vec<f32> {
    let of_word = |word: usize| {
        let best = readings.iter().map(|pair| pair.iter().map(|words| words[word]).fold(0.0, f32::max));
        let usual = best.sum::<f32>() / readings.len().max(1) as f32;
        (1.0 - usual).max(0.0).powf(TELLING)
    };
    (0..question.words.len()).map(of_word).collect()
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

/// For each word of the question, how similar the most similar word of the text is.
fn closeness(question: &Embedded, text: &Embedded) -> Vec<f32> {
    let best = |word: &Vec<f32>| text.words.iter().map(|other| dot(word, other)).fold(0.0, f32::max);
    question.words.iter().map(best).collect()
}

fn mean(words: &[f32], weights: &[f32]) -> f32 {
    let all: f32 = weights.iter().sum();
    words.iter().zip(weights).map(|(word, weight)| word * weight).sum::<f32>() / all.max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text whose words point along axes of their own.
    fn text(axes: &[usize]) -> Embedded {
        let word = |axis: &usize| (0..8).map(|at| f32::from(u8::from(at == *axis))).collect();
        Embedded { whole: Vec::new(), words: axes.iter().map(word).collect() }
    }

    fn hit(text: &str) -> Hit {
        let (clause_id, text, context, section) = (text.to_owned(), text.to_owned(), text.to_owned(), String::new());
        Hit { clause_id, score: 0.0, text, context, section, page: 1 }
    }

    #[test]
    fn a_word_that_every_candidate_has_counts_less_than_one_that_few_have() {
        // Axis 0 is "pump", in all but one of the candidates; axis 1 is "leaks".
        let read: Vec<Arc<Embedded>> =
            [[0, 2], [0, 3], [0, 4], [1, 5]].iter().flat_map(|axes| [text(axes), text(axes)]).map(Arc::new).collect();
        let candidates = ["clean the pump", "stop the pump", "start the pump", "when it leaks"].map(hit).into();
        let found = ranked(&Asked::of("pump leaks"), &text(&[0, 1]), candidates, &read, 4);
        assert_eq!(found.hits[0].text, "when it leaks");
        assert!(found.answerable > 0.0 && found.answerable < 1.0);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        let found = ranked(&Asked::of(""), &text(&[]), vec![hit("a")], &[Arc::new(text(&[])), Arc::new(text(&[]))], 4);
        assert!(found.answerable < 0.5 && found.hits[0].score < f32::EPSILON);
    }
}
