//! Quadratic weighted kappa and its companions, on bands 1 to 6.

const BANDS: usize = 6;

/// Quadratic weighted kappa: 1 is full agreement, 0 is chance.
pub fn qwk(a: &[usize], b: &[usize]) -> f64 {
    let mut table = [[0.0f64; BANDS + 1]; BANDS + 1];
    for (x, y) in a.iter().zip(b) {
        table[(*x).min(BANDS)][(*y).min(BANDS)] += 1.0;
    }
    let rows = table.map(|row| row.iter().sum::<f64>());
    let columns: Vec<f64> = (0..=BANDS).map(|j| table.iter().map(|row| row[j]).sum()).collect();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (i, row) in table.iter().enumerate() {
        for (j, count) in row.iter().enumerate() {
            let distance = (i as f64 - j as f64).powi(2);
            observed += distance * count;
            expected += distance * rows[i] * columns[j] / a.len() as f64;
        }
    }
    1.0 - observed / expected
}

/// Share of predictions within one level of the nearer annotator.
pub fn within_one(a: &[usize], b: &[usize], p: &[usize]) -> f64 {
    let near = a.iter().zip(b).zip(p).filter(|((a, b), p)| a.abs_diff(**p).min(b.abs_diff(**p)) <= 1);
    near.count() as f64 / p.len() as f64
}

/// F1 per band that occurs among the labels, averaged.
pub fn macro_f1(labels: &[usize], p: &[usize]) -> f64 {
    let scores: Vec<f64> = (1..=BANDS)
        .filter(|band| labels.contains(band))
        .map(|band| {
            let count = |is: &dyn Fn(bool, bool) -> bool| {
                labels.iter().zip(p).filter(|(y, p)| is(**y == band, **p == band)).count() as f64
            };
            let hit = count(&|y, p| y && p);
            let miss = count(&|y, p| y != p);
            2.0 * hit / (2.0 * hit + miss)
        })
        .collect();
    scores.iter().sum::<f64>() / scores.len() as f64
}

/// Macro-F1 against each annotator, and where either annotator's level is right.
pub struct Agreement {
    pub either_f1: f64,
    pub f1_a: f64,
    pub f1_b: f64,
}

impl Agreement {
    pub fn of(a: &[usize], b: &[usize], p: &[usize]) -> Self {
        let nearer = |((a, b), p): ((&usize, &usize), &usize)| if a.abs_diff(*p) <= b.abs_diff(*p) { *a } else { *b };
        let nearest: Vec<usize> = a.iter().zip(b).zip(p).map(nearer).collect();
        Self { either_f1: macro_f1(&nearest, p), f1_a: macro_f1(a, p), f1_b: macro_f1(b, p) }
    }
}

/// Pearson's correlation.
pub fn pearson(labels: &[usize], scores: &[f32]) -> f64 {
    let count = labels.len() as f64;
    let x: Vec<f64> = labels.iter().map(|label| *label as f64).collect();
    let y: Vec<f64> = scores.iter().map(|score| f64::from(*score)).collect();
    let (mx, my) = (x.iter().sum::<f64>() / count, y.iter().sum::<f64>() / count);
    let together: f64 = x.iter().zip(&y).map(|(x, y)| (x - mx) * (y - my)).sum();
    let spread = |values: &[f64], mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    together / (spread(&x, mx) * spread(&y, my)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_one_for_equals_and_less_for_neighbours() {
        let labels = [1, 2, 3, 4, 5, 6];
        assert!((qwk(&labels, &labels) - 1.0).abs() < 1e-9);
        assert!((macro_f1(&labels, &labels) - 1.0).abs() < 1e-9);
        let off = [2, 3, 4, 5, 6, 6];
        assert!(qwk(&labels, &off) < 0.9);
        assert!((within_one(&labels, &labels, &off) - 1.0).abs() < 1e-9);
        assert!((pearson(&labels, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) - 1.0).abs() < 1e-9);
    }
}
