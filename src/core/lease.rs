//! Work of which many want the outcome, where nobody may wait for another's work.
//!
//! In an edge worker, what one request began can end with it, and whoever waits for it waits for
//! ever. So requests share data alone: that somebody is at work, and what came of it. Each waits by
//! its own timer, and takes over from one who shows no sign of life.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::pin::pin;

use futures_util::future::{Either, select};

use crate::core::host::Host;

/// Seconds without a sign of life for which nobody else begins.
const LEASE: f64 = 2.0;
/// Milliseconds between two signs of life.
const BEAT: u32 = 500;
/// Milliseconds between two looks.
const POLL: u32 = 20;

/// Who is at work, and what came of it last.
pub struct Lease<T> {
    /// Unix time in seconds until which somebody is at work.
    until: Cell<f64>,
    /// Who took it last.
    holder: Cell<u32>,
    ended: Cell<u64>,
    outcome: RefCell<Option<T>>,
}

impl<T> Default for Lease<T> {
    /// Nobody's.
    fn default() -> Self {
        Self {
            until: Cell::new(0.0),
            holder: Cell::new(0),
            ended: Cell::new(0),
            outcome: RefCell::new(None),
        }
    }
}

impl<T: Clone> Lease<T> {
    /// Does the work, or gives what came of it where somebody else is at it.
    pub async fn run<H: Host>(&self, host: &H, work: impl Future<Output = T>) -> T {
        let ended = self.ended.get();
        let mut silent = false;
        while self.is_taken(host.now(), &mut silent) {
            host.sleep(POLL).await;
            if self.ended.get() != ended
                && let Some(outcome) = &*self.outcome.borrow()
            {
                return outcome.clone();
            }
        }
        let taken = self.take(host.now());
        let Either::Left((outcome, _)) = select(pin!(work), pin!(taken.hold(host))).await;
        *self.outcome.borrow_mut() = Some(outcome.clone());
        self.ended.set(self.ended.get() + 1);
        drop(taken);
        outcome
    }

    /// Whether somebody is at work. A lease that ends later than one taken right now is of a clock
    /// that was set back since. Where everything stood still for a while, whoever is at work was
    /// `silent` too: they get the chance to show that they are there.
    fn is_taken(&self, now: f64, silent: &mut bool) -> bool {
        let until = self.until.get();
        let in_time = now < until && until <= now + LEASE;
        let is_first_doubt = until > 0.0 && !*silent;
        *silent = !in_time;
        in_time || is_first_doubt
    }

    fn take(&self, now: f64) -> Taken<'_, T> {
        let holder = self.holder.get().wrapping_add(1);
        self.holder.set(holder);
        self.until.set(now + LEASE);
        Taken {
            lease: self,
            holder,
        }
    }
}

/// Gives the lease back when it is dropped, unless somebody else has taken it over.
struct Taken<'a, T> {
    lease: &'a Lease<T>,
    holder: u32,
}

impl<T> Taken<'_, T> {
    fn is_held(&self) -> bool {
        self.lease.holder.get() == self.holder
    }

    /// Shows signs of life: slow work is not taken over, work that stands still is.
    async fn hold<H: Host>(&self, host: &H) -> std::convert::Infallible {
        loop {
            host.sleep(BEAT).await;
            if !self.is_held() {
                return pending().await;
            }
            self.lease.until.set(host.now() + LEASE);
        }
    }
}

impl<T> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        if self.is_held() {
            self.lease.until.set(0.0);
        }
    }
}
