//! Work for JavaScript to wait for.
//!
//! wasm-bindgen-futures has an executor too, for every engine and with queues of its own: five times
//! the code. Here the engine's own queue of microtasks is the only one.

use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::gone;
use super::leaving;

type Work = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// Work, and the functions that settle its promise.
struct Task {
    work: Work,
    resolve: Function,
    reject: Function,
    /// At how many looks in a row it hadn't been polled since the last one.
    silent: u32,
}

/// Where a task lies. Its place is its name.
enum Place {
    Free,
    /// It is taken out while it is polled.
    Polled,
    Waiting(Task),
}

/// All of them, and which are free: of thousands none is looked for.
struct Places {
    all: Vec<Place>,
    free: Vec<usize>,
}

impl Places {
    fn put(&mut self, task: Task) -> usize {
        let place = Place::Waiting(task);
        match self.free.pop() {
            Some(free) => {
                self.all[free] = place;
                free
            }
            None => {
                self.all.push(place);
                self.all.len() - 1
            }
        }
    }

    /// Takes what waits at a place out, to poll it.
    fn take(&mut self, at: usize) -> Option<Task> {
        let place = self.all.get_mut(at)?;
        match std::mem::replace(place, Place::Polled) {
            Place::Waiting(task) => Some(task),
            other => {
                *place = other;
                None
            }
        }
    }

    /// Frees the place of what was taken out.
    fn leave(&mut self, at: usize) {
        self.all[at] = Place::Free;
        self.free.push(at);
    }
}

#[wasm_bindgen]
extern "C" {
    type Turn;
    #[wasm_bindgen(js_namespace = Promise, js_name = resolve)]
    fn turn(place: u32) -> Turn;
    #[wasm_bindgen(method)]
    fn then(this: &Turn, run: &Closure<dyn Fn(u32)>);
}

thread_local! {
    static PLACES: RefCell<Places> = const { RefCell::new(Places { all: Vec::new(), free: Vec::new() }) };
    static RUN: Closure<dyn Fn(u32)> = Closure::new(run);
}

/// A promise of what the work gives. It begins in a microtask.
pub fn promise(work: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    // One form of work for all, since each would bring the code that runs it.
    begin(Box::pin(work))
}

fn begin(work: Work) -> Promise {
    let work = match gone::requests_may_be() {
        true => {
            if gone::is_time_to_look() {
                leave_silent();
            }
            Box::pin(gone::beating(work))
        }
        false => work,
    };
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
    if let Some((resolve, reject)) = settle {
        let task = Task {
            work,
            resolve,
            reject,
            silent: 0,
        };
        wake(PLACES.with_borrow_mut(|places| places.put(task)));
    }
    promise
}

/// Drops tasks whose requests are gone.
fn leave_silent() {
    let mut left = Vec::new();
    PLACES.with_borrow_mut(|places| {
        for at in 0..places.all.len() {
            let Place::Waiting(task) = &mut places.all[at] else {
                continue;
            };
            task.silent += 1;
            if task.silent > gone::LOOKS {
                left.push(places.take(at));
                places.leave(at);
            }
        }
    });
    leaving::leave(left);
}

/// Polls what lies at a place in a microtask. Once too often does no harm.
fn wake(place: usize) {
    RUN.with(|run| turn(place as u32).then(run));
}

fn run(place: u32) {
    let place = place as usize;
    let Some(mut task) = PLACES.with_borrow_mut(|places| places.take(place)) else {
        return;
    };
    task.silent = 0;
    let waker = waker(place);
    match task.work.as_mut().poll(&mut Context::from_waker(&waker)) {
        Poll::Pending => {
            PLACES.with_borrow_mut(|places| places.all[place] = Place::Waiting(task));
        }
        Poll::Ready(result) => {
            let (settle, value) = match result {
                Ok(value) => (task.resolve, value),
                Err(value) => (task.reject, value),
            };
            drop(task.work);
            let _ = settle.call1(&JsValue::UNDEFINED, &value);
            PLACES.with_borrow_mut(|places| places.leave(place));
        }
    }
}

/// Wakes what lies at a place. It is nothing but a number, so nothing has to be counted or freed.
fn waker(place: usize) -> Waker {
    const TABLE: RawWakerVTable = RawWakerVTable::new(
        |place| RawWaker::new(place, &TABLE),
        |place| wake(place as usize),
        |place| wake(place as usize),
        |_| {},
    );
    // SAFETY: no function of the table follows the pointer.
    unsafe { Waker::new(place as *const (), &TABLE) }
}
