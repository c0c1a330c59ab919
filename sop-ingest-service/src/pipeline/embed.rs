//! Vectors by all-MiniLM-L6-v2: pure Rust, loaded once, run away from the async threads.
//!
//! A text has one vector for finding it among thousands, and one for each of its words for judging closely whether it
//! answers a question.

mod recent;

use std::{path::Path, sync::Arc};

use anyhow::{Context, anyhow};
use rayon::prelude::*;
use tokenizers::{Tokenizer, TruncationParams};
use tokio::sync::Semaphore;

pub use minilm::dot;
use minilm::{MiniLm, WIDTH};
use recent::Recent;

pub const DIMENSIONS: u64 = WIDTH as u64;
/// Clauses are sentences; what is longer is cut.
const MAX_TOKENS: usize = 160;
/// Texts go through the model together until they have so many tokens; each core takes the next batch.
const BATCH_TOKENS: usize = 512;

#[derive(Clone)]
pub struct Embedder {
    model: Arc<Model>,
    /// One pass uses all cores; a second beside it would only make both slower.
    turn: Arc<Semaphore>,
    recent: Arc<Recent>,
}

struct Model {
    encoder: MiniLm,
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
        let mut tokenizer =
            Tokenizer::from_bytes(read("tokenizer.json")?).map_err(|e| anyhow!("tokenizer.json: {e}"))?;
        let truncation = TruncationParams { max_length: MAX_TOKENS, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|e| anyhow!("tokenizer: {e}"))?;
        tokenizer.with_padding(None);
        let encoder = MiniLm::new(&read("config.json")?, &read("model.safetensors")?)?;
        let model = Arc::new(Model { encoder, tokenizer });
        Ok(Self { model, turn: Arc::new(Semaphore::new(1)), recent: Arc::default() })
    }

    /// One vector of length 1 for each text, in their order.
    ///
    /// # Errors
    /// The model fails.
    pub async fn embed(&self, texts: Vec<String>) -> anyhow::Result<Vec<Vec<f32>>> {
        let embedded = self.run(texts, false).await?;
        Ok(embedded.into_iter().map(|e| e.whole).collect())
    }

    /// The texts and their words, in their order. Those that were read a moment ago are not read again.
    ///
    /// # Errors
    /// The model fails.
    pub async fn embed_words(&self, texts: Vec<String>) -> anyhow::Result<Vec<Arc<Embedded>>> {
        let mut known: Vec<Option<Arc<Embedded>>> = texts.iter().map(|text| self.recent.get(text)).collect();
        let new: Vec<String> =
            texts.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(text, _)| text.clone()).collect();
        let mut read = self.run(new, true).await?.into_iter().map(Arc::new);
        for (text, known) in texts.into_iter().zip(&mut known).filter(|(_, known)| known.is_none()) {
            *known = read.next();
            if let Some(read) = known {
                self.recent.put(text, Arc::clone(read));
            }
        }
        Ok(known.into_iter().flatten().collect())
    }

    async fn run(&self, texts: Vec<String>, words: bool) -> anyhow::Result<Vec<Embedded>> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
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
        let done: Vec<Vec<Embedded>> =
            batches(&tokens).par_iter().map(|batch| self.forward(batch, words)).collect::<anyhow::Result<_>>()?;
        Ok(done.into_iter().flatten().collect())
    }

    fn forward(&self, texts: &[Encoded], words: bool) -> anyhow::Result<Vec<Embedded>> {
        let ids: Vec<&[u32]> = texts.iter().map(|t| t.ids.as_slice()).collect();
        let rows = self.encoder.forward(&ids)?;
        let mut rows = rows.chunks(WIDTH);
        let each = texts.iter().map(|text| {
            let own: Vec<&[f32]> = rows.by_ref().take(text.ids.len()).collect();
            let mut whole = vec![0.0; WIDTH];
            for row in &own {
                minilm::add(&mut whole, row, 1.0);
            }
            let of_words = || own.iter().zip(&text.word).filter(|(_, word)| **word).map(|(row, _)| minilm::unit(row));
            Embedded { whole: minilm::unit(&whole), words: if words { of_words().collect() } else { Vec::new() } }
        });
        Ok(each.collect())
    }
}

/// Texts in their order, cut where a batch has enough tokens.
fn batches(texts: &[Encoded]) -> Vec<&[Encoded]> {
    let (mut batches, mut first, mut tokens) = (Vec::new(), 0, 0);
    for (at, text) in texts.iter().enumerate() {
        if at > first && tokens + text.ids.len() > BATCH_TOKENS {
            batches.push(&texts[first..at]);
            (first, tokens) = (at, 0);
        }
        tokens += text.ids.len();
    }
    batches.extend((first < texts.len()).then(|| &texts[first..]));
    batches
}
