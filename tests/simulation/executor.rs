//! Runs tasks in any order. A task is polled when it was woken, by the waker that it was given last,
//! and now and then for no reason.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use crate::choices::Choices;

type Work = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    /// The task that is being polled.
    static CURRENT: Cell<Option<(usize, Kind)>> = const { Cell::new(None) };
    /// One task that woke another, both of them requests.
    static CROSSED: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// Whose work a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A caller's. In an edge worker, each is a request of its own.
    Request,
    /// The world's.
    World,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Alive,
    Frozen,
    Done,
}

struct Task {
    kind: Kind,
    state: State,
    work: Option<Work>,
    woken: Arc<Woken>,
    waker: Waker,
}

/// What a task's latest waker sets.
struct Woken {
    task: usize,
    kind: Kind,
    set: AtomicBool,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if let Some((waking, Kind::Request)) = CURRENT.get()
            && self.kind == Kind::Request
            && waking != self.task
        {
            CROSSED.set(Some((waking, self.task)));
        }
        self.set.store(true, Ordering::Relaxed);
    }
}

/// The tasks of one schedule.
#[derive(Default)]
pub struct Executor {
    tasks: RefCell<Vec<Task>>,
    points: Cell<u64>,
}

impl Executor {
    /// No tasks yet.
    pub fn new() -> Self {
        CURRENT.set(None);
        CROSSED.set(None);
        Self::default()
    }

    /// Adds a task, which is ready.
    pub fn spawn(&self, kind: Kind, work: impl Future<Output = ()> + 'static) -> usize {
        let mut tasks = self.tasks.borrow_mut();
        let task = tasks.len();
        let (woken, waker) = waker(task, kind, true);
        tasks.push(Task {
            kind,
            state: State::Alive,
            work: Some(Box::pin(work)),
            woken,
            waker,
        });
        task
    }

    /// The task that is being polled.
    pub fn current() -> usize {
        CURRENT.get().map_or(usize::MAX, |(task, _)| task)
    }

    /// Polls so far: moments at which anything else could have happened in place of what did.
    pub fn points(&self) -> u64 {
        self.points.get()
    }

    /// One of the tasks that were woken.
    pub fn one_ready(&self, choices: &Choices) -> Option<usize> {
        let ready = |task: &Task| task.woken.set.load(Ordering::Relaxed);
        self.one(choices, ready)
    }

    /// One of the tasks that haven't ended.
    pub fn one_alive(&self, choices: &Choices) -> Option<usize> {
        self.one(choices, |_| true)
    }

    fn one(&self, choices: &Choices, which: impl Fn(&Task) -> bool) -> Option<usize> {
        let tasks = self.tasks.borrow();
        let found = || {
            let alive = |task: &Task| task.state == State::Alive && task.work.is_some();
            let all = tasks.iter().enumerate();
            all.filter(move |(_, task)| alive(task))
                .filter(|(_, task)| which(task))
        };
        match found().count() {
            0 => None,
            1 => found().next().map(|(index, _)| index),
            count => found().nth(choices.index(count)).map(|(index, _)| index),
        }
    }

    /// Polls a task, sometimes with another waker than before: the old one wakes nobody.
    pub fn poll(&self, task: usize, choices: &Choices) {
        let (mut work, waker, kind) = {
            let mut tasks = self.tasks.borrow_mut();
            let found = &mut tasks[task];
            let Some(work) = found.work.take() else {
                return;
            };
            found.woken.set.store(false, Ordering::Relaxed);
            if choices.percent(10) {
                (found.woken, found.waker) = waker(task, found.kind, false);
            }
            (work, found.waker.clone(), found.kind)
        };
        self.points.set(self.points.get() + 1);
        let outer = CURRENT.replace(Some((task, kind)));
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_ready() {
            // What it held may wake others, and that is its own doing.
            drop(work);
            self.tasks.borrow_mut()[task].state = State::Done;
        } else {
            self.tasks.borrow_mut()[task].work = Some(work);
        }
        CURRENT.set(outer);
    }

    /// A task is never polled again, and not dropped either: so ends what belongs to a request of
    /// an edge worker that has ended.
    pub fn freeze(&self, task: usize) {
        let mut tasks = self.tasks.borrow_mut();
        if tasks[task].state == State::Alive {
            tasks[task].state = State::Frozen;
        }
    }

    /// Whether a task was frozen.
    pub fn is_frozen(&self, task: usize) -> bool {
        let tasks = self.tasks.borrow();
        tasks
            .get(task)
            .is_some_and(|task| task.state == State::Frozen)
    }

    /// Two requests of which one woke the other.
    pub fn crossed(&self) -> Option<(usize, usize)> {
        CROSSED.take()
    }

    /// Drops all tasks.
    pub fn clear(&self) {
        let tasks = self.tasks.take();
        drop(tasks);
    }
}

fn waker(task: usize, kind: Kind, set: bool) -> (Arc<Woken>, Waker) {
    let set = AtomicBool::new(set);
    let woken = Arc::new(Woken { task, kind, set });
    (Arc::clone(&woken), Waker::from(woken))
}

/// Lets others go first.
pub async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
