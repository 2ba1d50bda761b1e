//! An answer: a `Response` whose body is read once.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::Response;

use super::abort::AbortOnDrop;
use super::js::{bytes, parse_json};
use super::settled;
use super::value::member;
use crate::core::host::{Answer, Unreadable};
use crate::core::request::As;

#[wasm_bindgen]
extern "C" {
    /// `Headers`, or less.
    pub type Lookup;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &Lookup, name: &str) -> Result<Option<JsValue>, JsValue>;
}

#[wasm_bindgen(raw_module = "../lib/handed-out.js")]
extern "C" {
    /// The same `Response` under no address.
    #[wasm_bindgen(js_name = withoutAddress, catch)]
    fn without_address(response: &Response) -> Result<JsValue, JsValue>;
}

impl Lookup {
    /// One of them, if it is text.
    pub fn text(&self, name: &str) -> Result<Option<String>, JsValue> {
        Ok(self.get(name)?.and_then(|value| value.as_string()))
    }
}

/// The head of an answer, and the right to end it.
pub struct JsAnswer {
    response: Response,
    status: u16,
    abort: AbortOnDrop,
    /// Whether a hook gave it in place of what was answered.
    is_given: bool,
}

impl JsAnswer {
    /// From what `fetch` or a callback gave; the right to end it back where it isn't a `Response`.
    /// Responses of other realms and of libraries are fine.
    pub fn from_value(value: &JsValue, abort: AbortOnDrop) -> Result<Self, AbortOnDrop> {
        match status_of(value) {
            Some(status) => Ok(Self {
                response: value.clone().unchecked_into(),
                status,
                abort,
                is_given: false,
            }),
            None => Err(abort),
        }
    }

    /// A `Response` for others to read, which tells neither the address nor the token in it.
    pub fn copy(&self) -> Result<JsValue, JsValue> {
        match self.status {
            // What a caller's own `fetch` gives may be less than a `Response`.
            _ if member(&self.response, "clone").is_none() => Ok(JsValue::clone(&self.response)),
            // A redirect that the host hides.
            0 => Ok(Response::error().into()),
            _ => without_address(&self.response.clone()?),
        }
    }

    /// Another answer in place of this one, if that is what was given.
    pub fn replaced_by(self, given: &JsValue) -> Self {
        match status_of(given) {
            Some(status) => Self {
                response: given.clone().unchecked_into(),
                status,
                abort: self.abort,
                is_given: true,
            },
            None => self,
        }
    }

    /// Waits for a body.
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

/// The status of what can be read as a `Response`. It is asked for once: a caller's own may throw the
/// next time.
fn status_of(value: &JsValue) -> Option<u16> {
    let status = member(value, "status")?.as_f64()?;
    let is_readable = member(value, "text")?.is_function();
    is_readable.then_some(status as u16)
}

impl Answer for JsAnswer {
    type Value = JsValue;

    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        // What a caller's own `fetch` gives may have none, or others.
        let headers: Lookup = member(&self.response, "headers")?.unchecked_into();
        headers.text(name).ok()?
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
            As::Bytes => bytes(&body).map_err(Unreadable::Lost),
            _ => Ok(body),
        }
    }
}
