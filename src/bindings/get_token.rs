//! The options of `getToken`.

use wasm_bindgen::JsValue;

use super::fields::Fields;
use crate::core::error::Error;

const NAMES: &[&str] = &["refresh", "playerId", "signal"];

/// What is wanted.
pub struct Wanted {
    /// Whether another token than that at hand is wanted.
    pub refresh: bool,
    /// Whose it is, where every player has one.
    pub player_id: Option<String>,
    /// The caller's `AbortSignal`.
    pub signal: Option<JsValue>,
}

/// Reads the options.
pub fn read(options: &JsValue) -> Result<Wanted, Error<JsValue>> {
    let fields = Fields::new(options, NAMES, "getToken")?;
    Ok(Wanted {
        refresh: fields.flag("refresh")?,
        player_id: fields.text("playerId")?,
        signal: fields.signal("signal")?,
    })
}
