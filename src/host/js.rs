//! What is called of JavaScript beside js-sys: names cross as texts, and texts that only pass
//! through stay on their side.

use js_sys::{Array, Date, Promise};
use wasm_bindgen::prelude::*;

/// The class of arrays.
pub const LIST: &str = "[object Array]";
/// The class of dates.
pub const DATE: &str = "[object Date]";

#[wasm_bindgen]
extern "C" {
    /// An object of ours.
    pub type Members;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> Members;
    #[wasm_bindgen(method, structural, indexing_setter)]
    pub fn set(this: &Members, name: &str, value: &JsValue);
    #[wasm_bindgen(method, structural, indexing_setter)]
    pub fn set_text(this: &Members, name: &str, text: &str);

    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse(text: &JsValue) -> Result<Option<JsValue>, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify, catch)]
    pub fn to_json(value: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = parseFloat)]
    pub fn parse_float(text: &JsValue) -> f64;
    /// Whether it is a typed array or a `DataView`.
    #[wasm_bindgen(js_namespace = ArrayBuffer, js_name = isView)]
    pub fn is_view(value: &JsValue) -> bool;
    /// Throws for objects that are no text.
    #[wasm_bindgen(js_name = String, catch)]
    pub fn to_text(value: &JsValue) -> Result<String, JsValue>;
    /// `[object Blob]`: what the platform calls a value, the same across realms.
    #[wasm_bindgen(js_namespace = ["Object", "prototype", "toString"], js_name = call, catch)]
    pub fn class_of(value: &JsValue) -> Result<String, JsValue>;
    // Those of js-sys let what a caller's proxy or getter throws through the wasm.
    #[wasm_bindgen(js_namespace = Object, js_name = keys, catch)]
    pub fn keys(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    pub fn entries(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_namespace = Array, js_name = from, catch)]
    pub fn to_array(iterable: &JsValue) -> Result<Array, JsValue>;

    /// The global object itself, in every kind of engine.
    #[wasm_bindgen(js_namespace = globalThis, js_name = valueOf)]
    pub fn global_object() -> JsValue;

    type Moment;
    #[wasm_bindgen(constructor, js_class = "Date", catch)]
    fn new(value: &JsValue) -> Result<Moment, JsValue>;
    #[wasm_bindgen(method, js_name = toJSON)]
    fn to_iso(this: &Moment) -> JsValue;

    type Bytes;
    #[wasm_bindgen(constructor, js_class = "Uint8Array", catch)]
    fn new(buffer: &JsValue) -> Result<Bytes, JsValue>;
}

/// What a JSON text says. An import that throws where it gives a value leaves a place in
/// wasm-bindgen's table of values occupied for ever; one that may give none doesn't.
pub fn parse_json(text: &JsValue) -> Result<JsValue, JsValue> {
    Ok(parse(text)?.unwrap_or(JsValue::NULL))
}

/// The platform's own date of a value; `None` where it makes none. A caller's may be a proxy, or of
/// a class whose methods throw.
pub fn date(value: &JsValue) -> Option<Date> {
    Some(Moment::new(value).ok()?.unchecked_into())
}

/// The date of a value as JSON writes it; `None` where it makes none.
pub fn iso(value: &JsValue) -> Option<String> {
    Moment::new(value).ok()?.to_iso().as_string()
}

/// The bytes of what should be a buffer.
pub fn bytes(buffer: &JsValue) -> Result<JsValue, JsValue> {
    Bytes::new(buffer).map(JsValue::from)
}

/// Whether it is an object of that class. `Array.isArray` throws where a proxy was revoked.
pub fn is(value: &JsValue, class: &str) -> bool {
    value.is_object() && class_of(value).is_ok_and(|found| found == class)
}

/// The items of a caller's array in one of ours, which throws nothing; `None` where it isn't one, or
/// can't be read.
pub fn items(value: &JsValue) -> Option<Array> {
    match is(value, LIST) {
        true => to_array(value).ok(),
        false => None,
    }
}

/// The items of an array of ours.
pub fn to_vec(array: &Array) -> Vec<JsValue> {
    let mut items = Vec::new();
    for index in 0..array.length() {
        items.push(array.get(index));
    }
    items
}

/// A promise of ours for what a callback gave, a promise or not. It comes with what the caller's
/// throws when it is looked at, where `Promise.resolve` throws.
pub fn resolved(given: &JsValue) -> Promise {
    Promise::race(&Array::of1(given))
}
