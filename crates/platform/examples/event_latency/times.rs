use serde::Serialize;

/// What a set of durations looks like, in milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Times {
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

impl Times {
    /// By nearest rank.
    pub fn of(mut milliseconds: Vec<f64>) -> Self {
        milliseconds.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            let rank = (milliseconds.len() * percent).div_ceil(100).max(1);
            milliseconds.get(rank - 1).copied().unwrap_or(f64::NAN)
        };
        Self { p50_ms: at(50), p90_ms: at(90), p99_ms: at(99), max_ms: at(100) }
    }
}
