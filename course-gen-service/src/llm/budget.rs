//! Calls beyond the first for the same question: at most a tenth of those that the job needs, and at least one.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many more calls a job may repeat.
#[derive(Debug)]
pub struct ExtraCalls(AtomicU32);

impl ExtraCalls {
    /// For a job of `planned` calls of which `used` have been repetitions already (before a restart).
    pub fn new(planned: u32, used: u32) -> Self {
        Self(AtomicU32::new((planned / 10).max(1).saturating_sub(used)))
    }

    /// Takes one, if there is one.
    pub fn take(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_may_be_repeated_and_one_always() {
        let count = |planned, used| {
            let extra = ExtraCalls::new(planned, used);
            (0..100).filter(|_| extra.take()).count()
        };
        assert_eq!(
            [count(4, 0), count(10, 0), count(40, 0), count(45, 0), count(40, 3), count(4, 9)],
            [1, 1, 4, 4, 1, 0]
        );
    }
}
