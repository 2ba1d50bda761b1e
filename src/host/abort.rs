//! Abort signals, both ways: ending what we began, and hearing that the caller wants an end.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

use super::wait::Callback;

/// Ends what its signal was given to, unless it is let go.
pub struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    pub fn new() -> Result<Self, JsValue> {
        AbortController::new().map(|controller| Self(Some(controller)))
    }

    pub fn signal(&self) -> JsValue {
        self.0
            .as_ref()
            .map_or(JsValue::UNDEFINED, |controller| controller.signal().into())
    }

    /// What the signal was given to has ended by itself, or belongs to somebody else now.
    pub fn let_go(mut self) {
        self.0 = None;
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// What has `addEventListener`: our own import, since signals of other realms and of
    /// libraries are fine too.
    type Target;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn add_event_listener(this: &Target, event: &str, listener: &Function);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn remove_event_listener(this: &Target, event: &str, listener: &Function);
}

/// Takes its listener off when it is dropped.
struct Listener<'a> {
    target: &'a Target,
    heard: Callback,
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        self.target
            .remove_event_listener("abort", &self.heard.function);
    }
}

/// Waits for a signal, and gives its reason.
pub async fn aborted(signal: &AbortSignal) -> JsValue {
    if !signal.aborted() {
        let target: &Target = signal.unchecked_ref();
        let heard = Callback::new();
        target.add_event_listener("abort", &heard.function);
        let mut listener = Listener { target, heard };
        listener.heard.called().await;
    }
    signal.reason()
}
