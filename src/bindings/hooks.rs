//! The `hooks` option.

use wasm_bindgen::JsValue;

use super::fields::Fields;
use crate::core::error::Error;
use crate::host::Hooks;

const NAMES: &[&str] = &["beforeRequest", "afterResponse", "beforeRetry"];

/// The hooks there are.
pub fn read(fields: &Fields) -> Result<Hooks, Error<JsValue>> {
    let Some(given) = fields.get("hooks")? else {
        return Ok(Hooks::default());
    };
    let fields = Fields::new(&given, NAMES, "hooks")?;
    Ok(Hooks {
        before_request: fields.function("beforeRequest")?,
        after_response: fields.function("afterResponse")?,
        before_retry: fields.function("beforeRetry")?,
    })
}
