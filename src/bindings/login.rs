//! The `login` option, and what a sign-in takes and gives.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::fields::{Fields, list};
use super::storage;
use crate::core::error::Error;
use crate::core::login::{Exchange, Login};
use crate::core::text::join;
use crate::host::Parts;

const NAMES: &[&str] = &["clientId", "redirectUri", "scope", "exchange", "storage"];

/// The app's own client, if there is one, and what it takes from the page.
pub fn read(fields: &Fields, page: &mut Parts) -> Result<Option<Login>, Error<JsValue>> {
    let Some(given) = fields.get("login")? else {
        return Ok(None);
    };
    let fields = Fields::new(&given, NAMES, "login")?;
    let client_id = fields
        .text("clientId")?
        .ok_or_else(|| Error::option("clientId", "given: the id of your client at the service"))?;
    if let Some(storage) = storage::read(&fields)? {
        page.slots = storage;
    }
    let exchange = match fields.get("exchange")?.map(JsCast::dyn_into::<Function>) {
        None => Exchange::Page,
        Some(Ok(function)) => {
            page.exchange = Some(function);
            Exchange::Function
        }
        // What isn't a text is no path either.
        Some(Err(other)) => Exchange::Worker(other.as_string().unwrap_or_default()),
    };
    Ok(Some(Login {
        client_id,
        scope: scope(&fields)?,
        redirect_uri: fields.text("redirectUri")?,
        exchange,
    }))
}

/// Where the caller wants to go on.
pub fn return_to(options: &JsValue) -> Result<Option<String>, Error<JsValue>> {
    Fields::new(options, &["returnTo"], "login")?.text("returnTo")
}

/// A list is written with spaces (RFC 6749, section 3.3).
pub fn scope(fields: &Fields) -> Result<Option<String>, Error<JsValue>> {
    fields.read("scope", "a string or an array of strings", |given| {
        let list = || list(given, JsValue::as_string).map(|scopes| join(&scopes, " "));
        given.as_string().or_else(list)
    })
}
