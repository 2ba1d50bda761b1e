//! The `hooks` option. What a hook throws is what the call rejects with.

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::Headers;

use super::JsAnswer;
use super::error::to_js;
use super::js::{Members, items, to_array};
use super::settled;
use crate::core::error::{Error, Failure};
use crate::core::host::Try;
use crate::core::settings::check_headers;

/// The hooks there are.
#[derive(Default)]
pub struct Hooks {
    /// Called before each try.
    pub before_request: Option<Function>,
    /// Called with each answer.
    pub after_response: Option<Function>,
    /// Called before a failed try is made again.
    pub before_retry: Option<Function>,
}

/// Lets the hook change the headers.
pub async fn before_request(
    hook: &Function,
    one: &Try,
    headers: &mut Vec<(String, String)>,
) -> Result<(), Failure<JsValue>> {
    let shown = Headers::new().map_err(Failure::Thrown)?;
    for (name, value) in headers.iter() {
        shown.append(name, value).map_err(Failure::Thrown)?;
    }
    let request = describe(one);
    request.set("headers", &shown);
    ask(hook, &request, &JsValue::UNDEFINED).await?;
    let changed = pairs(&shown).map_err(Failure::Thrown)?;
    check_headers(&changed)?;
    *headers = changed;
    Ok(())
}

/// Shows the hook a copy of the answer, which tells no token; what it gives takes its place.
pub async fn after_response(
    hook: &Function,
    one: &Try,
    answer: JsAnswer,
) -> Result<JsAnswer, Failure<JsValue>> {
    let shown = answer.copy().map_err(Failure::Thrown)?;
    let given = ask(hook, &shown, &describe(one)).await?;
    Ok(answer.replaced_by(&given))
}

/// Asks the hook whether a failed try is made again.
pub async fn before_retry(
    hook: &Function,
    error: &Error<JsValue>,
    retry: u32,
    delay: u32,
) -> Result<bool, Failure<JsValue>> {
    let failed = Members::new();
    failed.set("error", &to_js(error.clone()));
    failed.set("retry", &retry.into());
    failed.set("delay", &delay.into());
    Ok(ask(hook, &failed, &JsValue::UNDEFINED).await? != false)
}

fn describe(one: &Try) -> Members {
    let request = Members::new();
    request.set_text("method", one.method.as_str());
    request.set_text("url", &one.url);
    request.set("attempt", &one.number.into());
    request
}

async fn ask(
    hook: &Function,
    first: &JsValue,
    second: &JsValue,
) -> Result<JsValue, Failure<JsValue>> {
    let given = hook.call2(&JsValue::UNDEFINED, first, second);
    settled(&given.map_err(Failure::Thrown)?)
        .await
        .map_err(Failure::Thrown)
}

fn pairs(headers: &Headers) -> Result<Vec<(String, String)>, JsValue> {
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    let entries = to_array(headers)?;
    let mut pairs = Vec::new();
    for index in 0..entries.length() {
        let pair = items(&entries.get(index)).unwrap_or_default();
        pairs.push((text(pair.get(0)), text(pair.get(1))));
    }
    Ok(pairs)
}
