//! Minting and verifying, as JavaScript calls them.

use js_sys::Array;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::fields::Fields;
use crate::core::error::{Error, code};
use crate::core::value::Value;
use crate::edge::Issuer;
use crate::edge::mint::{Grant, LIFETIME, mint};
use crate::edge::verify::{Tolerance, Verified, verify};
use crate::host::error::to_js;

const MINT_NAMES: &[&str] = &[
    "clientId",
    "clientSecret",
    "playerId",
    "scopes",
    "expiresIn",
    "allowLongLifetime",
];
const VERIFY_NAMES: &[&str] = &["clientId", "clientSecret", "leeway", "maxAge"];

/// What the older SDKs call these options.
const OLD_NAMES: &[(&str, &str)] = &[
    ("client_id", "clientId"),
    ("client_secret", "clientSecret"),
    ("player_id", "playerId"),
    ("expires", "expiresIn"),
];

/// An options object of this entry. Names of the older SDKs are answered with today's.
pub fn read_fields<'a>(
    options: &'a JsValue,
    names: &[&str],
    function: &str,
) -> Result<Fields<'a>, Error<JsValue>> {
    for (old, new) in OLD_NAMES {
        if options.is_object() && names.contains(new) && options.get(old).is_some() {
            return Err(Error::config(
                code::UNKNOWN_OPTION,
                format!("{function} knows no option `{old}`: it is called `{new}` here"),
            ));
        }
    }
    Fields::new(options, names, function)
}

/// Unix time in seconds.
pub fn now() -> f64 {
    js_sys::Date::now() / 1000.0
}

/// Mints a player's token.
#[wasm_bindgen(js_name = createJWT, skip_typescript)]
pub fn create_jwt(options: &JsValue) -> Result<String, JsValue> {
    let minted = || {
        let fields = read_fields(options, MINT_NAMES, "createJWT")?;
        mint(&issuer(&fields)?, &grant(&fields)?, now())
    };
    minted().map_err(to_js)
}

/// Verifies a player's token.
#[wasm_bindgen(js_name = verifyJWT, skip_typescript)]
pub fn verify_jwt(jwt: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let verified = || {
        let fields = read_fields(options, VERIFY_NAMES, "verifyJWT")?;
        let token = jwt
            .as_string()
            .ok_or_else(|| Error::option("jwt", "a string"))?;
        let tolerance = Tolerance {
            leeway: seconds(&fields, "leeway")?.unwrap_or(0.0),
            max_age: seconds(&fields, "maxAge")?,
        };
        verify(&token, &issuer(&fields)?, tolerance, now())
    };
    describe(verified().map_err(to_js)?)
}

fn describe(verified: Verified) -> Result<JsValue, JsValue> {
    let mut described: Map<String, Json> = Map::new();
    described.insert("playerId".to_owned(), verified.player_id.into());
    described.insert("scopes".to_owned(), json!(verified.scopes));
    described.insert("expiresAt".to_owned(), verified.expires_at.into());
    described.insert("claims".to_owned(), verified.claims.into());
    Ok(described.serialize(&Serializer::json_compatible())?)
}

/// The client for which tokens are made.
pub fn issuer(fields: &Fields) -> Result<Issuer, Error<JsValue>> {
    let issuer = Issuer {
        client_id: required(fields, "clientId")?,
        client_secret: required(fields, "clientSecret")?,
    };
    issuer.check()?;
    Ok(issuer)
}

/// For whom and for what a token is made.
pub fn grant(fields: &Fields) -> Result<Grant, Error<JsValue>> {
    Ok(Grant {
        player_id: required(fields, "playerId")?,
        scopes: texts(fields, "scopes")?,
        expires_in: number(fields, "expiresIn")?.unwrap_or(LIFETIME),
        allow_long_lifetime: fields.flag("allowLongLifetime")?,
    })
}

fn required(fields: &Fields, name: &str) -> Result<String, Error<JsValue>> {
    fields
        .text(name)?
        .ok_or_else(|| Error::option(name, "given: a string that isn't empty"))
}

/// A list of strings; missing is empty.
pub fn texts(fields: &Fields, name: &str) -> Result<Vec<String>, Error<JsValue>> {
    let Some(value) = fields.get(name) else {
        return Ok(Vec::new());
    };
    value
        .dyn_ref::<Array>()
        .and_then(|list| list.iter().map(|text| text.as_string()).collect())
        .ok_or_else(|| Error::option(name, "an array of strings"))
}

fn number(fields: &Fields, name: &str) -> Result<Option<f64>, Error<JsValue>> {
    let Some(value) = fields.get(name) else {
        return Ok(None);
    };
    match value.as_f64() {
        Some(number) => Ok(Some(number)),
        None => Err(Error::option(name, "a number of seconds")),
    }
}

fn seconds(fields: &Fields, name: &str) -> Result<Option<f64>, Error<JsValue>> {
    match number(fields, name)? {
        Some(seconds) if seconds.is_finite() && seconds >= 0.0 => Ok(Some(seconds)),
        Some(_) => Err(Error::option(name, "a number of seconds, at least 0")),
        None => Ok(None),
    }
}
