//! Arithmetic over slices, written so that the compiler makes vector instructions of it: a plain sum of floats may not be
//! reordered and takes eight times as long.

const LANES: usize = 8;

/// The scalar product of two slices of one length, which is a multiple of eight.
#[must_use]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (x, y))| *sum += x * y);
    }
    sums.iter().sum()
}

fn sum(values: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    for chunk in values.chunks_exact(LANES) {
        sums.iter_mut().zip(chunk).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().sum()
}

/// Adds a multiple of `values`.
pub fn add(to: &mut [f32], values: &[f32], times: f32) {
    to.iter_mut().zip(values).for_each(|(sum, value)| *sum += value * times);
}

/// The same direction, of length 1.
#[must_use]
pub fn unit(vector: &[f32]) -> Vec<f32> {
    let length = dot(vector, vector).sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|v| v / length).collect()
}

/// Mean 0 and variance 1, then scaled and moved as the model learned it.
pub fn normalise(row: &mut [f32], scale: &[f32], bias: &[f32], epsilon: f32) {
    let width = row.len() as f32;
    let mean = sum(row) / width;
    for value in row.iter_mut() {
        *value -= mean;
    }
    let spread = (dot(row, row) / width + epsilon).sqrt();
    for (value, (scale, bias)) in row.iter_mut().zip(scale.iter().zip(bias)) {
        *value = *value / spread * scale + bias;
    }
}

/// Shares that add up to 1.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    for score in scores.iter_mut() {
        *score = exp(*score - most);
    }
    let all: f32 = scores.iter().sum();
    for score in scores {
        *score /= all;
    }
}

/// x·Φ(x), with the error function after Abramowitz and Stegun 7.1.26: off by less than 2e-7.
pub fn gelu(values: &mut [f32]) {
    const A: [f32; 5] = [0.254_829_6, -0.284_496_74, 1.421_413_7, -1.453_152, 1.061_405_4];
    for value in values {
        let x = (*value * std::f32::consts::FRAC_1_SQRT_2).abs();
        let t = 1.0 / (1.0 + 0.327_591_1 * x);
        let tail = t * (A[0] + t * (A[1] + t * (A[2] + t * (A[3] + t * A[4])))) * exp(-x * x);
        // Φ is 1 - tail / 2 on the right, and tail / 2 on the left.
        let share = if *value < 0.0 { 0.5 * tail } else { 1.0 - 0.5 * tail };
        *value *= share;
    }
}

/// The exponential function without a call or a branch, to seven digits.
fn exp(x: f32) -> f32 {
    /// Added and taken away again, it rounds to a whole number and leaves that number in the lowest bits.
    const ROUNDING: f32 = 12_582_912.0;
    let rounded = x.clamp(-87.0, 87.0) * std::f32::consts::LOG2_E + ROUNDING;
    let whole = rounded - ROUNDING;
    // The logarithm of 2 in two parts, so that nothing is lost in the difference.
    let rest = x.clamp(-87.0, 87.0) - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let series = 1.0 / 2.0 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest * (1.0 / 720.0))));
    let power = f32::from_bits(rounded.to_bits().wrapping_add(127) << 23);
    (1.0 + rest + rest * rest * series) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_right_to_six_digits() {
        for step in -8700..=870 {
            let x = step as f32 / 100.0;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-6, "{x}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn gelu_is_the_identity_far_right_and_nothing_far_left() {
        let mut values = [-30.0, -1.0, 0.0, 1.0, 30.0];
        gelu(&mut values);
        for (value, expected) in values.iter().zip([0.0, -0.158_655_25, 0.0, 0.841_344_7, 30.0]) {
            assert!((value - expected).abs() < 1e-6, "{values:?}");
        }
    }

    #[test]
    fn a_normalised_row_has_mean_0_and_variance_1() {
        let mut row: Vec<f32> = (0..16).map(|n| n as f32 * 3.0 + 100.0).collect();
        normalise(&mut row, &[1.0; 16], &[0.0; 16], 1e-12);
        assert!(sum(&row).abs() < 1e-4 && (dot(&row, &row) / 16.0 - 1.0).abs() < 1e-4, "{row:?}");
    }

    #[test]
    fn shares_add_up_to_1_and_keep_their_order() {
        let mut scores = [3.0, -60.0, 5.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6 && scores[2] > scores[0] && scores[1] < 1e-20);
    }
}
