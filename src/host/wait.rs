//! Waiting for what calls back once: a timer, an abort.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::leaving::is_leaving;

#[wasm_bindgen]
extern "C" {
    // In Node a timer is an object, in browsers a number.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// A function for JavaScript to call, and the wait until it does.
pub struct Callback {
    called: JsFuture,
    /// What JavaScript calls.
    pub function: Function,
}

impl Callback {
    pub fn new() -> Self {
        let mut function = JsValue::UNDEFINED;
        let promise = Promise::new(&mut |resolve, _| function = resolve.into());
        Self {
            called: promise.into(),
            function: function.unchecked_into(),
        }
    }

    /// Waits until JavaScript has called.
    pub async fn called(&mut self) {
        // It only ever resolves.
        let _ = (&mut self.called).await;
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        if is_leaving() {
            return;
        }
        // A promise that stays open would keep what waits for it in memory.
        let _ = self.function.call0(&JsValue::UNDEFINED);
    }
}

/// Ends a timer for which nobody waits any more.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        if !is_leaving() {
            clear_timeout(&self.0);
        }
    }
}

/// Waits for some time.
pub async fn sleep(milliseconds: u32) {
    let mut elapsed = Callback::new();
    let _timer = Timer(set_timeout(&elapsed.function, milliseconds));
    elapsed.called().await;
}
