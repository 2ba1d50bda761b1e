//! Minting and verifying, as JavaScript calls them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::fields::{Fields, list};
use crate::core::error::{Error, code};
use crate::core::value::Value;
use crate::edge::Issuer;
use crate::edge::mint::{Grant, LIFETIME, mint, unknown_scopes};
use crate::edge::verify::{Tolerance, verify};
use crate::host::error::to_js;
use crate::host::js;

const MINT_NAMES: &[&str] = &[
    "clientId",
    "clientSecret",
    "playerId",
    "scopes",
    "expiresIn",
    "allowLongLifetime",
];
const VERIFY_NAMES: &[&str] = &["clientId", "clientSecret", "leeway", "maxAge"];

/// What options of a time take.
pub const SECONDS: &str = "a number of seconds";

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
        let grant = grant(&fields)?;
        warn_of_scopes(&grant);
        mint(&*issuer(&fields)?, &grant, now())
    };
    minted().map_err(to_js)
}

thread_local! {
    /// Scopes that were warned of.
    static WARNED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Scopes that are warned of, at most.
const WARNINGS: usize = 16;

/// Says once of each unknown scope that it may be mistyped: the service alone knows.
pub fn warn_of_scopes(grant: &Grant) {
    warn_of(&grant.scopes);
}

/// The same, of scopes that no grant is needed for yet.
pub fn warn_of(scopes: &[String]) {
    for scope in unknown_scopes(scopes) {
        let is_new = WARNED.with_borrow_mut(|warned| {
            let is_new = warned.len() < WARNINGS && !warned.iter().any(|known| known == scope);
            if is_new {
                warned.push(scope.to_owned());
            }
            is_new
        });
        if is_new {
            warn(&format!(
                "playoff-wasm: nobody knows of a scope {scope:?}: is it mistyped?"
            ));
        }
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn warn(text: &str);
}

/// Verifies a player's token.
#[wasm_bindgen(js_name = verifyJWT, skip_typescript)]
pub fn verify_jwt(jwt: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let mut room = Vec::new();
    let mut verified = || {
        let fields = read_fields(options, VERIFY_NAMES, "verifyJWT")?;
        let token = jwt
            .as_string()
            .ok_or_else(|| Error::option("jwt", "a string"))?;
        let tolerance = Tolerance {
            leeway: seconds(&fields, "leeway")?.unwrap_or(0.0),
            max_age: seconds(&fields, "maxAge")?,
        };
        let claims = verify(&token, &*issuer(&fields)?, tolerance, now(), &mut room)?;
        Ok(JsValue::from_str(claims))
    };
    describe(&js::parse_json(&verified().map_err(to_js)?)?)
}

/// What a good token says, from its claims.
fn describe(claims: &JsValue) -> Result<JsValue, JsValue> {
    let scopes = claims.get("scopes");
    let scopes = scopes.map_or_else(|| Ok(Array::new()), |scopes| js::to_array(&scopes))?;
    let described = js::Members::new();
    described.set("playerId", &claims.get("player_id").unwrap_or_default());
    described.set("scopes", &scopes);
    described.set("expiresAt", &claims.get("exp").unwrap_or_default());
    described.set("claims", claims);
    Ok(described.into())
}

thread_local! {
    /// Issuers whose keys are prepared, the newest last.
    static ISSUERS: RefCell<Vec<(String, String, Rc<Issuer>)>> = const { RefCell::new(Vec::new()) };
}

/// Issuers that are kept: a program has one or two.
const KEPT: usize = 8;

/// The client for which tokens are made, its key prepared once.
pub fn issuer(fields: &Fields) -> Result<Rc<Issuer>, Error<JsValue>> {
    prepared(
        required(fields, "clientId")?,
        required(fields, "clientSecret")?,
    )
}

/// The client of this id and secret.
pub fn prepared(client_id: String, client_secret: String) -> Result<Rc<Issuer>, Error<JsValue>> {
    ISSUERS.with_borrow_mut(|kept| {
        let known =
            |(id, secret, _): &&(String, String, _)| *id == client_id && *secret == client_secret;
        if let Some((_, _, issuer)) = kept.iter().find(known) {
            return Ok(Rc::clone(issuer));
        }
        let issuer = Rc::new(Issuer::new(&client_id, &client_secret)?);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((client_id, client_secret, Rc::clone(&issuer)));
        Ok(issuer)
    })
}

/// For whom and for what a token is made.
pub fn grant(fields: &Fields) -> Result<Grant, Error<JsValue>> {
    Ok(Grant {
        player_id: required(fields, "playerId")?,
        scopes: texts(fields, "scopes")?,
        expires_in: number(fields, "expiresIn", SECONDS)?.unwrap_or(LIFETIME),
        allow_long_lifetime: fields.flag("allowLongLifetime")?,
    })
}

/// Text that must be given.
pub fn required(fields: &Fields, name: &str) -> Result<String, Error<JsValue>> {
    let text = fields
        .text(name)?
        .ok_or_else(|| Error::option(name, "given: a string that isn't empty"))?;
    // Half a surrogate pair comes as this letter, whichever half: two players would be one.
    let is_other = text.contains(char::REPLACEMENT_CHARACTER)
        && fields.get(name)? != Some(JsValue::from_str(&text));
    match is_other {
        true => Err(Error::option(
            name,
            "well-formed text, without half of a surrogate pair",
        )),
        false => Ok(text),
    }
}

/// A list of strings; missing is empty.
pub fn texts(fields: &Fields, name: &str) -> Result<Vec<String>, Error<JsValue>> {
    let texts = fields.read(name, "an array of strings", |value| {
        list(value, JsValue::as_string)
    })?;
    Ok(texts.unwrap_or_default())
}

/// A number; `takes` says of what.
pub fn number(fields: &Fields, name: &str, takes: &str) -> Result<Option<f64>, Error<JsValue>> {
    fields.read(name, takes, JsValue::as_f64)
}

fn seconds(fields: &Fields, name: &str) -> Result<Option<f64>, Error<JsValue>> {
    match number(fields, name, SECONDS)? {
        Some(seconds) if seconds.is_finite() && seconds >= 0.0 => Ok(Some(seconds)),
        Some(_) => Err(Error::option(name, "a number of seconds, at least 0")),
        None => Ok(None),
    }
}
