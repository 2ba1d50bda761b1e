//! An answer: a `Response` whose body is read once.

use gloo_net::http::Response;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::abort::AbortOnDrop;
use super::js::parse_json;
use super::value::member;
use crate::core::host::{Answer, Unreadable};
use crate::core::request::As;

/// The head of an answer, and the right to end it.
pub struct JsAnswer {
    response: Response,
    abort: AbortOnDrop,
}

impl JsAnswer {
    /// From what `fetch` or a callback gave; `None` where it isn't a `Response`. Responses of
    /// other realms and of libraries are fine.
    pub fn from_value(value: &JsValue, abort: AbortOnDrop) -> Option<Self> {
        member(value, "status")?.as_f64()?;
        member(value, "text")?.dyn_ref::<js_sys::Function>()?;
        let response: web_sys::Response = value.clone().unchecked_into();
        Some(Self {
            response: response.into(),
            abort,
        })
    }

    /// Waits for a body. gloo-net's own readers panic where a stream fails with something that
    /// isn't an `Error`, as `abort("text")` makes it.
    async fn body(
        self,
        begin: fn(&web_sys::Response) -> Result<Promise, JsValue>,
    ) -> Result<JsValue, JsValue> {
        let body = JsFuture::from(begin(&self.response.into())?).await?;
        self.abort.let_go();
        Ok(body)
    }

    /// A `Response` that tells neither the address nor the token in it.
    fn into_response(self) -> Result<JsValue, JsValue> {
        let response: web_sys::Response = self.response.into();
        let body = response.body();
        // It has all members of a `ResponseInit`.
        let init = response.unchecked_ref();
        let plain = web_sys::Response::new_with_opt_readable_stream_and_init(body.as_ref(), init)?;
        self.abort.let_go();
        Ok(plain.into())
    }
}

impl Answer for JsAnswer {
    type Value = JsValue;

    fn status(&self) -> u16 {
        self.response.status()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name)
    }

    fn headers(&self) -> JsValue {
        self.response.headers().into_raw().into()
    }

    async fn text(self) -> Result<String, JsValue> {
        let text = self.body(web_sys::Response::text).await?;
        Ok(text.as_string().unwrap_or_default())
    }

    async fn read(self, form: As) -> Result<JsValue, Unreadable<JsValue>> {
        use web_sys::Response as Js;
        let begin = match form {
            As::Json | As::Text => Js::text,
            As::Bytes => Js::array_buffer,
            As::Blob => Js::blob,
            As::Response => return self.into_response().map_err(Unreadable::Lost),
        };
        let body = self.body(begin).await.map_err(Unreadable::Lost)?;
        match form {
            As::Json if body.is_falsy() => Ok(JsValue::NULL),
            As::Json => parse_json(&body).map_err(|_| Unreadable::NotJson),
            As::Bytes => Ok(Uint8Array::new(&body).into()),
            _ => Ok(body),
        }
    }
}
