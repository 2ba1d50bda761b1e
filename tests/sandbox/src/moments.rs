//! Moments that are the same in every run, where that is asked for.

use crate::ids::{Entropy, Moment};

/// Makes moments of what the world gives, or of what stands in its place.
#[derive(Debug, Default)]
pub struct Moments {
    clock: Option<i64>,
    entropy: Option<Entropy>,
}

impl Moments {
    /// With a clock, time stands still there; with a seed, random bytes grow from it.
    pub fn new(clock: Option<i64>, seed: Option<u64>) -> Self {
        Self {
            clock,
            entropy: seed.map(Entropy::of_number),
        }
    }

    /// The time, when the world's is `unix_ms`.
    pub fn time(&self, unix_ms: i64) -> i64 {
        self.clock.unwrap_or(unix_ms)
    }

    /// The next moment, when the world gives this one.
    pub fn next(&mut self, world: Moment) -> Moment {
        Moment {
            unix_ms: self.time(world.unix_ms),
            random: match &mut self.entropy {
                Some(entropy) => entropy.draw(),
                None => world.random,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORLD: Moment = Moment {
        unix_ms: 5,
        random: [9; 32],
    };

    #[test]
    fn the_world_is_passed_on_unless_something_stands_in_its_place() {
        let passed_on = Moments::default().next(WORLD);
        assert_eq!((passed_on.unix_ms, passed_on.random), (5, [9; 32]));

        let run = || {
            let mut moments = Moments::new(Some(1_000), Some(7));
            [moments.next(WORLD), moments.next(WORLD)].map(|moment| (moment.unix_ms, moment.random))
        };
        assert_eq!(run(), run());
        let [first, second] = run();
        assert_eq!((first.0, second.0), (1_000, 1_000));
        assert_ne!(first.1, second.1);
    }
}
