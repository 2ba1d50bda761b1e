//! Where tokens come from: the `token` option, or the service itself.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::JsAnswer;
use super::abort::AbortOnDrop;
use super::js::Members;
use super::settled;
use crate::core::host::{Given, Need};
#[cfg(feature = "edge")]
use crate::edge::app::App;

/// Where tokens come from.
pub enum Tokens {
    /// The `token` option: a callback, or the token itself.
    Option(JsValue),
    /// The service gives them for an app's credentials.
    #[cfg(feature = "edge")]
    App {
        /// The app.
        app: Box<App>,
        /// The way to the broker that it asks: a function like `fetch`.
        broker: Option<Function>,
    },
}

/// What the option gives: itself, or what it gives when it is called.
pub async fn ask(option: &JsValue, need: Need<'_>) -> Result<Given<JsValue, JsAnswer>, JsValue> {
    let Some(callback) = option.dyn_ref::<Function>() else {
        return Ok(Given::Value(option.clone()));
    };
    let abort = AbortOnDrop::new()?;
    let context = Members::new();
    context.set_text("reason", need.reason.as_str());
    context.set("signal", &abort.signal());
    if let Some(player) = need.player_id {
        context.set_text("playerId", player);
    }
    let given = settled(&callback.call1(&JsValue::UNDEFINED, &context)?).await?;
    Ok(read(given, abort))
}

/// A `Response` is still to be judged.
pub fn read(given: JsValue, abort: AbortOnDrop) -> Given<JsValue, JsAnswer> {
    match JsAnswer::from_value(&given, abort) {
        Ok(answer) => Given::Answer(answer),
        Err(abort) => {
            abort.let_go();
            Given::Value(given)
        }
    }
}
