//! The settings of the authorization and the token endpoint.

use serde_json::{Map, Value};

use crate::codes::Envelope;
use crate::fields::any_text;
use crate::oauth::settings::Settings;

/// The fields of a seed that are settings.
pub const FIELDS: [&str; 5] = [
    "accessTokenSeconds",
    "codeSeconds",
    "rotateRefreshTokens",
    "echoState",
    "issuer",
];

/// The settings as the body wants them; what it doesn't name stays.
pub fn read(body: &Map<String, Value>, current: &Settings) -> Result<Settings, Envelope> {
    Ok(Settings {
        access_seconds: seconds(body, "accessTokenSeconds")?.unwrap_or(current.access_seconds),
        code_seconds: seconds(body, "codeSeconds")?.unwrap_or(current.code_seconds),
        rotate_refresh_tokens: flag(body, "rotateRefreshTokens")?
            .unwrap_or(current.rotate_refresh_tokens),
        echo_state: flag(body, "echoState")?.unwrap_or(current.echo_state),
        issuer: match body.contains_key("issuer") {
            true => any_text(body, "issuer")?.map(str::to_owned),
            false => current.issuer.clone(),
        },
    })
}

/// A field that is a number of seconds, if it is there.
pub fn seconds(body: &Map<String, Value>, field: &str) -> Result<Option<i64>, Envelope> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_i64()
            .filter(|n| *n >= 0)
            .map(Some)
            .ok_or_else(|| Envelope::validation(field, "must be a whole number, not negative")),
    }
}

/// A field that is true or false, if it is there.
pub fn flag(body: &Map<String, Value>, field: &str) -> Result<Option<bool>, Envelope> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_bool()
            .map(Some)
            .ok_or_else(|| Envelope::validation(field, "must be true or false")),
    }
}
