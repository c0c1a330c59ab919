//! Keeps a provider that fails, or asks for a rest, from being asked again and again.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Failures in a row that open the breaker.
const FAILURES: u32 = 3;
/// How long it stays open; then one call may try.
const PAUSE: Duration = Duration::from_secs(30);
/// The longest rest that a provider can ask for: one that asks for more is as good as gone.
const LONGEST_REST: Duration = Duration::from_hours(1);

/// Closed: calls pass. Open: none does until its time; after that, one call decides.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    open_until: Option<Instant>,
    rests_until: Option<Instant>,
}

/// Why no call may be made now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Closed {
    /// The provider asked to be left alone until then: worth waiting for.
    Resting(Instant),
    /// It failed too often: better to ask somebody else.
    Failing,
}

impl Breaker {
    /// Whether a call may be made now.
    pub fn permits(&self, now: Instant) -> Result<(), Closed> {
        let mut state = self.state();
        if let Some(until) = state.rests_until.filter(|until| *until > now) {
            return Err(Closed::Resting(until));
        }
        match state.open_until {
            Some(until) if until > now => Err(Closed::Failing),
            Some(_) => {
                // This call is the trial; the next has to wait for its result, or for another pause if none comes.
                state.open_until = Some(now + PAUSE);
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub fn succeeded(&self) {
        *self.state() = State::default();
    }

    /// `rest` is what the provider asked for.
    pub fn failed(&self, now: Instant, rest: Option<Duration>) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.open_until = Some(now + PAUSE);
        }
        if let Some(rest) = rest {
            state.rests_until = state.rests_until.max(Some(now + rest.min(LONGEST_REST)));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_and_lets_one_call_try() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..FAILURES {
            assert!(breaker.permits(now).is_ok());
            breaker.failed(now, None);
        }
        assert_eq!(breaker.permits(now), Err(Closed::Failing));
        let later = now + PAUSE;
        assert!(breaker.permits(later).is_ok(), "the trial");
        assert!(breaker.permits(later).is_err(), "only one");
        breaker.succeeded();
        assert!(breaker.permits(later).is_ok());
    }

    #[test]
    fn a_success_forgets_what_failed_before() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..10 {
            breaker.failed(now, None);
            breaker.failed(now, None);
            breaker.succeeded();
            assert!(breaker.permits(now).is_ok());
        }
    }

    #[test]
    fn retry_after_is_obeyed_from_the_first_time() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        breaker.failed(now, Some(Duration::from_secs(7)));
        assert_eq!(breaker.permits(now), Err(Closed::Resting(now + Duration::from_secs(7))));
        assert!(breaker.permits(now + Duration::from_secs(7)).is_ok());
        breaker.failed(now, Some(Duration::MAX));
        assert_eq!(breaker.permits(now), Err(Closed::Resting(now + LONGEST_REST)));
    }
}
