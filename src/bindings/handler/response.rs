//! Answers as `Response`s.

use wasm_bindgen::prelude::*;
use web_sys::{Headers, ReadableStream, Response, ResponseInit};

use crate::edge::handler::answer::Answer;

/// An answer, and the service's body if it passes through.
pub struct Reply {
    pub answer: Answer,
    pub stream: Option<ReadableStream>,
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self {
            answer,
            stream: None,
        }
    }
}

/// The `Response`.
pub fn respond(reply: Reply) -> Result<Response, JsValue> {
    let Reply { answer, stream } = reply;
    let headers = Headers::new()?;
    for (name, value) in &answer.headers {
        headers.set(name, value)?;
    }
    let init = ResponseInit::new();
    init.set_status(answer.status);
    init.set_headers(&headers);
    match stream {
        Some(stream) => Response::new_with_opt_readable_stream_and_init(Some(&stream), &init),
        None => Response::new_with_opt_str_and_init(answer.body.as_deref(), &init),
    }
}
