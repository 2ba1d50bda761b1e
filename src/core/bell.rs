//! A change for which many may be waiting.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Wakes whoever waits for something to become true. Thousands may wait, so nobody is looked for.
#[derive(Default)]
pub struct Bell {
    waiting: RefCell<Waiting>,
    rings: Cell<u32>,
}

#[derive(Default)]
struct Waiting {
    seats: Vec<Option<Waker>>,
    free: Vec<usize>,
}

/// Where somebody waits, until the bell rings: it clears all seats.
#[derive(Clone, Copy)]
struct Seat {
    rings: u32,
    number: usize,
}

impl Bell {
    /// Something has changed: those who wait look again.
    pub fn ring(&self) {
        self.rings.set(self.rings.get().wrapping_add(1));
        for waker in self.waiting.take().seats.into_iter().flatten() {
            waker.wake();
        }
    }

    /// Waits until `done` says so; it's asked whenever the bell rings.
    pub fn until<Done: Fn() -> bool + Unpin>(&self, done: Done) -> Until<'_, Done> {
        Until {
            bell: self,
            seat: None,
            done,
        }
    }

    /// Takes that seat, or another one where it was cleared.
    fn sit(&self, seat: Option<Seat>, waker: Waker) -> Seat {
        let rings = self.rings.get();
        let mut waiting = self.waiting.borrow_mut();
        let own = seat.filter(|seat| seat.rings == rings);
        let number = match own.map(|seat| seat.number).or_else(|| waiting.free.pop()) {
            Some(number) => number,
            None => {
                waiting.seats.push(None);
                waiting.seats.len() - 1
            }
        };
        waiting.seats[number] = Some(waker);
        Seat { rings, number }
    }

    fn leave(&self, seat: Seat) {
        if seat.rings == self.rings.get() {
            let mut waiting = self.waiting.borrow_mut();
            waiting.seats[seat.number] = None;
            waiting.free.push(seat.number);
        }
    }
}

/// One who waits.
pub struct Until<'a, Done> {
    bell: &'a Bell,
    seat: Option<Seat>,
    done: Done,
}

impl<Done: Fn() -> bool + Unpin> Future for Until<'_, Done> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if (self.done)() {
            return Poll::Ready(());
        }
        let seat = self.bell.sit(self.seat, context.waker().clone());
        self.seat = Some(seat);
        Poll::Pending
    }
}

impl<Done> Drop for Until<'_, Done> {
    /// Otherwise a client would hold a waker of every call that it ever made.
    fn drop(&mut self) {
        if let Some(seat) = self.seat {
            self.bell.leave(seat);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use futures_executor::LocalPool;
    use futures_util::task::LocalSpawnExt;

    use super::*;

    #[test]
    fn wakes_those_whose_time_has_come() {
        let (bell, hour) = (Rc::new(Bell::default()), Rc::new(Cell::new(0)));
        let woken = Rc::new(RefCell::new(Vec::new()));
        let mut pool = LocalPool::new();
        for mine in [1, 2, 2] {
            let (bell, hour, woken) = (Rc::clone(&bell), Rc::clone(&hour), Rc::clone(&woken));
            let wait = async move {
                bell.until(|| hour.get() >= mine).await;
                woken.borrow_mut().push(mine);
            };
            pool.spawner().spawn_local(wait).unwrap();
        }
        for (now, expected) in [(0, vec![]), (1, vec![1]), (2, vec![1, 2, 2])] {
            hour.set(now);
            bell.ring();
            pool.run_until_stalled();
            assert_eq!(*woken.borrow(), expected);
        }
        assert!(bell.waiting.borrow().seats.is_empty());
    }

    #[test]
    fn forgets_those_who_leave() {
        let bell = Bell::default();
        let mut wait = Box::pin(bell.until(|| false));
        let mut context = Context::from_waker(Waker::noop());
        assert!(wait.as_mut().poll(&mut context).is_pending());
        assert!(wait.as_mut().poll(&mut context).is_pending());
        drop(wait);
        for _ in 0..3 {
            let mut other = Box::pin(bell.until(|| false));
            assert!(other.as_mut().poll(&mut context).is_pending());
            let waiting = bell.waiting.borrow();
            assert_eq!(waiting.seats.iter().flatten().count(), 1);
            assert_eq!(waiting.seats.len(), 1);
        }
        assert!(bell.waiting.borrow().seats.iter().all(Option::is_none));
    }

    #[test]
    fn who_sat_before_a_ring_takes_nobodys_seat() {
        let bell = Bell::default();
        let mut context = Context::from_waker(Waker::noop());
        let [mut early, mut late] = [0; 2].map(|_| Box::pin(bell.until(|| false)));
        assert!(early.as_mut().poll(&mut context).is_pending());
        bell.ring();
        assert!(late.as_mut().poll(&mut context).is_pending());
        drop(early);
        let waiting = bell.waiting.borrow();
        assert_eq!(waiting.seats.iter().flatten().count(), 1);
    }
}
