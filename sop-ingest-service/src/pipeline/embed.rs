//! Vectors by all-MiniLM-L6-v2: pure Rust, loaded once, run away from the async threads.
//!
//! A text has one vector for finding it among thousands, and one for each of its words for judging closely whether it
//! answers a question.

use std::{path::Path, sync::Arc};

use anyhow::{Context, anyhow};
use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use rayon::prelude::*;
use tokenizers::{Tokenizer, TruncationParams};
use tokio::sync::Semaphore;

pub const DIMENSIONS: u64 = 384;
const WIDTH: usize = 384;
/// Clauses are sentences; what is longer is cut.
const MAX_TOKENS: usize = 160;
/// Texts of similar length go through the model together, so many that a batch has about this many tokens.
const BATCH_TOKENS: usize = 768;

#[derive(Clone)]
pub struct Embedder {
    model: Arc<Model>,
    /// One pass uses all cores; a second beside it would only make both slower.
    turn: Arc<Semaphore>,
}

struct Model {
    bert: BertModel,
    tokenizer: Tokenizer,
}

/// A text as the model sees it.
#[derive(Clone, Debug, Default)]
pub struct Embedded {
    /// Of length 1.
    pub whole: Vec<f32>,
    /// One vector of length 1 for each word or piece of a word; punctuation has none.
    pub words: Vec<Vec<f32>>,
}

impl Embedder {
    /// Reads the model; takes a moment.
    ///
    /// # Errors
    /// A file is missing or is not what it should be.
    pub fn load(folder: &Path) -> anyhow::Result<Self> {
        let file = |name: &str| folder.join(name);
        let read =
            |name: &str| std::fs::read(file(name)).with_context(|| format!("cannot read {}", file(name).display()));
        let config: Config =
            serde_json::from_slice(&read("config.json")?).context("config.json is not a BERT configuration")?;
        let mut tokenizer =
            Tokenizer::from_bytes(read("tokenizer.json")?).map_err(|e| anyhow!("tokenizer.json: {e}"))?;
        let truncation = TruncationParams { max_length: MAX_TOKENS, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|e| anyhow!("tokenizer: {e}"))?;
        tokenizer.with_padding(None);
        let weights = VarBuilder::from_buffered_safetensors(read("model.safetensors")?, DType::F32, &Device::Cpu)?;
        let bert = BertModel::load(weights, &config)?;
        Ok(Self { model: Arc::new(Model { bert, tokenizer }), turn: Arc::new(Semaphore::new(1)) })
    }

    /// One vector of length 1 for each text, in their order.
    ///
    /// # Errors
    /// The model fails.
    pub async fn embed(&self, texts: Vec<String>) -> anyhow::Result<Vec<Vec<f32>>> {
        let embedded = self.run(texts, false).await?;
        Ok(embedded.into_iter().map(|e| e.whole).collect())
    }

    /// The texts and their words, in their order.
    ///
    /// # Errors
    /// The model fails.
    pub async fn embed_words(&self, texts: Vec<String>) -> anyhow::Result<Vec<Embedded>> {
        self.run(texts, true).await
    }

    async fn run(&self, texts: Vec<String>, words: bool) -> anyhow::Result<Vec<Embedded>> {
        let _turn = self.turn.clone().acquire_owned().await?;
        let model = Arc::clone(&self.model);
        tokio::task::spawn_blocking(move || model.embed(&texts, words)).await?
    }

    /// How many tokens the model sees of these texts.
    ///
    /// # Errors
    /// The tokenizer fails.
    pub fn count(&self, texts: &[String]) -> anyhow::Result<usize> {
        Ok(self.model.encode(texts)?.iter().map(|t| t.ids.len()).sum())
    }
}

struct Encoded {
    ids: Vec<u32>,
    /// Whether each token is part of a word.
    word: Vec<bool>,
}

impl Model {
    fn encode(&self, texts: &[String]) -> anyhow::Result<Vec<Encoded>> {
        let encoded = self.tokenizer.encode_batch(texts.iter().map(String::as_str).collect::<Vec<_>>(), true);
        let encoded = encoded.map_err(|e| anyhow!("tokenizer: {e}"))?;
        let is_word = |(token, special): (&String, &u32)| *special == 0 && token.chars().any(char::is_alphanumeric);
        let each = encoded.iter().map(|e| Encoded {
            ids: e.get_ids().to_vec(),
            word: e.get_tokens().iter().zip(e.get_special_tokens_mask()).map(is_word).collect(),
        });
        Ok(each.collect())
    }

    fn embed(&self, texts: &[String], words: bool) -> anyhow::Result<Vec<Embedded>> {
        let tokens = self.encode(texts)?;
        // Padding is work for nothing: texts of one length share a batch.
        let mut order: Vec<usize> = (0..tokens.len()).collect();
        order.sort_unstable_by_key(|at| tokens[*at].ids.len());
        let batches = batches(&order, &tokens);
        let done: Vec<(usize, Embedded)> = batches
            .par_iter()
            .map(|batch| {
                let rows: Vec<&Encoded> = batch.iter().map(|at| &tokens[*at]).collect();
                Ok(batch.iter().copied().zip(self.forward(&rows, words)?).collect::<Vec<_>>())
            })
            .collect::<candle_core::Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        let mut embedded = vec![Embedded::default(); texts.len()];
        for (at, one) in done {
            embedded[at] = one;
        }
        Ok(embedded)
    }

    fn forward(&self, rows: &[&Encoded], words: bool) -> candle_core::Result<Vec<Embedded>> {
        let length = rows.iter().map(|r| r.ids.len()).max().unwrap_or(0);
        let padded = |row: &Encoded, value: fn(u32) -> u32| -> Vec<u32> {
            row.ids.iter().map(|t| value(*t)).chain(std::iter::repeat(0)).take(length).collect()
        };
        let ids: Vec<u32> = rows.iter().flat_map(|r| padded(r, |token| token)).collect();
        let ids = Tensor::from_vec(ids, (rows.len(), length), &Device::Cpu)?;
        let even = rows.iter().all(|r| r.ids.len() == length);
        let mask = if even {
            None
        } else {
            let mask: Vec<u32> = rows.iter().flat_map(|r| padded(r, |_| 1)).collect();
            Some(Tensor::from_vec(mask, (rows.len(), length), &Device::Cpu)?)
        };
        let hidden = self.bert.forward(&ids, &ids.zeros_like()?, mask.as_ref())?.flatten_all()?.to_vec1::<f32>()?;
        let each = rows.iter().zip(hidden.chunks(length * WIDTH)).map(|(row, hidden)| {
            let vectors = || hidden.chunks(WIDTH).take(row.ids.len());
            let mut whole = vec![0.0; WIDTH];
            for vector in vectors() {
                whole.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
            }
            let of_words = || vectors().zip(&row.word).filter(|(_, word)| **word).map(|(vector, _)| unit(vector));
            Embedded { whole: unit(&whole), words: if words { of_words().collect() } else { Vec::new() } }
        });
        Ok(each.collect())
    }
}

/// Texts in the order of their lengths, cut where a batch has enough tokens.
fn batches(order: &[usize], tokens: &[Encoded]) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let length = tokens[*at].ids.len();
        match batches.last_mut() {
            Some(batch) if (batch.len() + 1) * length <= BATCH_TOKENS => batch.push(*at),
            _ => batches.push(vec![*at]),
        }
    }
    batches
}

/// The same direction, of length 1.
fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|v| v / length).collect()
}
