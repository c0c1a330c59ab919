//! Dense vectors by all-MiniLM-L6-v2: pure Rust, loaded once, run away from the async threads.

use std::{path::Path, sync::Arc};

use anyhow::{Context, anyhow};
use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use tokenizers::{Tokenizer, TruncationParams};
use tokio::sync::Semaphore;

pub const DIMENSIONS: u64 = 384;
/// What the model was trained on; longer texts are cut.
const MAX_TOKENS: usize = 256;
/// Texts of similar length that go through the model together.
const BATCH: usize = 16;

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
        let _turn = self.turn.clone().acquire_owned().await?;
        let model = Arc::clone(&self.model);
        tokio::task::spawn_blocking(move || model.embed(&texts)).await?
    }
}

impl Model {
    fn embed(&self, texts: &[String]) -> anyhow::Result<Vec<Vec<f32>>> {
        let encoded = self.tokenizer.encode_batch(texts.iter().map(String::as_str).collect::<Vec<_>>(), true);
        let tokens: Vec<Vec<u32>> =
            encoded.map_err(|e| anyhow!("tokenizer: {e}"))?.iter().map(|e| e.get_ids().to_vec()).collect();
        // Padding is work for nothing: texts of one length share a batch.
        let mut order: Vec<usize> = (0..tokens.len()).collect();
        order.sort_unstable_by_key(|at| tokens[*at].len());
        let mut vectors = vec![Vec::new(); texts.len()];
        for batch in order.chunks(BATCH) {
            let rows: Vec<&[u32]> = batch.iter().map(|at| tokens[*at].as_slice()).collect();
            for (at, vector) in batch.iter().zip(self.forward(&rows)?) {
                vectors[*at] = vector;
            }
        }
        Ok(vectors)
    }

    fn forward(&self, rows: &[&[u32]]) -> candle_core::Result<Vec<Vec<f32>>> {
        let length = rows.iter().map(|r| r.len()).max().unwrap_or(0);
        let padded = |row: &[u32], value: fn(u32) -> u32| -> Vec<u32> {
            row.iter().map(|t| value(*t)).chain(std::iter::repeat(0)).take(length).collect()
        };
        let ids: Vec<u32> = rows.iter().flat_map(|r| padded(r, |token| token)).collect();
        let mask: Vec<u32> = rows.iter().flat_map(|r| padded(r, |_| 1)).collect();
        let shape = (rows.len(), length);
        let ids = Tensor::from_vec(ids, shape, &Device::Cpu)?;
        let mask = Tensor::from_vec(mask, shape, &Device::Cpu)?;
        let hidden = self.bert.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
        // The mean over the words that are there, then length 1.
        let mask = mask.to_dtype(DType::F32)?.unsqueeze(2)?;
        let mean = hidden.broadcast_mul(&mask)?.sum(1)?.broadcast_div(&mask.sum(1)?)?;
        let norm = mean.sqr()?.sum_keepdim(1)?.sqrt()?;
        mean.broadcast_div(&norm)?.to_vec2::<f32>()
    }
}
