//! Plain JSON as a host's values: for tests and simulations, which have no JavaScript.

use serde_json::{Value as Json, json};

use crate::core::host::Unreadable;
use crate::core::request::As;
use crate::core::secret::Secret;
use crate::core::storage::Stored;
use crate::core::tree::Tree;
use crate::core::value::Value;

impl Value for Json {
    fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    fn json(&self) -> Option<String> {
        Some(self.to_string())
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

impl Tree for Json {
    fn text(text: &str) -> Self {
        text.into()
    }

    fn number(number: f64) -> Self {
        number.into()
    }

    fn absent() -> Self {
        Json::Null
    }

    fn object() -> Self {
        json!({})
    }

    fn list(items: Vec<Self>) -> Self {
        items.into()
    }

    fn is_text(&self) -> bool {
        self.is_string()
    }

    fn is_true(&self) -> bool {
        *self == true
    }

    fn is_nothing(&self) -> bool {
        self.is_null()
    }

    fn items(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }

    fn assign(&mut self, object: &Self) -> Result<(), Self> {
        for (name, member) in object.as_object().into_iter().flatten() {
            self[name] = member.clone();
        }
        Ok(())
    }

    fn length(&self) -> Option<u32> {
        u32::try_from(self.as_array()?.len()).ok()
    }

    fn names(&self) -> Option<Vec<Self>> {
        let object = self.as_object()?;
        Some(object.keys().map(|name| Self::text(name)).collect())
    }

    fn written_number(&self) -> Option<f64> {
        self.as_str()?.parse().ok()
    }

    fn written(&self) -> Option<String> {
        match self {
            Json::Number(number) => Some(number.to_string()),
            _ => self.as_text(),
        }
    }

    fn at(&self, index: u32) -> Self {
        self[index as usize].clone()
    }

    fn take(&mut self, name: &Self) -> Option<Self> {
        self.as_object_mut()?.remove(name.as_str()?)
    }

    fn put(&mut self, name: &Self, value: Self) {
        if let (Some(object), Some(name)) = (self.as_object_mut(), name.as_str()) {
            object.insert(name.to_owned(), value);
        }
    }

    fn remove(&mut self, name: &Self) {
        Tree::take(self, name);
    }

    fn take_at(&mut self, index: u32) -> Self {
        let item = self
            .as_array_mut()
            .and_then(|items| items.get_mut(index as usize));
        item.map(Json::take).unwrap_or_default()
    }

    fn put_at(&mut self, index: u32, value: Self) {
        if let Some(items) = self.as_array_mut() {
            items[index as usize] = value;
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
