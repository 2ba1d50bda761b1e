//! The way to other tabs: `lib/tabs.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::abort::AbortOnDrop;
use super::settled;

#[wasm_bindgen]
extern "C" {
    /// A lock that all tabs have in common, and what they tell each other.
    pub type Tabs;
    /// Whether there is a lock of that name, which is held until the signal is aborted.
    #[wasm_bindgen(method, structural)]
    fn lock(this: &Tabs, name: &str, signal: &JsValue) -> Promise;
    /// Tells the other tabs.
    #[wasm_bindgen(method, structural)]
    pub fn tell(this: &Tabs, key: &str, told: &str);
}

/// Waits for a lock. Dropping what it gives lets the lock go; dropping the future leaves the queue.
pub async fn lock(tabs: &Tabs, name: &str) -> Option<AbortOnDrop> {
    let abort = AbortOnDrop::new().ok()?;
    let held = settled(&tabs.lock(name, &abort.signal()).into()).await;
    held.is_ok_and(|held| held == true).then_some(abort)
}
