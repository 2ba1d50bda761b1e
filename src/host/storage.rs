//! The `storage` option.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::js::{self, Members};
use super::settled;
use crate::core::storage::{Storage, Stored};

#[wasm_bindgen]
extern "C" {
    pub type Methods;
    #[wasm_bindgen(method, structural, catch)]
    pub fn load(this: &Methods, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    pub fn store(this: &Methods, key: &str, token: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    pub fn remove(this: &Methods, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = digest, catch)]
    fn subtle_digest(algorithm: &str, data: &[u8]) -> Result<Promise, JsValue>;
}

/// Lets the storage do something.
pub async fn ask(
    option: &JsValue,
    key: &str,
    what: Storage<'_>,
) -> Result<Option<JsValue>, JsValue> {
    let option: &Methods = option.unchecked_ref();
    let given = match what {
        Storage::Load => option.load(key),
        Storage::Store(token) => option.store(key, &record(&token)),
        Storage::Remove => option.remove(key),
    };
    let held = settled(&given?).await?;
    Ok((!held.is_undefined() && !held.is_null()).then_some(held))
}

/// A token as it is stored.
pub fn record(token: &Stored<'_>) -> Members {
    let record = Members::new();
    record.set_text("access_token", token.access_token);
    record.set_text("token_type", token.token_type);
    if let Some(expires_at) = token.expires_at {
        record.set("expires_at", &expires_at.into());
    }
    for (name, text) in [
        ("refresh_token", token.refresh_token),
        ("scope", token.scope),
    ] {
        if let Some(text) = text {
            record.set_text(name, text);
        }
    }
    record
}

/// SHA-256 in hexadecimal digits, by Web Crypto: only a page that isn't a secure context has none.
pub async fn digest(text: &str) -> Result<String, JsValue> {
    let hash = subtle_digest("SHA-256", text.as_bytes())?;
    let bytes = js::to_array(&js::bytes(&settled(&hash.into()).await?)?)?;
    let mut digits = String::new();
    for index in 0..bytes.length() {
        let byte = bytes.get(index).as_f64().unwrap_or_default() as u8;
        for half in [byte >> 4, byte & 15] {
            digits.push(char::from(if half < 10 {
                b'0' + half
            } else {
                b'a' - 10 + half
            }));
        }
    }
    Ok(digits)
}
