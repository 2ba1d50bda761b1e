//! Whatever happens is drawn from a seed, so that it can happen again.

use std::cell::RefCell;

use fastrand::Rng;

/// The choices of one schedule.
pub struct Choices(RefCell<Rng>);

impl Choices {
    /// The same seed makes the same choices.
    pub fn new(seed: u64) -> Self {
        Self(RefCell::new(Rng::with_seed(seed)))
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&self, end: u64) -> u64 {
        match end {
            0 => 0,
            _ => self.0.borrow_mut().u64(..end),
        }
    }

    /// An index of a list.
    pub fn index(&self, length: usize) -> usize {
        self.0.borrow_mut().usize(..length)
    }

    /// True as often as `chance` in a hundred says.
    pub fn percent(&self, chance: u32) -> bool {
        self.0.borrow_mut().u32(..100) < chance
    }

    /// One of these, each as likely as the others.
    pub fn one_of<T: Copy>(&self, all: &[T]) -> T {
        all[self.index(all.len())]
    }

    /// A number in `0..1`.
    pub fn fraction(&self) -> f64 {
        self.0.borrow_mut().f64()
    }
}
