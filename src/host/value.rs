//! JavaScript values as the core sees them.

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

use super::js::{DATE, class_of, date, is, parse_float, parse_json, to_json, to_text};
use crate::core::secret::Secret;
use crate::core::text::contains;
use crate::core::value::{Value, said};

/// How many values of one that was thrown are looked at.
const MOST: u32 = 200;
/// The classes of which nothing shows but what is in them.
const KNOWN: &str = "[object Error] [object DOMException] [object Array]";

/// A member that is neither missing nor null; one that throws is missing.
pub fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    read(object, name).ok()?
}

/// A member that is neither missing nor null, or what it throws.
///
/// What has none isn't even asked: it would throw, and with every import that throws wasm-bindgen
/// leaves a place in its table of values occupied for ever.
pub fn read(object: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue> {
    if !object.is_object() && !object.is_function() {
        return Ok(None);
    }
    let found = Reflect::get(object, &name.into())?;
    Ok((!found.is_undefined() && !found.is_null()).then_some(found))
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
        if is(self, DATE) {
            return Some(date(self).map_or(f64::NAN, |date| date.get_time() / 1000.0));
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
        match is_clean(&self, secret, &mut { MOST }) {
            true => self,
            false => Error::new(&secret.scrub(&said(&self))).into(),
        }
    }
}

/// Whether it can be seen that a thrown value doesn't show the secret: it is no object; or an error, a
/// list or a plain object, and all that is in it is clean. What has another class may show by that
/// whatever it holds, as a `Request` does.
fn is_clean(value: &JsValue, secret: &Secret, left: &mut u32) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    // An error's name and message may be those of its class.
    if !to_text(value).is_ok_and(|text| !secret.is_in(&text)) {
        return false;
    }
    if !value.is_object() {
        return true;
    }
    if !contains(KNOWN, &class_of(value).unwrap_or_default()) && !is_plain(value) {
        return false;
    }
    let Ok(names) = Reflect::own_keys(value) else {
        return false;
    };
    (0..names.length()).all(|index| {
        let name = names.get(index);
        let member = Reflect::get(value, &name);
        is_clean(&name, secret, left) && member.is_ok_and(|member| is_clean(&member, secret, left))
    })
}

/// Whether an object has no class of its own, in whichever realm.
fn is_plain(object: &JsValue) -> bool {
    let maker = member(object, "constructor");
    maker.and_then(|maker| maker.text_at("name")).as_deref() == Some("Object")
}
