//! JavaScript values looked into and changed where they are: those that `JSON.parse` made, which
//! throw nothing. Of a caller's there are `items` and `assign`.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::js::{self, Members};
use crate::core::tree::Tree;

#[wasm_bindgen]
extern "C" {
    type Parsed;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn member(this: &Parsed, name: &JsValue) -> JsValue;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_member(this: &Parsed, name: &JsValue, value: &JsValue);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_item(this: &Parsed, index: u32, value: &JsValue);

    #[wasm_bindgen(js_name = Number)]
    fn to_number(text: &JsValue) -> f64;
    #[wasm_bindgen(js_namespace = Reflect, js_name = deleteProperty)]
    fn delete_property(object: &JsValue, name: &JsValue) -> bool;
    #[wasm_bindgen(js_namespace = Object, js_name = assign, catch)]
    fn assign(target: &JsValue, source: &JsValue) -> Result<(), JsValue>;
}

impl Tree for JsValue {
    fn text(text: &str) -> Self {
        text.into()
    }

    fn number(number: f64) -> Self {
        number.into()
    }

    fn absent() -> Self {
        Self::UNDEFINED
    }

    fn object() -> Self {
        Members::new().into()
    }

    fn list(items: Vec<Self>) -> Self {
        let list = Array::new();
        for item in items {
            list.push(&item);
        }
        list.into()
    }

    fn is_text(&self) -> bool {
        self.is_string()
    }

    fn is_true(&self) -> bool {
        self.as_bool() == Some(true)
    }

    fn is_nothing(&self) -> bool {
        self.is_undefined() || self.is_null()
    }

    fn length(&self) -> Option<u32> {
        Some(self.dyn_ref::<Array>()?.length())
    }

    fn items(&self) -> Option<Vec<Self>> {
        Some(js::to_vec(&js::items(self)?))
    }

    fn assign(&mut self, object: &Self) -> Result<(), Self> {
        assign(self, object)
    }

    fn names(&self) -> Option<Vec<Self>> {
        if !self.is_object() || Array::is_array(self) {
            return None;
        }
        Some(js::to_vec(&js::keys(self).ok()?))
    }

    fn written_number(&self) -> Option<f64> {
        let number = to_number(self);
        // JavaScript takes a text without digits for a zero.
        let is_empty = || {
            let text = self.as_string().unwrap_or_default();
            !text.bytes().any(|byte| byte.is_ascii_digit())
        };
        (!number.is_nan() && (number != 0.0 || !is_empty())).then_some(number)
    }

    fn written(&self) -> Option<String> {
        let is_written = self.is_string() || self.as_f64().is_some();
        is_written.then(|| js::to_text(self).unwrap_or_default())
    }

    fn at(&self, index: u32) -> Self {
        self.unchecked_ref::<Array>().get(index)
    }

    fn take(&mut self, name: &Self) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        let found = self.unchecked_ref::<Parsed>().member(name);
        (!found.is_undefined()).then_some(found)
    }

    fn put(&mut self, name: &Self, value: Self) {
        self.unchecked_ref::<Parsed>().set_member(name, &value);
    }

    fn remove(&mut self, name: &Self) {
        delete_property(self, name);
    }

    fn take_at(&mut self, index: u32) -> Self {
        self.at(index)
    }

    fn put_at(&mut self, index: u32, value: Self) {
        self.unchecked_ref::<Parsed>().set_item(index, &value);
    }
}
