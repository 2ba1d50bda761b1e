//! The client.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::error::{rejection, to_js};
use super::{call, options};
use crate::core::answer::Outcome;
use crate::core::client;
use crate::host::JsHost;
use crate::host::js::Members;

/// A client of one service, for one player or one app.
#[wasm_bindgen(skip_typescript)]
pub struct Client {
    inner: Rc<client::Client<JsHost>>,
}

#[wasm_bindgen]
impl Client {
    /// From the options of `createClient`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Client, JsValue> {
        let (host, settings) = options::read(options).map_err(to_js)?;
        let inner = client::Client::new(host, settings);
        Ok(Self { inner })
    }

    /// Makes a call and gives its answer.
    pub fn request(
        &self,
        method: &JsValue,
        route: &JsValue,
        body: &JsValue,
        options: &JsValue,
    ) -> Promise {
        let call = call::read(method, route, body, options);
        let client = Rc::clone(&self.inner);
        future_to_promise(async move {
            let wanted = call.map_err(to_js)?;
            let full = wanted.full;
            let outcome = crate::core::call::call(&client, wanted).await;
            let outcome = outcome.map_err(rejection)?;
            match full {
                true => Ok(describe(outcome)),
                false => Ok(outcome.data),
            }
        })
    }

    /// The claims of the token at hand, or undefined.
    pub fn claims(&self) -> JsValue {
        self.inner.claims().unwrap_or_default()
    }
}

fn describe(outcome: Outcome<JsValue>) -> JsValue {
    let described = Members::new();
    described.set("status", &outcome.status.into());
    described.set("headers", &outcome.headers.unwrap_or_default());
    described.set("data", &outcome.data);
    described.set("requestId", &outcome.request_id.into());
    described.into()
}
