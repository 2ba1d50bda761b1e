//! Requests of an edge worker that are gone.
//!
//! What a request began stands still when its client goes away, or when it answers early: none of
//! its timers fires any more, and nothing tells. What its tasks hold would stay in memory for ever.
//! So tasks show signs of life, and those that show none for long are dropped.
//!
//! In the edge's wasm alone: a page has no such requests, and shouldn't load this.

use std::cell::Cell;
use std::convert::Infallible;
use std::pin::pin;

use futures_util::future::{Either, select};
use js_sys::Date;

use super::{place, wait};
use crate::core::provider::Place;

/// Milliseconds between two signs of life.
const BEAT: u32 = 5_000;
/// Milliseconds between two looks, at least.
const LOOK: f64 = 20_000.0;
/// Looks in a row at which a task may have shown no sign of life. The whole isolate may have stood
/// still before any of them, a Durable Object for half a minute.
pub const LOOKS: u32 = 4;

thread_local! {
    static LOOKED: Cell<f64> = const { Cell::new(0.0) };
}

/// Whether requests come and go here.
pub fn requests_may_be() -> bool {
    cfg!(feature = "edge") && place() == Place::Worker
}

/// Whether the last look is long enough ago.
pub fn is_time_to_look() -> bool {
    let now = Date::now();
    let looked = LOOKED.get();
    let is_time = now < looked || looked + LOOK <= now;
    if is_time {
        LOOKED.set(now);
    }
    is_time
}

/// The work, which is polled now and then, whatever it waits for.
pub async fn beating<T>(work: impl Future<Output = T> + Unpin) -> T {
    match select(work, pin!(beats())).await {
        Either::Left((done, _)) => done,
        Either::Right((never, _)) => match never {},
    }
}

async fn beats() -> Infallible {
    loop {
        wait::sleep(BEAT).await;
    }
}
