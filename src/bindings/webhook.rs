//! Webhooks: what of them is cryptography.

use wasm_bindgen::prelude::*;

use crate::edge::webhook;

/// Whether a body was signed with that secret.
#[wasm_bindgen(js_name = isSigned, skip_typescript)]
pub fn is_signed(body: &[u8], secret: &str, signature: &str) -> bool {
    webhook::is_signed(body, secret, signature)
}

/// Whether two secrets are the same.
#[wasm_bindgen(js_name = isSameSecret, skip_typescript)]
pub fn is_same_secret(one: &str, other: &str) -> bool {
    webhook::is_same(one, other)
}
