//! A change for which many may be waiting.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Wakes whoever waits for something to become true.
#[derive(Default)]
pub struct Bell {
    waiting: RefCell<Vec<(u32, Waker)>>,
    visits: Cell<u32>,
}

impl Bell {
    /// Something has changed: those who wait look again.
    pub fn ring(&self) {
        for (_, waker) in self.waiting.take() {
            waker.wake();
        }
    }

    /// Waits until `done` says so; it's asked whenever the bell rings.
    pub fn until<Done: Fn() -> bool + Unpin>(&self, done: Done) -> Until<'_, Done> {
        self.visits.set(self.visits.get().wrapping_add(1));
        Until {
            bell: self,
            visit: self.visits.get(),
            done,
        }
    }

    fn leave(&self, visit: u32) {
        self.waiting
            .borrow_mut()
            .retain(|(waiting, _)| *waiting != visit);
    }
}

/// One who waits.
pub struct Until<'a, Done> {
    bell: &'a Bell,
    visit: u32,
    done: Done,
}

impl<Done: Fn() -> bool + Unpin> Future for Until<'_, Done> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if (self.done)() {
            return Poll::Ready(());
        }
        self.bell.leave(self.visit);
        let waker = context.waker().clone();
        self.bell.waiting.borrow_mut().push((self.visit, waker));
        Poll::Pending
    }
}

impl<Done> Drop for Until<'_, Done> {
    /// Otherwise a client would hold a waker of every call that it ever made.
    fn drop(&mut self) {
        self.bell.leave(self.visit);
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
        assert!(bell.waiting.borrow().is_empty());
    }

    #[test]
    fn forgets_those_who_leave() {
        let bell = Bell::default();
        let mut wait = Box::pin(bell.until(|| false));
        let mut context = Context::from_waker(Waker::noop());
        assert!(wait.as_mut().poll(&mut context).is_pending());
        assert!(wait.as_mut().poll(&mut context).is_pending());
        assert_eq!(bell.waiting.borrow().len(), 1);
        drop(wait);
        assert!(bell.waiting.borrow().is_empty());
    }
}
