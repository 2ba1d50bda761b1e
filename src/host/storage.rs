//! The `storage` option.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use super::js::Members;
use super::settled;
use crate::core::stored::Stored;

#[wasm_bindgen]
extern "C" {
    type Storage;
    #[wasm_bindgen(method, structural, catch)]
    fn load(this: &Storage, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn store(this: &Storage, key: &str, token: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn remove(this: &Storage, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = digest, catch)]
    fn subtle_digest(algorithm: &str, data: &[u8]) -> Result<Promise, JsValue>;
}

/// What is stored under a key.
pub async fn load(storage: &JsValue, key: &str) -> Result<Option<JsValue>, JsValue> {
    let found = settled(&storage.unchecked_ref::<Storage>().load(key)?).await?;
    Ok((!found.is_undefined() && !found.is_null()).then_some(found))
}

/// Stores a token.
pub async fn store(storage: &JsValue, key: &str, token: &Stored<'_>) -> Result<(), JsValue> {
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
    let storage = storage.unchecked_ref::<Storage>();
    settled(&storage.store(key, &record)?).await.map(drop)
}

/// Removes what is stored under a key.
pub async fn remove(storage: &JsValue, key: &str) -> Result<(), JsValue> {
    let removed = storage.unchecked_ref::<Storage>().remove(key)?;
    settled(&removed).await.map(drop)
}

/// SHA-256 in hexadecimal digits, by Web Crypto: only a page that isn't a secure context has none.
pub async fn digest(text: &str) -> Result<String, JsValue> {
    let hash = settled(&subtle_digest("SHA-256", text.as_bytes())?.into()).await?;
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let bytes = Uint8Array::new(&hash).to_vec();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(digits.map(digit).collect())
}
