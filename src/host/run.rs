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

#[wasm_bindgen]
extern "C" {
    type Turn;
    #[wasm_bindgen(js_namespace = Promise, js_name = resolve)]
    fn turn(place: u32) -> Turn;
    #[wasm_bindgen(method)]
    fn then(this: &Turn, run: &Closure<dyn Fn(u32)>);
}

thread_local! {
    static PLACES: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
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
        wake(put(Task {
            work,
            resolve,
            reject,
            silent: 0,
        }));
    }
    promise
}

/// Drops tasks whose requests are gone.
fn leave_silent() {
    let leave = |place: &mut Place| match place {
        Place::Waiting(task) => {
            task.silent += 1;
            (task.silent > gone::LOOKS).then(|| std::mem::replace(place, Place::Free))
        }
        Place::Free | Place::Polled => None,
    };
    let left: Vec<Place> =
        PLACES.with_borrow_mut(|places| places.iter_mut().filter_map(leave).collect());
    leaving::leave(left);
}

fn put(task: Task) -> usize {
    PLACES.with_borrow_mut(|places| {
        let free = places.iter().position(|place| matches!(place, Place::Free));
        let place = free.unwrap_or(places.len());
        match free {
            Some(free) => places[free] = Place::Waiting(task),
            None => places.push(Place::Waiting(task)),
        }
        place
    })
}

/// Polls what lies at a place in a microtask. Once too often does no harm.
fn wake(place: usize) {
    RUN.with(|run| turn(place as u32).then(run));
}

fn run(place: u32) {
    let place = place as usize;
    let swap = |new| {
        PLACES.with_borrow_mut(|places| match places.get_mut(place) {
            Some(old) => std::mem::replace(old, new),
            None => Place::Free,
        })
    };
    let mut task = match swap(Place::Polled) {
        Place::Waiting(task) => task,
        other => {
            swap(other);
            return;
        }
    };
    task.silent = 0;
    let waker = waker(place);
    let next = match task.work.as_mut().poll(&mut Context::from_waker(&waker)) {
        Poll::Pending => Place::Waiting(task),
        Poll::Ready(result) => {
            let (settle, value) = match result {
                Ok(value) => (task.resolve, value),
                Err(value) => (task.reject, value),
            };
            drop(task.work);
            let _ = settle.call1(&JsValue::UNDEFINED, &value);
            Place::Free
        }
    };
    swap(next);
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
