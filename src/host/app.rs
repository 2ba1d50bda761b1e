//! The token of an app: asked for at the service, or through its broker.

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::{JsAnswer, JsHost, fetch};
use crate::core::error::Error;
use crate::core::host::{Given, Host, Need};
use crate::core::request::Request;
use crate::edge::app::App;

/// Asks by `fetch`, or by what leads to the broker.
pub async fn ask(
    host: &JsHost,
    app: &App,
    broker: Option<&Function>,
    need: Need<'_>,
) -> Result<Given<JsValue, JsAnswer>, Error<JsValue>> {
    let send = async |request: &Request<JsValue>| match broker {
        Some(broker) => fetch::send(Some(broker), request).await,
        None => host.send(request).await,
    };
    app.ask(host, need, send).await.map(Given::Record)
}
