//! Plain JSON as a host's values: for tests and simulations, which have no JavaScript.

use serde_json::{Value as Json, json};

use crate::core::host::Unreadable;
use crate::core::request::As;
use crate::core::secret::Secret;
use crate::core::storage::Stored;
use crate::core::value::Value;

impl Value for Json {
    fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    fn get(&self, name: &str) -> Option<Self> {
        let found = match self {
            Json::Array(items) => items.get(name.parse::<usize>().ok()?),
            other => Json::get(other, name),
        };
        found.filter(|found| !found.is_null()).cloned()
    }

    fn as_text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn as_number(&self) -> Option<f64> {
        let text = || self.as_str()?.parse().ok();
        self.as_f64().or_else(text)
    }

    fn kind(&self) -> String {
        let kind = match self {
            Json::Null => "null",
            Json::Bool(_) => "boolean",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::Array(_) | Json::Object(_) => "object",
        };
        kind.to_owned()
    }

    fn null() -> Self {
        Json::Null
    }

    fn scrubbed(self, secret: &Secret) -> Self {
        let text = self.to_string();
        let scrubbed = secret.scrub(&text);
        match scrubbed == text {
            true => self,
            false => json!({ "message": scrubbed }),
        }
    }
}

/// The body of an answer as the caller wants it: text, unless it is to be JSON.
pub fn body(text: String, form: As) -> Result<Json, Unreadable<Json>> {
    match form {
        As::Json if text.is_empty() => Ok(Json::Null),
        As::Json => Json::parse(&text).ok_or(Unreadable::NotJson),
        As::Text | As::Bytes | As::Blob | As::Response => Ok(text.into()),
    }
}

/// The record of a stored token, as a caller's storage gets it.
pub fn record(token: &Stored<'_>) -> Json {
    json!({
        "access_token": token.access_token,
        "token_type": token.token_type,
        "expires_at": token.expires_at,
        "refresh_token": token.refresh_token,
        "scope": token.scope,
    })
}
