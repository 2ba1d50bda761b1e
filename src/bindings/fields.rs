//! Reading the members of an options object, one type at a time.

use js_sys::{Function, Reflect, Symbol};
use wasm_bindgen::{JsCast, JsValue};

use crate::core::error::{Error, code};
use crate::core::settings::add_header;
use crate::core::text::{concat, join};
use crate::core::value::Value;
use crate::host::{js, read};

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
        let keys = keys.filter(|_| options.is_object() && !js::is(options, js::LIST));
        let Some(keys) = keys else {
            let kind = options.kind();
            return Err(Error::config(
                code::INVALID_OPTION,
                concat(&[function, " takes a plain object of options, not ", &kind]),
            ));
        };
        for index in 0..keys.length() {
            let key = keys.get(index).as_string().unwrap_or_default();
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
    pub fn get(&self, name: &str) -> Read<JsValue> {
        match self.0 {
            Some(options) => member(options, name),
            None => Ok(None),
        }
    }

    /// A member as `read` understands it; `takes` says what that is.
    pub fn read<T>(&self, name: &str, takes: &str, read: fn(&JsValue) -> Option<T>) -> Read<T> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        match read(&value) {
            Some(read) => Ok(Some(read)),
            None => Err(Error::option(name, takes)),
        }
    }

    /// Text that isn't empty.
    pub fn text(&self, name: &str) -> Read<String> {
        self.read(name, "a string that isn't empty", |value| {
            value.as_string().filter(|text| !text.is_empty())
        })
    }

    /// A boolean; missing is false.
    pub fn flag(&self, name: &str) -> Result<bool, Error<JsValue>> {
        let flag = self.read(name, "true or false", JsValue::as_bool)?;
        Ok(flag.unwrap_or_default())
    }

    /// A function.
    pub fn function(&self, name: &str) -> Read<Function> {
        self.read(name, "a function", |value| value.dyn_ref().cloned())
    }

    /// An `AbortSignal`. Those of other realms and of libraries are fine: what counts is what they
    /// can.
    pub fn signal(&self, name: &str) -> Read<JsValue> {
        self.read(name, "an AbortSignal", |signal| {
            let can_be_heard = signal.get("addEventListener")?.is_function();
            (can_be_heard && signal.get("aborted")?.as_bool().is_some()).then(|| signal.clone())
        })
    }

    /// A number of times.
    pub fn count(&self, name: &str) -> Read<u32> {
        self.read(name, "a whole number, at least 0", |value| {
            let times = value.as_f64()?;
            (times >= 0.0 && times.fract() == 0.0).then_some(times as u32)
        })
    }

    /// Milliseconds, more than none; what no timer could hold is as long as a timer can.
    pub fn milliseconds(&self, name: &str) -> Read<u32> {
        self.read(name, "a positive number of milliseconds", |value| {
            let milliseconds = value.as_f64()?;
            (milliseconds > 0.0).then_some(milliseconds.clamp(1.0, LONGEST) as u32)
        })
    }

    /// Headers: an object of strings.
    pub fn headers(&self, name: &str) -> Result<Vec<(String, String)>, Error<JsValue>> {
        let takes = "an object, Headers or pairs of strings";
        let headers = self.read(name, takes, |value| {
            let mut headers = Vec::new();
            for (name, value) in pairs(value)? {
                add_header(&mut headers, name, value.as_string()?);
            }
            Some(headers)
        })?;
        Ok(headers.unwrap_or_default())
    }
}

/// A member of an options object; missing and null are the same, and one that throws is neither.
pub fn member(object: &JsValue, name: &str) -> Read<JsValue> {
    read(object, name).map_err(|thrown| {
        Error::option(name, "readable: its getter throws (`cause` says more)").caused_by(thrown)
    })
}

/// The items of an array, read one by one; `None` where it isn't one or one of them can't be
/// read.
pub fn list<T>(value: &JsValue, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let items = js::items(value)?;
    let mut all = Vec::new();
    for index in 0..items.length() {
        all.push(read(&items.get(index))?);
    }
    Some(all)
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
    let mut pairs = Vec::new();
    for index in 0..entries.length() {
        let entry = js::items(&entries.get(index))?;
        pairs.push((entry.get(0).as_string()?, entry.get(1)));
    }
    Some(pairs)
}
