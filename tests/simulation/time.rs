//! Time that passes only when it is let, and a clock that somebody may set.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::choices::Choices;

/// Unix time in milliseconds at which every schedule begins.
pub const START: u64 = 1_800_000_000_000;

/// Milliseconds since the schedule began, what waits for them, and what the clock shows.
#[derive(Default)]
pub struct Time {
    now: Cell<u64>,
    wrong_by: Cell<i64>,
    jumps: Cell<u32>,
    timers: RefCell<Vec<Timer>>,
    names: Cell<u64>,
}

struct Timer {
    name: u64,
    due: u64,
    fired: bool,
    waker: Waker,
}

impl Time {
    /// Milliseconds that really passed.
    pub fn now(&self) -> u64 {
        self.now.get()
    }

    /// Unix time in seconds as it really is: what services go by.
    pub fn true_unix(&self) -> f64 {
        (START + self.now()) as f64 / 1000.0
    }

    /// Unix time in seconds as the client's clock shows it.
    pub fn shown_unix(&self) -> f64 {
        self.true_unix() + self.wrong_by.get() as f64 / 1000.0
    }

    /// Somebody sets the client's clock.
    pub fn jump(&self, milliseconds: i64) {
        self.wrong_by.set(self.wrong_by.get() + milliseconds);
        self.jumps.set(self.jumps.get() + 1);
    }

    /// How often the clock was set.
    pub fn jumps(&self) -> u32 {
        self.jumps.get()
    }

    /// Waits that long, or a little longer.
    pub fn sleep(&self, milliseconds: u64) -> Sleep<'_> {
        self.names.set(self.names.get() + 1);
        Sleep {
            time: self,
            name: self.names.get(),
            due: self.now() + milliseconds,
        }
    }

    /// Whether a timer is due that hasn't fired: timers may be late.
    pub fn has_late_timers(&self) -> bool {
        let timers = self.timers.borrow();
        timers
            .iter()
            .any(|timer| !timer.fired && timer.due <= self.now())
    }

    /// Lets time pass until a timer is due, and some of those that are due fire. False where
    /// nothing waits for time.
    pub fn pass(&self, choices: &Choices, hurry: bool) -> bool {
        let mut timers = self.timers.borrow_mut();
        let waiting = timers.iter().filter(|timer| !timer.fired);
        let Some(next) = waiting.map(|timer| timer.due).min() else {
            return false;
        };
        let late = match hurry && choices.percent(10) {
            true => choices.below(40),
            false => 0,
        };
        self.now.set(self.now().max(next) + late);
        let one_by_one = hurry && choices.percent(30);
        let mut due: Vec<_> = timers
            .iter_mut()
            .filter(|timer| !timer.fired && timer.due <= self.now())
            .collect();
        let first = choices.index(due.len());
        due.swap(0, first);
        let firing = if one_by_one { 1 } else { due.len() };
        for timer in due.into_iter().take(firing) {
            timer.fired = true;
            timer.waker.wake_by_ref();
        }
        true
    }
}

/// Waits for its time.
pub struct Sleep<'a> {
    time: &'a Time,
    name: u64,
    due: u64,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut timers = self.time.timers.borrow_mut();
        match timers.iter_mut().find(|timer| timer.name == self.name) {
            Some(timer) if timer.fired => return Poll::Ready(()),
            Some(timer) => timer.waker.clone_from(context.waker()),
            None => timers.push(Timer {
                name: self.name,
                due: self.due,
                fired: false,
                waker: context.waker().clone(),
            }),
        }
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        let mut timers = self.time.timers.borrow_mut();
        timers.retain(|timer| timer.name != self.name);
    }
}
