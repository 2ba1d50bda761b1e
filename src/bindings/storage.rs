//! The `storage` option.

use wasm_bindgen::JsValue;

use super::fields::Fields;
use crate::core::error::Error;
use crate::core::value::Value;

/// An object with the methods of a storage.
pub fn read(fields: &Fields) -> Result<Option<JsValue>, Error<JsValue>> {
    let takes = "an object with the methods load, store and remove";
    fields.read("storage", takes, |storage| {
        let can = |name| storage.get(name).is_some_and(|method| method.is_function());
        (can("load") && can("store") && can("remove")).then(|| storage.clone())
    })
}
