//! The encoder of all-MiniLM-L6-v2 over texts of any lengths at once, without padding: what is the same for every token
//! (nine tenths of the work) is one multiplication of matrices, and only attention knows where a text ends.
//!
//! candle multiplies and reads the weights; its ready-made BERT is not used, because it pads, and because its element-wise
//! functions take as long as the multiplications.
//!
//! A crate of its own so that the dev profile can optimise it: unoptimised it takes twenty times as long.

#![expect(clippy::cast_precision_loss, reason = "numbers of rows and columns are far below 2^24")]

mod lanes;

use std::collections::HashMap;

use anyhow::{Context, ensure};
use candle_core::{DType, Device, Tensor, safetensors};
use serde::Deserialize;

pub use lanes::{add, dot, unit};

/// Values of a vector.
pub const WIDTH: usize = 384;

/// The model: weights of a BERT encoder of width [`WIDTH`].
pub struct MiniLm {
    words: Vec<f32>,
    /// With the one type of text that there is added.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    heads: usize,
}

#[derive(Deserialize)]
struct Config {
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    layer_norm_eps: f32,
    hidden_act: String,
}

struct Layer {
    /// Query, key and value side by side.
    asked: Linear,
    attended: Linear,
    attended_norm: Norm,
    wide: Linear,
    narrow: Linear,
    narrow_norm: Norm,
}

struct Linear {
    weight: Tensor,
    bias: Vec<f32>,
}

struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

impl MiniLm {
    /// From `config.json` and `model.safetensors`.
    ///
    /// # Errors
    /// They are of another model, or of none.
    pub fn new(config: &[u8], weights: &[u8]) -> anyhow::Result<Self> {
        let config: Config = serde_json::from_slice(config).context("config.json is not a BERT configuration")?;
        ensure!(config.hidden_size == WIDTH && config.hidden_act == "gelu", "config.json is of another model");
        let weights = Weights(safetensors::load_buffer(weights, &Device::Cpu).context("model.safetensors")?);
        let mut positions = weights.values("embeddings.position_embeddings.weight")?;
        let kind = weights.values("embeddings.token_type_embeddings.weight")?;
        positions.chunks_mut(WIDTH).for_each(|row| lanes::add(row, &kind[..WIDTH], 1.0));
        let norm = |name: &str| weights.norm(name, config.layer_norm_eps);
        let layer = |at: usize| {
            let name = |part: &str| format!("encoder.layer.{at}.{part}");
            let asked = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
            Ok(Layer {
                asked: weights.linear(&asked)?,
                attended: weights.linear(&[name("attention.output.dense")])?,
                attended_norm: norm(&name("attention.output.LayerNorm"))?,
                wide: weights.linear(&[name("intermediate.dense")])?,
                narrow: weights.linear(&[name("output.dense")])?,
                narrow_norm: norm(&name("output.LayerNorm"))?,
            })
        };
        Ok(Self {
            words: weights.values("embeddings.word_embeddings.weight")?,
            positions,
            norm: norm("embeddings.LayerNorm")?,
            layers: (0..config.num_hidden_layers).map(layer).collect::<anyhow::Result<_>>()?,
            heads: config.num_attention_heads,
        })
    }

    /// One row of [`WIDTH`] values for each token of the texts, one text after the other.
    ///
    /// # Errors
    /// A token that the model does not know.
    pub fn forward(&self, texts: &[&[u32]]) -> anyhow::Result<Vec<f32>> {
        let mut rows = Vec::with_capacity(texts.iter().map(|t| t.len()).sum::<usize>() * WIDTH);
        for text in texts {
            for (token, position) in text.iter().zip(self.positions.chunks(WIDTH)) {
                let word = usize::try_from(*token)? * WIDTH;
                let word = self.words.get(word..word + WIDTH).context("a token that the model does not know")?;
                rows.extend(word.iter().zip(position).map(|(word, position)| word + position));
            }
        }
        self.norm.apply(&mut rows);
        for layer in &self.layers {
            rows = layer.forward(&rows, texts, self.heads)?;
        }
        Ok(rows)
    }
}

impl Layer {
    fn forward(&self, rows: &[f32], texts: &[&[u32]], heads: usize) -> anyhow::Result<Vec<f32>> {
        let asked = self.asked.apply(rows)?;
        let mut attended = self.attended.apply(&attention(&asked, texts, heads))?;
        lanes::add(&mut attended, rows, 1.0);
        self.attended_norm.apply(&mut attended);
        let mut wide = self.wide.apply(&attended)?;
        lanes::gelu(&mut wide);
        let mut narrow = self.narrow.apply(&wide)?;
        lanes::add(&mut narrow, &attended, 1.0);
        self.narrow_norm.apply(&mut narrow);
        Ok(narrow)
    }
}

/// Every token looks at all tokens of its own text, once for each head.
fn attention(asked: &[f32], texts: &[&[u32]], heads: usize) -> Vec<f32> {
    let size = WIDTH / heads;
    let scale = 1.0 / (size as f32).sqrt();
    let mut attended = vec![0.0; asked.len() / 3];
    let (mut scores, mut first) = (Vec::new(), 0);
    for text in texts {
        let own = &asked[first * 3 * WIDTH..(first + text.len()) * 3 * WIDTH];
        let out = &mut attended[first * WIDTH..(first + text.len()) * WIDTH];
        for head in 0..heads {
            let part = |row: usize, which: usize| {
                let start = (row * 3 + which) * WIDTH + head * size;
                &own[start..start + size]
            };
            for row in 0..text.len() {
                let query = part(row, 0);
                scores.clear();
                scores.extend((0..text.len()).map(|other| lanes::dot(query, part(other, 1)) * scale));
                lanes::softmax(&mut scores);
                let out = &mut out[row * WIDTH + head * size..][..size];
                scores.iter().enumerate().for_each(|(other, share)| lanes::add(out, part(other, 2), *share));
            }
        }
        first += text.len();
    }
    attended
}

impl Linear {
    fn apply(&self, rows: &[f32]) -> anyhow::Result<Vec<f32>> {
        let input = self.weight.dim(0)?;
        let rows = Tensor::from_slice(rows, (rows.len() / input, input), &Device::Cpu)?;
        let mut out = rows.matmul(&self.weight)?.flatten_all()?.to_vec1::<f32>()?;
        out.chunks_mut(self.bias.len()).for_each(|row| lanes::add(row, &self.bias, 1.0));
        Ok(out)
    }
}

impl Norm {
    fn apply(&self, rows: &mut [f32]) {
        rows.chunks_mut(WIDTH).for_each(|row| lanes::normalise(row, &self.scale, &self.bias, self.epsilon));
    }
}

struct Weights(HashMap<String, Tensor>);

impl Weights {
    fn tensor(&self, name: &str) -> anyhow::Result<Tensor> {
        let found = self.0.get(name).with_context(|| format!("model.safetensors has no {name}"))?;
        Ok(found.to_dtype(DType::F32)?)
    }

    fn values(&self, name: &str) -> anyhow::Result<Vec<f32>> {
        Ok(self.tensor(name)?.flatten_all()?.to_vec1()?)
    }

    /// One or more layers of the same input, side by side.
    fn linear(&self, names: &[String]) -> anyhow::Result<Linear> {
        let weights: Vec<Tensor> =
            names.iter().map(|n| self.tensor(&format!("{n}.weight"))).collect::<anyhow::Result<_>>()?;
        let biases: Vec<Vec<f32>> =
            names.iter().map(|n| self.values(&format!("{n}.bias"))).collect::<anyhow::Result<_>>()?;
        let weight = Tensor::cat(&weights, 0)?.t()?.contiguous()?;
        Ok(Linear { weight, bias: biases.concat() })
    }

    fn norm(&self, name: &str, epsilon: f32) -> anyhow::Result<Norm> {
        let part = |part: &str| self.values(&format!("{name}.{part}"));
        Ok(Norm { scale: part("weight")?, bias: part("bias")?, epsilon })
    }
}
