//! The trained model: from features to a score, and from raw scores to calibrated ones.
//!
//! `data/model.txt` is a readable file: a line `name weight low high` for each feature (values are held inside
//! `low..=high`, the range seen in training and a little more), and lines `sentence raw score` and `text raw score`
//! for the two monotone calibrations. `training/train.py` writes it.

use std::sync::OnceLock;

use crate::features;

static MODEL: &str = include_str!("../data/model.txt");

#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    slope: f32,
    low: f32,
    high: f32,
}

/// Weights in the order of the features, and the calibrations.
#[derive(Debug, Default)]
pub(crate) struct Model {
    bias: f32,
    weights: Vec<Weight>,
    sentence: Curve,
    text: Curve,
}

/// A monotone function through points, straight between them and beyond.
#[derive(Debug, Default, Clone)]
struct Curve(Vec<(f32, f32)>);

impl Curve {
    fn at(&self, x: f32) -> f32 {
        let points = &self.0;
        let segment = points.windows(2).find(|pair| x <= pair[1].0).or_else(|| points.windows(2).last());
        match segment {
            Some(&[(x0, y0), (x1, y1)]) if x1 > x0 => y0 + (x - x0) * (y1 - y0) / (x1 - x0),
            _ => x,
        }
    }
}

/// The embedded model.
pub(crate) fn model() -> &'static Model {
    static CELL: OnceLock<Model> = OnceLock::new();
    CELL.get_or_init(|| Model::parse(MODEL))
}

impl Model {
    fn parse(text: &str) -> Self {
        let names = features::names();
        let mut model = Self { weights: vec![Weight::default(); names.len()], ..Self::default() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split_whitespace();
            let Some(name) = fields.next() else { continue };
            let numbers: Vec<f32> = fields.filter_map(|field| field.parse().ok()).collect();
            match (name, numbers.as_slice()) {
                ("bias", &[bias]) => model.bias = bias,
                ("sentence", &[raw, score]) => model.sentence.0.push((raw, score)),
                ("text", &[raw, score]) => model.text.0.push((raw, score)),
                (name, &[weight, low, high]) => {
                    if let Some(i) = names.iter().position(|known| *known == name) {
                        model.weights[i] = Weight { slope: weight, low, high };
                    }
                }
                _ => {}
            }
        }
        model
    }

    /// The raw score of a sentence: its features weighted, and the mean difficulty of its words.
    pub fn raw(&self, features: &[f32], difficulty: f32) -> f32 {
        let weighted = features.iter().zip(&self.weights).map(|(x, w)| x.clamp(w.low, w.high) * w.slope);
        self.bias + difficulty + weighted.sum::<f32>()
    }

    /// The score of a sentence, 1.0 to 6.0.
    pub fn sentence_score(&self, raw: f32) -> f32 {
        self.sentence.at(raw).clamp(1.0, 6.0)
    }

    /// The score of a text from the mean raw score of its sentences, 1.0 to 6.0.
    pub fn text_score(&self, raw: f32) -> f32 {
        self.text.at(raw).clamp(1.0, 6.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_model_names_a_feature_or_a_calibration() {
        let names = features::names();
        for line in MODEL.lines().filter(|line| !line.starts_with('#')) {
            let name = line.split_whitespace().next().unwrap();
            assert!(["bias", "sentence", "text"].contains(&name) || names.contains(&name), "{name}");
        }
        assert_eq!(MODEL.lines().filter(|line| line.split_whitespace().count() == 4).count(), names.len());
    }

    #[test]
    fn calibrations_rise() {
        for curve in [&model().sentence, &model().text] {
            assert!(curve.0.len() >= 2);
            assert!(curve.0.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
        }
    }
}
