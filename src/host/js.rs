//! What is called of JavaScript beside js-sys: names cross as texts, and texts that only pass
//! through stay on their side.

use js_sys::{Array, Date};
use wasm_bindgen::prelude::*;

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
    #[wasm_bindgen(method, js_name = toJSON)]
    fn to_iso(this: &Moment) -> Option<String>;
}

/// What a JSON text says. An import that throws where it gives a value leaves a place in
/// wasm-bindgen's table of values occupied for ever; one that may give none doesn't.
pub fn parse_json(text: &JsValue) -> Result<JsValue, JsValue> {
    Ok(parse(text)?.unwrap_or(JsValue::NULL))
}

/// A date as JSON writes it; `None` for an invalid one.
pub fn iso(date: &Date) -> Option<String> {
    date.unchecked_ref::<Moment>().to_iso()
}
