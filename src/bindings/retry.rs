//! The `retry` option, of a client and of a call.

use wasm_bindgen::JsValue;

use super::fields::{Fields, list};
use crate::core::error::Error;
use crate::core::method::Method;
use crate::core::retry::Wish;

const NAMES: &[&str] = &["limit", "methods", "maxRetryAfter"];

/// What the option wishes: an object, or the limit alone.
pub fn read(fields: &Fields) -> Result<Wish, Error<JsValue>> {
    let Some(given) = fields.get("retry")? else {
        return Ok(Wish::default());
    };
    if given.as_f64().is_some() {
        let limit = fields.count("retry")?;
        return Ok(Wish {
            limit,
            ..Wish::default()
        });
    }
    let fields = Fields::new(&given, NAMES, "retry")?;
    Ok(Wish {
        limit: fields.count("limit")?,
        methods: methods(&fields)?,
        max_retry_after: fields.milliseconds("maxRetryAfter")?,
    })
}

fn methods(fields: &Fields) -> Result<Option<Vec<Method>>, Error<JsValue>> {
    let takes = "an array of methods like \"GET\"";
    let names = fields.read("methods", takes, |given| list(given, JsValue::as_string))?;
    let Some(names) = names else {
        return Ok(None);
    };
    let mut methods = Vec::new();
    for name in names {
        methods.push(Method::named(&name)?);
    }
    Ok(Some(methods))
}
