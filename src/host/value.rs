//! JavaScript values as the core sees them.

use js_sys::{Date, Error, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::js::{parse_float, parse_json, to_json, to_text};
use crate::core::secret::Secret;
use crate::core::text::contains;
use crate::core::value::Value;

/// How many causes of a cause are looked into.
const DEPTH: usize = 8;

/// A member that is neither missing nor null.
///
/// What has none isn't even asked: it would throw, and with every import that throws wasm-bindgen
/// leaves a place in its table of values occupied for ever.
pub fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    if !object.is_object() && !object.is_function() {
        return None;
    }
    let found = Reflect::get(object, &name.into()).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

impl Value for JsValue {
    fn parse(json: &str) -> Option<Self> {
        parse_json(&json.into()).ok()
    }

    fn json(&self) -> Option<String> {
        to_json(self).ok()?.as_string()
    }

    fn get(&self, name: &str) -> Option<Self> {
        member(self, name)
    }

    fn as_text(&self) -> Option<String> {
        self.as_string()
    }

    fn as_number(&self) -> Option<f64> {
        if let Some(date) = self.dyn_ref::<Date>() {
            return Some(date.get_time() / 1000.0);
        }
        // JavaScript reads numbers in texts; Rust's own reader costs ten kilobytes.
        let number = match self.is_string() {
            true => parse_float(self),
            false => self.as_f64()?,
        };
        (!number.is_nan()).then_some(number)
    }

    fn kind(&self) -> String {
        match self.is_null() {
            true => "null".to_owned(),
            false => self.js_typeof().as_string().unwrap_or_default(),
        }
    }

    fn null() -> Self {
        Self::NULL
    }

    fn scrubbed(self, secret: &Secret) -> Self {
        let forms = secret.forms();
        let mut at = Some(self.clone());
        for _ in 0..DEPTH {
            let Some(value) = at else { return self };
            if shows(&value, &forms) {
                return Error::new(&secret.scrub(&describe(&self))).into();
            }
            at = member(&value, "cause");
        }
        self
    }
}

/// Whether a thrown value, or one of its own members, holds one of the texts.
fn shows(value: &JsValue, texts: &[String]) -> bool {
    let holds = |value: &JsValue| {
        let text = text_of(value);
        texts.iter().any(|form| contains(&text, form))
    };
    if holds(value) {
        return true;
    }
    if !value.is_object() {
        return false;
    }
    match Reflect::own_keys(value) {
        Ok(names) => names
            .iter()
            .any(|name| Reflect::get(value, &name).is_ok_and(|member| holds(&member))),
        // Whoever hides what it has may have anything.
        Err(_) => true,
    }
}

/// A value as text, with the members that JSON sees.
fn text_of(value: &JsValue) -> String {
    let json = match value.is_object() {
        true => to_json(value).ok().and_then(|json| json.as_string()),
        false => None,
    };
    json.or_else(|| to_text(value).ok()).unwrap_or_default()
}

fn describe(thrown: &JsValue) -> String {
    let message = member(thrown, "message").and_then(|message| message.as_string());
    message.unwrap_or_else(|| text_of(thrown))
}
