//! Reading the members of an options object, one type at a time.

use js_sys::{Array, Function, Reflect, Symbol};
use wasm_bindgen::{JsCast, JsValue};

use crate::core::error::{Error, code};
use crate::core::text::{concat, join};
use crate::core::value::Value;
use crate::host::js;

type Read<T> = Result<Option<T>, Error<JsValue>>;

/// The longest time that timers take, in milliseconds: about 25 days.
const LONGEST: f64 = i32::MAX as f64;

/// An options object whose names are known.
pub struct Fields<'a>(Option<&'a JsValue>);

impl<'a> Fields<'a> {
    /// Checks that it is an object and holds no other names.
    pub fn new(
        options: &'a JsValue,
        names: &[&str],
        function: &str,
    ) -> Result<Self, Error<JsValue>> {
        if options.is_undefined() {
            return Ok(Self(None));
        }
        let keys = js::keys(options).ok();
        let keys = keys.filter(|_| options.is_object() && !Array::is_array(options));
        let Some(keys) = keys else {
            let kind = options.kind();
            return Err(Error::config(
                code::INVALID_OPTION,
                concat(&[function, " takes a plain object of options, not ", &kind]),
            ));
        };
        for key in list(&keys, JsValue::as_string).unwrap_or_default() {
            if !names.contains(&key.as_str()) {
                let known = join(names, ", ");
                return Err(Error::config(
                    code::UNKNOWN_OPTION,
                    concat(&[function, " knows no option `", &key, "`; it knows ", &known]),
                ));
            }
        }
        Ok(Self(Some(options)))
    }

    /// A member as it is; missing and null are the same.
    pub fn get(&self, name: &str) -> Option<JsValue> {
        self.0?.get(name)
    }

    /// Text that isn't empty.
    pub fn text(&self, name: &str) -> Read<String> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.as_string().filter(|text| !text.is_empty()) {
            Some(text) => Ok(Some(text)),
            None => Err(Error::option(name, "a string that isn't empty")),
        }
    }

    /// A boolean; missing is false.
    pub fn flag(&self, name: &str) -> Result<bool, Error<JsValue>> {
        let Some(value) = self.get(name) else {
            return Ok(false);
        };
        value
            .as_bool()
            .ok_or_else(|| Error::option(name, "true or false"))
    }

    /// A function.
    pub fn function(&self, name: &str) -> Read<Function> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.dyn_into() {
            Ok(function) => Ok(Some(function)),
            Err(_) => Err(Error::option(name, "a function")),
        }
    }

    /// An `AbortSignal`. Those of other realms and of libraries are fine: what counts is what they
    /// can.
    pub fn signal(&self, name: &str) -> Read<JsValue> {
        let Some(signal) = self.get(name) else {
            return Ok(None);
        };
        let member = |name| signal.get(name).unwrap_or_default();
        if member("addEventListener").is_function() && member("aborted").as_bool().is_some() {
            return Ok(Some(signal));
        }
        Err(Error::option(name, "an AbortSignal"))
    }

    /// A number of times.
    pub fn count(&self, name: &str) -> Read<u32> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value
            .as_f64()
            .filter(|times| *times >= 0.0 && times.fract() == 0.0)
        {
            Some(times) => Ok(Some(times as u32)),
            None => Err(Error::option(name, "a whole number, at least 0")),
        }
    }

    /// Milliseconds, more than none; what no timer could hold is as long as a timer can.
    pub fn milliseconds(&self, name: &str) -> Read<u32> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.as_f64().filter(|milliseconds| *milliseconds > 0.0) {
            Some(milliseconds) => Ok(Some(milliseconds.clamp(1.0, LONGEST) as u32)),
            None => Err(Error::option(name, "a positive number of milliseconds")),
        }
    }

    /// Headers: an object of strings.
    pub fn headers(&self, name: &str) -> Result<Vec<(String, String)>, Error<JsValue>> {
        let Some(value) = self.get(name) else {
            return Ok(Vec::new());
        };
        let wrong = || Error::option(name, "an object, Headers or pairs of strings");
        let mut headers = Vec::new();
        for (name, value) in pairs(&value).ok_or_else(wrong)? {
            headers.push((name, value.as_string().ok_or_else(wrong)?));
        }
        Ok(headers)
    }
}

/// The members of an array, read one by one; `None` where it isn't one or one of them can't be
/// read.
pub fn list<T>(value: &JsValue, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let array: &Array = value.dyn_ref()?;
    let mut members = Vec::new();
    for index in 0..array.length() {
        members.push(read(&array.get(index))?);
    }
    Some(members)
}

/// Names and values of an object, or of anything that iterates over pairs (`Headers`,
/// `URLSearchParams`, `Map`, an array of pairs).
pub fn pairs(value: &JsValue) -> Option<Vec<(String, JsValue)>> {
    if !value.is_object() {
        return None;
    }
    let iterates = Reflect::get(value, &Symbol::iterator()).ok()?.is_function();
    let entries = match iterates {
        true => js::to_array(value).ok()?,
        false => js::entries(value).ok()?,
    };
    list(&entries, |entry| {
        let entry: &Array = entry.dyn_ref()?;
        Some((entry.get(0).as_string()?, entry.get(1)))
    })
}
