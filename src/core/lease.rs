//! Work of which many want the outcome, where nobody may wait for another's work.
//!
//! In an edge worker, what one request began can end with it, and whoever waits for it waits for
//! ever. So requests share data alone: that somebody is at work, and what came of it. Each waits by
//! its own timer, and takes over from one who has been gone for too long.

use std::cell::{Cell, RefCell};

use crate::core::host::Host;

/// Seconds for which nobody else begins.
const LEASE: f64 = 2.0;
/// Milliseconds between two looks.
const POLL: u32 = 20;

/// Who is at work, and what came of it last.
pub struct Lease<T> {
    /// Unix time in seconds until which somebody is at work.
    until: Cell<f64>,
    ended: Cell<u64>,
    outcome: RefCell<Option<T>>,
}

impl<T> Default for Lease<T> {
    /// Nobody's.
    fn default() -> Self {
        Self {
            until: Cell::new(0.0),
            ended: Cell::new(0),
            outcome: RefCell::new(None),
        }
    }
}

impl<T: Clone> Lease<T> {
    /// Does the work, or gives what came of it where somebody else is at it.
    pub async fn run<H: Host>(&self, host: &H, work: impl Future<Output = T>) -> T {
        let ended = self.ended.get();
        while self.is_taken(host.now()) {
            host.sleep(POLL).await;
            if self.ended.get() != ended
                && let Some(outcome) = &*self.outcome.borrow()
            {
                return outcome.clone();
            }
        }
        let taken = self.take(host.now() + LEASE);
        let outcome = work.await;
        *self.outcome.borrow_mut() = Some(outcome.clone());
        self.ended.set(self.ended.get() + 1);
        drop(taken);
        outcome
    }

    /// Whether somebody is at work. A lease that ends later than one taken right now is of a clock
    /// that was set back since.
    fn is_taken(&self, now: f64) -> bool {
        let until = self.until.get();
        now < until && until <= now + LEASE
    }

    fn take(&self, until: f64) -> Taken<'_> {
        self.until.set(until);
        Taken {
            lease: &self.until,
            until,
        }
    }
}

/// Gives the lease back, unless somebody else has taken it over.
struct Taken<'a> {
    lease: &'a Cell<f64>,
    until: f64,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if self.lease.get() == self.until {
            self.lease.set(0.0);
        }
    }
}
