//! The page around a client.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::abort::AbortOnDrop;
use super::js::{Members, global_object};
use super::storage::Methods;
use super::value::member;
use super::{JsAnswer, JsHost, settled, token};
use crate::core::grant::Code;
use crate::core::host::Given;
use crate::core::login::flights::Flights;
use crate::core::login::page::{Page, Unkept};

/// The name under which begun sign-ins are kept.
const SLOTS: &str = "playoff-wasm:logins";
/// The member that holds the text: storages take objects.
const TEXT: &str = "kept";

/// What signing in takes from a page.
#[derive(Default)]
pub struct Parts {
    /// The `login.storage` option, or what stands for it.
    pub slots: JsValue,
    /// What all tabs of the origin share.
    pub common: JsValue,
    /// A storage that lasts as long as the page.
    pub memory: JsValue,
    /// The `login.exchange` function.
    pub exchange: Option<Function>,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = URL)]
    type Url;
    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(address: &str, base: &str) -> Result<Url, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn href(this: &Url) -> String;

    #[wasm_bindgen(js_namespace = location, js_name = assign, catch)]
    fn go(address: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(state: &JsValue, unused: &str, address: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn fill_with_random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

thread_local! {
    static FLIGHTS: Rc<Flights<JsValue>> = Rc::default();
}

impl Page for JsHost {
    fn address(&self) -> Option<String> {
        let global = global_object();
        member(&global, "document")?;
        member(&member(&global, "location")?, "href")?.as_string()
    }

    fn resolve(&self, address: &str, base: &str) -> Option<String> {
        Url::new(address, base).ok().map(|url| url.href())
    }

    fn replace_address(&self, address: &str) {
        let history = member(&global_object(), "history");
        let state = history.and_then(|history| member(&history, "state"));
        // A browser may find that there were too many of these. The code is marked as used anyway.
        let _ = replace_state(&state.unwrap_or(JsValue::NULL), "", address);
    }

    fn leave(&self, address: &str) -> Result<(), JsValue> {
        go(address)
    }

    fn secret_bytes(&self) -> Option<[u8; 32]> {
        let mut bytes = [0; 32];
        fill_with_random_values(&mut bytes).ok()?;
        Some(bytes)
    }

    fn kept(&self) -> Result<Option<String>, Unkept<JsValue>> {
        load(&self.page.slots, SLOTS)
    }

    fn keep(&self, text: &str) -> Result<(), Unkept<JsValue>> {
        store(&self.page.slots, SLOTS, text)
    }

    async fn exchange(&self, code: &Code) -> Result<Given<JsValue, JsAnswer>, JsValue> {
        let abort = AbortOnDrop::new()?;
        let given = Members::new();
        given.set_text("code", code.code.expose());
        given.set_text("codeVerifier", code.verifier.expose());
        given.set_text("redirectUri", &code.redirect_uri);
        given.set("signal", &abort.signal());
        let Some(function) = &self.page.exchange else {
            return Err(JsValue::UNDEFINED);
        };
        let given = settled(&function.call1(&JsValue::UNDEFINED, &given)?).await?;
        Ok(token::read(given, abort))
    }

    fn flights(&self) -> Rc<Flights<JsValue>> {
        FLIGHTS.with(Rc::clone)
    }
}

/// A text that was kept under a key.
pub fn load(storage: &JsValue, key: &str) -> Result<Option<String>, Unkept<JsValue>> {
    let storage: &Methods = storage.unchecked_ref();
    let held = at_once(storage.load(key))?;
    Ok(member(&held, TEXT).and_then(|text| text.as_string()))
}

/// Keeps a text under a key; an empty one isn't there.
pub fn store(storage: &JsValue, key: &str, text: &str) -> Result<(), Unkept<JsValue>> {
    let storage: &Methods = storage.unchecked_ref();
    let done = match text {
        "" => storage.remove(key),
        text => {
            let kept = Members::new();
            kept.set_text(TEXT, text);
            storage.store(key, &kept)
        }
    };
    at_once(done).map(drop)
}

/// What a storage gave, unless it wants to be waited for.
fn at_once(given: Result<JsValue, JsValue>) -> Result<JsValue, Unkept<JsValue>> {
    let given = given.map_err(Unkept::Thrown)?;
    match member(&given, "then") {
        Some(_) => Err(Unkept::Promise),
        None => Ok(given),
    }
}
