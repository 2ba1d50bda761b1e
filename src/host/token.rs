//! The `token` option.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::JsAnswer;
use super::abort::AbortOnDrop;
use super::js::Members;
use super::settled;
use crate::core::event::Reason;
use crate::core::host::Given;

/// What the option gives: itself, or what it gives when it is called.
pub async fn ask(
    option: &JsValue,
    reason: Reason,
    player: Option<&str>,
) -> Result<Given<JsValue, JsAnswer>, JsValue> {
    let Some(callback) = option.dyn_ref::<Function>() else {
        return Ok(Given::Value(option.clone()));
    };
    let abort = AbortOnDrop::new()?;
    let context = Members::new();
    context.set_text("reason", reason.as_str());
    context.set("signal", &abort.signal());
    if let Some(player) = player {
        context.set_text("playerId", player);
    }
    let given = settled(&callback.call1(&JsValue::UNDEFINED, &context)?).await?;
    Ok(match JsAnswer::from_value(&given, abort) {
        Ok(answer) => Given::Answer(answer),
        Err(_) => Given::Value(given),
    })
}
