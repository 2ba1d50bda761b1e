//! Abort signals, both ways: ending what we began, and hearing that the caller wants an end.

use std::convert::identity;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::leaving::is_leaving;
use super::value::member;
use super::wait::Callback;

#[wasm_bindgen(raw_module = "../lib/handed-out.js")]
extern "C" {
    /// A signal that is aborted with both. It never gives nothing, but see `parse_json`.
    #[wasm_bindgen(catch)]
    fn joined(own: &JsValue, callers: &JsValue) -> Result<Option<JsValue>, JsValue>;
}

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

    /// The signal, joined with another one, which isn't let go. The platform sees to it, since it alone
    /// knows when a request has ended whose body others read.
    pub fn signal_and(&self, other: Option<&JsValue>) -> JsValue {
        let own = self.signal();
        let joined = other.and_then(|other| joined(&own, other).ok()?);
        // Older platforms can't, and none with a signal that isn't its own.
        joined.unwrap_or(own)
    }

    /// What the signal was given to has ended by itself, or belongs to somebody else now.
    pub fn let_go(mut self) {
        self.0 = None;
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = self.0.as_ref().filter(|_| !is_leaving()) {
            controller.abort();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    type Aborted;
    #[wasm_bindgen(constructor, js_class = "DOMException", catch)]
    fn new(message: &str, name: &str) -> Result<Aborted, JsValue>;

    /// What has `addEventListener`: our own import, since signals and sockets of other realms and of
    /// libraries are fine too.
    pub type Target;
    #[wasm_bindgen(method, structural, js_name = addEventListener, catch)]
    pub fn add(this: &Target, event: &str, listener: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, js_name = removeEventListener, catch)]
    pub fn remove(this: &Target, event: &str, listener: &JsValue) -> Result<(), JsValue>;
}

/// Takes its listener off when it is dropped.
struct Listener<'a> {
    target: &'a Target,
    heard: Callback,
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        if is_leaving() {
            return;
        }
        // A signal that can't take a listener off has none that matters.
        let _ = self.target.remove("abort", &self.heard.function);
    }
}

/// Waits for a signal, and gives its reason. One that throws when it is listened to ends the call
/// with what it throws.
pub async fn aborted(signal: &JsValue) -> JsValue {
    if member(signal, "aborted").is_none_or(|aborted| aborted == false) {
        let target: &Target = signal.unchecked_ref();
        let heard = Callback::new();
        if let Err(thrown) = target.add("abort", &heard.function) {
            return thrown;
        }
        let mut listener = Listener { target, heard };
        listener.heard.called().await;
    }
    let reason = Reflect::get(signal, &"reason".into()).unwrap_or_default();
    match reason.is_undefined() {
        // Signals have had reasons since 2022.
        true => Aborted::new("the signal was aborted", "AbortError")
            .map_or_else(identity, JsValue::from),
        false => reason,
    }
}
