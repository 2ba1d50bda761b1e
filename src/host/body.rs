//! A request's body, read up to a limit.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Request;

use super::value::member;
use super::{js, settled};

#[wasm_bindgen]
extern "C" {
    /// A `ReadableStream`.
    type Stream;
    #[wasm_bindgen(method, js_name = getReader, catch)]
    fn get_reader(this: &Stream) -> Result<Reader, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Stream) -> Result<Promise, JsValue>;

    type Reader;
    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = cancel, catch)]
    fn cancel_reading(this: &Reader) -> Result<Promise, JsValue>;
}

/// Why there is no body.
pub enum NoBody {
    /// It is longer than the limit. What is left of it isn't read.
    TooLarge,
    /// Somebody else has read it, or is reading it.
    Used,
    /// It broke off, or holds something else than bytes.
    Broken,
}

/// The body; `None` where there is none. It stays in JavaScript's memory.
pub async fn read(request: &Request, limit: usize) -> Result<Option<Uint8Array>, NoBody> {
    let (chunks, length) = match collect(request, limit).await? {
        None => return Ok(None),
        Some(collected) => collected,
    };
    let body = Uint8Array::new_with_length(length as u32);
    let mut at = 0;
    for chunk in chunks.iter() {
        let chunk: Uint8Array = chunk.unchecked_into();
        body.set(&chunk, at);
        at += chunk.length();
    }
    Ok((length > 0).then_some(body))
}

/// Its parts, and how long they are together.
async fn collect(request: &Request, limit: usize) -> Result<Option<(Array, usize)>, NoBody> {
    if member(request, "bodyUsed").is_some_and(|used| used == true) {
        return Err(NoBody::Used);
    }
    let Some(body) = member(request, "body") else {
        return Ok(None);
    };
    // A stream that somebody else reads gives no reader.
    let stream: &Stream = body.unchecked_ref();
    let reader = stream.get_reader().map_err(|_| NoBody::Used)?;
    let (chunks, mut length) = (Array::new(), 0);
    loop {
        let read = reader.read().map_err(|_| NoBody::Broken)?;
        let read = settled(&read).await.map_err(|_| NoBody::Broken)?;
        let Some(chunk) = member(&read, "value") else {
            return Ok(Some((chunks, length)));
        };
        // A proxy of bytes is an instance of their class too.
        if !js::is_view(&chunk) || !js::is(&chunk, "[object Uint8Array]") {
            forget(reader.cancel_reading());
            return Err(NoBody::Broken);
        }
        let chunk: Uint8Array = chunk.unchecked_into();
        length += chunk.length() as usize;
        if length > limit {
            forget(reader.cancel_reading());
            return Err(NoBody::TooLarge);
        }
        chunks.push(&chunk);
    }
}

/// Nobody wants what is left of a body.
pub fn cancel(stream: &JsValue) {
    forget(stream.unchecked_ref::<Stream>().cancel());
}

/// Nobody waits for the end of a stream that nobody wants; it mustn't fail unheard either.
fn forget(cancelled: Result<Promise, JsValue>) {
    if let Ok(cancelled) = cancelled {
        drop(JsFuture::from(js::resolved(&cancelled)));
    }
}
