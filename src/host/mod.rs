//! The world, by JavaScript: the global (or injected) `fetch`, the clock, timers, the `token`
//! option. Everything is looked up when it is used: workers forbid clocks and randomness while a
//! module is loaded, and tests replace globals later.

mod abort;
mod answer;
#[cfg(feature = "edge")]
mod app;
#[cfg(feature = "edge")]
pub(crate) mod body;
pub(crate) mod error;
mod events;
mod fetch;
mod gone;
mod hooks;
pub(crate) mod js;
mod leaving;
#[cfg(not(feature = "edge"))]
mod memory;
mod page;
pub(crate) mod run;
mod socket;
pub(crate) mod storage;
mod tabs;
mod token;
mod tree;
mod value;
mod wait;

use js_sys::{Date, Function};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::core::error::{Error, Failure};
use crate::core::event::Event;
use crate::core::host::{Given, Host, Need, Try, Work};
use crate::core::provider::Place;
use crate::core::request::Request;
use crate::core::storage::Storage;
use crate::core::text::concat;
use crate::core::told::Told;
use abort::AbortOnDrop;
pub use answer::{JsAnswer, Lookup};
pub use hooks::Hooks;
pub use page::Parts;
pub use socket::{FeedPort, JsWorld};
pub use tabs::Tabs;
pub use token::Tokens;
pub(crate) use value::read;

/// The world around one client.
pub struct JsHost {
    /// The `fetch` option.
    pub fetch: Option<Function>,
    /// Where tokens come from.
    pub token: Tokens,
    /// The `storage` option, or undefined.
    pub storage: JsValue,
    /// The `hooks` option.
    pub hooks: Hooks,
    /// What signing in takes from a page.
    pub page: Parts,
    /// Hands events on: `(type, event)`.
    pub emit: Function,
    /// The way to other tabs, in a page.
    pub tabs: Option<Tabs>,
}

impl Host for JsHost {
    type Value = JsValue;
    type Answer = JsAnswer;
    type Lock = AbortOnDrop;

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

    fn place(&self) -> Place {
        place()
    }

    async fn sleep(&self, milliseconds: u32) {
        wait::sleep(milliseconds).await;
    }

    fn spawn(&self, work: Work) {
        // Nobody looks at the promise.
        drop(run::promise(async {
            work.await;
            Ok(JsValue::UNDEFINED)
        }));
    }

    async fn aborted(&self, signal: &JsValue) -> JsValue {
        abort::aborted(signal).await
    }

    async fn send(&self, request: &Request<JsValue>) -> Result<JsAnswer, JsValue> {
        fetch::send(self.fetch.as_ref(), request).await
    }

    async fn token(&self, need: Need<'_>) -> Result<Given<JsValue, JsAnswer>, Failure<JsValue>> {
        match &self.token {
            Tokens::Option(option) => token::ask(option, need).await.map_err(Failure::Thrown),
            #[cfg(feature = "edge")]
            Tokens::App { app, broker } => Ok(app::ask(self, app, broker.as_ref(), need).await?),
        }
    }

    async fn before_request(
        &self,
        one: &Try,
        headers: &mut Vec<(String, String)>,
    ) -> Result<(), Failure<JsValue>> {
        match &self.hooks.before_request {
            Some(hook) => hooks::before_request(hook, one, headers).await,
            None => Ok(()),
        }
    }

    async fn after_response(
        &self,
        one: &Try,
        answer: JsAnswer,
    ) -> Result<JsAnswer, Failure<JsValue>> {
        match &self.hooks.after_response {
            Some(hook) => hooks::after_response(hook, one, answer).await,
            None => Ok(answer),
        }
    }

    async fn before_retry(
        &self,
        error: &Error<JsValue>,
        retry: u32,
        delay: u32,
    ) -> Result<bool, Failure<JsValue>> {
        match &self.hooks.before_retry {
            Some(hook) => hooks::before_retry(hook, error, retry, delay).await,
            None => Ok(true),
        }
    }

    fn emit(&self, event: Event<JsValue>) {
        events::emit(&self.emit, event);
    }

    async fn digest(&self, text: &str) -> Result<String, JsValue> {
        storage::digest(text).await
    }

    async fn storage(&self, key: &str, what: Storage<'_>) -> Result<Option<JsValue>, JsValue> {
        storage::ask(&self.storage, key, what).await
    }

    async fn lock(&self, name: &str) -> Option<AbortOnDrop> {
        tabs::lock(self.tabs.as_ref()?, name).await
    }

    fn common(&self, name: &str) -> Option<String> {
        page::load(&self.page.common, &in_common(name)).ok()?
    }

    fn set_common(&self, name: &str, text: &str) {
        // Where the platform keeps nothing, tabs have nothing else in common, either.
        let _ = page::store(&self.page.common, &in_common(name), text);
    }

    fn tell(&self, key: &str, told: Told) {
        if let Some(tabs) = &self.tabs {
            tabs.tell(key, told.as_str());
        }
    }
}

/// The key of a text that all tabs see.
fn in_common(name: &str) -> String {
    concat(&["playoff-wasm:", name])
}

/// Whatever has a `location` has an origin, so CORS applies to it: pages and their workers, but
/// neither Node, Deno, Bun nor workerd. Only workerd has `WebSocketPair`.
fn place() -> Place {
    let global = js::global_object();
    let has = |name| value::member(&global, name).is_some();
    match (has("location"), has("WebSocketPair")) {
        (true, _) => Place::Page,
        (_, true) => Place::Worker,
        _ => Place::Server,
    }
}

/// Waits for what a callback gave, a promise or not.
pub(crate) async fn settled(given: &JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(js::resolved(given)).await
}
