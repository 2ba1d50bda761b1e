//! The `login` option.

use wasm_bindgen::JsValue;

use super::fields::{Fields, list};
use crate::core::error::Error;
use crate::core::settings::Login;
use crate::core::text::join;

const NAMES: &[&str] = &["clientId", "scope"];

/// The app's own public client, if there is one.
pub fn read(fields: &Fields) -> Result<Option<Login>, Error<JsValue>> {
    let Some(given) = fields.get("login") else {
        return Ok(None);
    };
    let fields = Fields::new(&given, NAMES, "login")?;
    let client_id = fields
        .text("clientId")?
        .ok_or_else(|| Error::option("clientId", "given: the id of your client at the service"))?;
    Ok(Some(Login {
        client_id,
        scope: scope(&fields)?,
    }))
}

/// A list is written with spaces (RFC 6749, section 3.3).
pub fn scope(fields: &Fields) -> Result<Option<String>, Error<JsValue>> {
    let Some(given) = fields.get("scope") else {
        return Ok(None);
    };
    let list = list(&given, JsValue::as_string).map(|scopes| join(&scopes, " "));
    match given.as_string().or(list) {
        Some(scope) => Ok(Some(scope)),
        None => Err(Error::option("scope", "a string or an array of strings")),
    }
}
