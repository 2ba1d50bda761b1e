//! Not asking again at once after a failure.

use std::cell::{Cell, RefCell};

use crate::core::error::Error;

/// Seconds after the first failure; each further one takes twice as long.
const FIRST: f64 = 1.0;
/// Seconds after any failure, at most.
const LONGEST: f64 = 30.0;

/// The last failure, and how long its error stands for an answer.
pub struct Cooldown<V> {
    error: RefCell<Option<Error<V>>>,
    began: Cell<f64>,
    seconds: Cell<f64>,
}

impl<V> Default for Cooldown<V> {
    /// Nothing has failed.
    fn default() -> Self {
        Self {
            error: RefCell::new(None),
            began: Cell::new(0.0),
            seconds: Cell::new(0.0),
        }
    }
}

impl<V: Clone> Cooldown<V> {
    /// The error of the last failure, while it is too early to ask again. A clock that was set back
    /// makes nobody wait.
    pub fn error(&self, now: f64) -> Option<Error<V>> {
        let began = self.began.get();
        let cooling = began <= now && now < began + self.seconds.get();
        self.error.borrow().clone().filter(|_| cooling)
    }

    /// It failed.
    pub fn begin(&self, error: &Error<V>, now: f64) {
        let doubled = (self.seconds.get() * 2.0).clamp(FIRST, LONGEST);
        *self.error.borrow_mut() = Some(error.clone());
        self.seconds.set(doubled);
        self.began.set(now);
    }

    /// It works again.
    pub fn end(&self) {
        self.error.take();
        self.seconds.set(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_half_a_minute_until_it_works() {
        let cooldown = Cooldown::default();
        let error = Error::<()>::auth("no", "no");
        let mut now = 100.0;
        for seconds in [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0] {
            cooldown.begin(&error, now);
            assert_eq!(cooldown.error(now).as_ref(), Some(&error));
            assert!(cooldown.error(now + seconds - 0.1).is_some());
            assert!(cooldown.error(now + seconds).is_none());
            assert!(cooldown.error(now - 1.0).is_none());
            now += seconds;
        }
        cooldown.end();
        cooldown.begin(&error, now);
        assert!(cooldown.error(now + 1.0).is_none());
    }
}
