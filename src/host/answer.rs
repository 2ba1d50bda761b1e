//! An answer: a `Response` whose body is read once.

use gloo_net::http::Headers;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Response;

use super::abort::AbortOnDrop;
use super::js::parse_json;
use super::settled;
use super::value::member;
use crate::core::host::{Answer, Unreadable};
use crate::core::request::As;

#[wasm_bindgen]
extern "C" {
    type Lookup;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &Lookup, name: &str) -> Result<Option<String>, JsValue>;
}

/// The head of an answer, and the right to end it.
pub struct JsAnswer {
    response: Response,
    abort: AbortOnDrop,
    /// Whether a hook gave it in place of what was answered.
    is_given: bool,
}

impl JsAnswer {
    /// From what `fetch` or a callback gave; the right to end it back where it isn't a `Response`.
    /// Responses of other realms and of libraries are fine.
    pub fn from_value(value: &JsValue, abort: AbortOnDrop) -> Result<Self, AbortOnDrop> {
        if !is_response(value) {
            return Err(abort);
        }
        Ok(Self {
            response: value.clone().unchecked_into(),
            abort,
            is_given: false,
        })
    }

    /// A `Response` for others to read, which tells neither the address nor the token in it.
    pub fn copy(&self) -> Result<JsValue, JsValue> {
        match self.response.status() {
            // What a caller's own `fetch` gives may be less than a `Response`.
            _ if member(&self.response, "clone").is_none() => Ok(JsValue::clone(&self.response)),
            // A redirect that the host hides.
            0 => Ok(Response::error().into()),
            _ => without_address(&self.response.clone()?),
        }
    }

    /// Another answer in place of this one, if that is what was given.
    pub fn replaced_by(self, given: &JsValue) -> Self {
        match is_response(given) {
            true => Self {
                response: given.clone().unchecked_into(),
                abort: self.abort,
                is_given: true,
            },
            false => self,
        }
    }

    /// Waits for a body. gloo-net's own readers panic where a stream fails with something that
    /// isn't an `Error`, as `abort("text")` makes it.
    async fn body(
        self,
        begin: fn(&Response) -> Result<Promise, JsValue>,
    ) -> Result<JsValue, JsValue> {
        // What a caller's own `fetch` gives may answer at once.
        let body = settled(&begin(&self.response)?.into()).await?;
        // One that was given may have been read from what was answered, and what is left of that is
        // wanted by nobody now.
        if !self.is_given {
            self.abort.let_go();
        }
        Ok(body)
    }

    fn into_response(self) -> Result<JsValue, JsValue> {
        let plain = without_address(&self.response)?;
        self.abort.let_go();
        Ok(plain)
    }
}

fn is_response(value: &JsValue) -> bool {
    let has_status = member(value, "status").is_some_and(|status| status.as_f64().is_some());
    has_status && member(value, "text").is_some_and(|text| text.is_function())
}

/// The same `Response` under no address.
fn without_address(response: &Response) -> Result<JsValue, JsValue> {
    // It has all members of a `ResponseInit`.
    let init = response.unchecked_ref();
    let body = response.body();
    let plain = Response::new_with_opt_readable_stream_and_init(body.as_ref(), init)?;
    Ok(plain.into())
}

impl Answer for JsAnswer {
    type Value = JsValue;

    fn status(&self) -> u16 {
        self.response.status()
    }

    fn header(&self, name: &str) -> Option<String> {
        // What a caller's own `fetch` gives may have none, or others.
        match member(&self.response, "headers")?.dyn_into() {
            Ok(headers) => Headers::from_raw(headers).get(name),
            Err(others) => others.unchecked_ref::<Lookup>().get(name).ok().flatten(),
        }
    }

    fn headers(&self) -> JsValue {
        member(&self.response, "headers").unwrap_or_default()
    }

    async fn text(self) -> Result<String, JsValue> {
        let text = self.body(Response::text).await?;
        Ok(text.as_string().unwrap_or_default())
    }

    async fn read(self, form: As) -> Result<JsValue, Unreadable<JsValue>> {
        let begin = match form {
            As::Json | As::Text => Response::text,
            As::Bytes => Response::array_buffer,
            As::Blob => Response::blob,
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
