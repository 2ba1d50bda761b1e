//! The world, by JavaScript: the global (or injected) `fetch`, the clock, timers, the `token`
//! option. Everything is looked up when it is used: workers forbid clocks and randomness while a
//! module is loaded, and tests replace globals later.

mod abort;
mod answer;
mod fetch;
pub(crate) mod js;
#[cfg(not(feature = "edge"))]
mod memory;
mod value;
mod wait;

use js_sys::{Date, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::core::host::{Given, Host, Reason};
use crate::core::provider::Place;
use crate::core::request::Request;
use abort::AbortOnDrop;
pub use answer::JsAnswer;
use js::Members;

/// The world around one client.
pub struct JsHost {
    /// The `fetch` option.
    pub fetch: Option<Function>,
    /// The `token` option: a callback, or the token itself.
    pub token: JsValue,
}

impl Host for JsHost {
    type Value = JsValue;
    type Answer = JsAnswer;

    fn now(&self) -> f64 {
        Date::now() / 1000.0
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    fn date(&self, text: &str) -> Option<f64> {
        let milliseconds = Date::parse(text);
        (!milliseconds.is_nan()).then_some(milliseconds / 1000.0)
    }

    /// Whatever has a `location` has an origin, so CORS applies to it: pages and their workers,
    /// but neither Node, Deno, Bun nor workerd. Only workerd has `WebSocketPair`.
    fn place(&self) -> Place {
        let global = js_sys::global();
        let has = |name| value::member(&global, name).is_some();
        match (has("location"), has("WebSocketPair")) {
            (true, _) => Place::Page,
            (_, true) => Place::Worker,
            _ => Place::Server,
        }
    }

    async fn sleep(&self, milliseconds: u32) {
        wait::sleep(milliseconds).await;
    }

    async fn aborted(&self, signal: &JsValue) -> JsValue {
        abort::aborted(signal.unchecked_ref()).await
    }

    async fn send(&self, request: &Request<JsValue>) -> Result<JsAnswer, JsValue> {
        fetch::send(self.fetch.as_ref(), request).await
    }

    async fn token(&self, reason: Reason) -> Result<Given<JsValue, JsAnswer>, JsValue> {
        let Some(callback) = self.token.dyn_ref::<Function>() else {
            return Ok(Given::Value(self.token.clone()));
        };
        let abort = AbortOnDrop::new()?;
        let context = Members::new();
        context.set_text("reason", reason.as_str());
        context.set("signal", &abort.signal());
        let given = callback.call1(&JsValue::UNDEFINED, &context)?;
        let given = JsFuture::from(Promise::resolve(&given)).await?;
        Ok(match JsAnswer::from_value(&given, abort) {
            Some(answer) => Given::Answer(answer),
            None => Given::Value(given),
        })
    }
}
