//! Abort signals, both ways: ending what we began, and hearing that the caller wants an end.

use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

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
    fn add_event_listener(this: &Target, event: &str, listener: &JsValue);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn remove_event_listener(this: &Target, event: &str, listener: &JsValue);
}

/// Takes its listener off when it is dropped.
struct Listener<'a> {
    target: &'a Target,
    closure: Closure<dyn FnMut()>,
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        self.target
            .remove_event_listener("abort", self.closure.as_ref());
    }
}

/// Waits for a signal, and gives its reason.
pub async fn aborted(signal: &AbortSignal) -> JsValue {
    if !signal.aborted() {
        let (heard, hears) = oneshot::channel();
        let mut heard = Some(heard);
        let closure = Closure::new(move || {
            if let Some(heard) = heard.take() {
                // Nobody waits for it any more where the call is over.
                let _ = heard.send(());
            }
        });
        let target: &Target = signal.unchecked_ref();
        target.add_event_listener("abort", closure.as_ref());
        let _listener = Listener { target, closure };
        if hears.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
    signal.reason()
}
