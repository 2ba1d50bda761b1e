//! How long a feed waits before it tries again.

/// Milliseconds before the first new try, at most; before each further one at most twice as long.
const BASE: u32 = 1_000;
/// Milliseconds before any try, at most.
const LONGEST: u32 = 30_000;
/// Milliseconds of life after which a connection counts as a good one.
const GOOD: f64 = 60_000.0;

/// Tries in a row that came to nothing.
#[derive(Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Another one came to nothing: how long to wait, by full jitter. `random` is in `0..1`.
    pub fn failed(&mut self, random: f64) -> f64 {
        let longest = (BASE << self.failures.min(5)).min(LONGEST);
        self.failures += 1;
        f64::from(longest) * random
    }

    /// One has come to something, and has lived for so many milliseconds.
    pub fn lived(&mut self, milliseconds: f64) {
        if milliseconds >= GOOD {
            self.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_from_a_second_to_half_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<f64> = (0..8).map(|_| backoff.failed(1.0)).collect();
        let seconds = [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0];
        assert_eq!(waits, seconds.map(|second| second * 1000.0));
        assert_eq!(backoff.failed(0.25), 7_500.0);
    }

    #[test]
    fn begins_anew_after_a_minute_of_life() {
        let mut backoff = Backoff::default();
        backoff.failed(1.0);
        backoff.lived(59_999.0);
        assert_eq!(backoff.failed(1.0), 2_000.0);
        backoff.lived(60_000.0);
        assert_eq!(backoff.failed(1.0), 1_000.0);
    }
}
