//! Work for which many wait.
//!
//! `futures_util`'s own serves many threads too, which takes three times the code.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

type Work<T> = Pin<Box<dyn Future<Output = T>>>;

struct State<T> {
    /// Out while it is polled, and gone once it is done.
    work: Cell<Option<Work<T>>>,
    result: RefCell<Option<T>>,
    waiting: RefCell<Vec<Waker>>,
}

/// One of those who wait. Whoever is woken moves the work on; when the last one is dropped, the
/// work is dropped too.
pub struct Shared<T>(Rc<State<T>>);

/// A hold on the work that doesn't keep it alive.
pub struct WeakShared<T>(Weak<State<T>>);

impl<T> Shared<T> {
    /// Takes the work over; it begins when somebody waits.
    pub fn new(work: impl Future<Output = T> + 'static) -> Self {
        Self(Rc::new(State {
            work: Cell::new(Some(Box::pin(work))),
            result: RefCell::new(None),
            waiting: RefCell::new(Vec::new()),
        }))
    }

    /// For those who may come later.
    pub fn downgrade(&self) -> WeakShared<T> {
        WeakShared(Rc::downgrade(&self.0))
    }

    fn wake_all(&self) {
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }
}

impl<T> WeakShared<T> {
    /// Joins those who wait, if there are any and the work isn't done.
    pub fn join(&self) -> Option<Shared<T>> {
        let state = self.0.upgrade()?;
        let done = state.result.borrow().is_some();
        (!done).then_some(Shared(state))
    }
}

impl<T: Clone> Future for Shared<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let state = &self.0;
        if let Some(mut work) = state.work.take() {
            match work.as_mut().poll(context) {
                Poll::Pending => state.work.set(Some(work)),
                Poll::Ready(result) => {
                    *state.result.borrow_mut() = Some(result);
                    self.wake_all();
                }
            }
        }
        if let Some(result) = &*state.result.borrow() {
            return Poll::Ready(result.clone());
        }
        let mut waiting = state.waiting.borrow_mut();
        if !waiting.iter().any(|known| known.will_wake(context.waker())) {
            waiting.push(context.waker().clone());
        }
        Poll::Pending
    }
}

impl<T> Drop for Shared<T> {
    /// The work wakes whoever polled it last. Should that have been this one, another one must
    /// poll it.
    fn drop(&mut self) {
        self.wake_all();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use futures_executor::LocalPool;
    use futures_util::future::{Either, select};
    use futures_util::task::LocalSpawnExt;

    use super::*;

    /// Work that ends when it is told to, and tells when it is dropped.
    struct World {
        work: Shared<u8>,
        end: Rc<Cell<Option<u8>>>,
        waker: Rc<RefCell<Option<Waker>>>,
        alive: Weak<()>,
    }

    fn world() -> World {
        let end = Rc::new(Cell::new(None));
        let waker = Rc::new(RefCell::new(None));
        let life = Rc::new(());
        let alive = Rc::downgrade(&life);
        let (ends, wakes) = (Rc::clone(&end), Rc::clone(&waker));
        let work = Shared::new(poll_fn(move |context| {
            let _alive = &life;
            *wakes.borrow_mut() = Some(context.waker().clone());
            match ends.get() {
                Some(result) => Poll::Ready(result),
                None => Poll::Pending,
            }
        }));
        World {
            work,
            end,
            waker,
            alive,
        }
    }

    fn end(world: &World, result: u8) {
        world.end.set(Some(result));
        world.waker.take().expect("it was polled").wake();
    }

    #[test]
    fn all_who_wait_get_the_result() {
        let world = world();
        let mut pool = LocalPool::new();
        let got = Rc::new(RefCell::new(Vec::new()));
        for _ in 0..3 {
            let (one, got) = (world.work.downgrade().join().unwrap(), Rc::clone(&got));
            let wait = async move {
                let result = one.await;
                got.borrow_mut().push(result);
            };
            pool.spawner().spawn_local(wait).unwrap();
        }
        pool.run_until_stalled();
        assert!(got.borrow().is_empty());
        end(&world, 7);
        pool.run_until_stalled();
        assert_eq!(*got.borrow(), [7, 7, 7]);
        assert!(world.work.downgrade().join().is_none());
    }

    #[test]
    fn those_who_leave_take_nothing_with_them() {
        let world = world();
        let mut pool = LocalPool::new();
        let got = Rc::new(Cell::new(0));
        let (stays, leaves) = (
            world.work.downgrade().join().unwrap(),
            world.work.downgrade().join().unwrap(),
        );
        let seen = Rc::clone(&got);
        let wait = async move { seen.set(stays.await) };
        pool.spawner().spawn_local(wait).unwrap();
        pool.run_until_stalled();
        let (leave, left) = (Rc::new(Cell::new(false)), Rc::new(RefCell::new(None)));
        let (leaving, waker) = (Rc::clone(&leave), Rc::clone(&left));
        let gone = poll_fn(move |context: &mut Context<'_>| {
            *waker.borrow_mut() = Some(context.waker().clone());
            match leaving.get() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        });
        let wait = async move {
            assert!(matches!(select(leaves, gone).await, Either::Right(_)));
        };
        pool.spawner().spawn_local(wait).unwrap();
        pool.run_until_stalled();
        leave.set(true);
        left.take().expect("it was polled").wake();
        pool.run_until_stalled();
        end(&world, 9);
        pool.run_until_stalled();
        assert_eq!(got.get(), 9);
    }

    #[test]
    fn work_for_nobody_ends() {
        let World { work, alive, .. } = world();
        let weak = work.downgrade();
        assert!(alive.upgrade().is_some());
        drop(work);
        assert!(alive.upgrade().is_none());
        assert!(weak.join().is_none());
    }
}
