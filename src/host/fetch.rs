//! Sending a request by the Fetch API.
//!
//! `fetch` gets an address and an init object, not a `Request`: injected functions know that form
//! best, and it costs least.

use js_sys::{Function, TypeError};
use wasm_bindgen::{JsCast, JsValue};

use super::abort::AbortOnDrop;
use super::answer::JsAnswer;
use super::js::{Members, global_object};
use super::settled;
use super::value::member;
use crate::core::request::{Body, Request};

/// Sends by `fetch`, or by the global one.
pub async fn send(
    fetch: Option<&Function>,
    request: &Request<JsValue>,
) -> Result<JsAnswer, JsValue> {
    let abort = AbortOnDrop::new()?;
    let init = init(request, &abort);
    let global;
    let fetch = match fetch {
        Some(fetch) => fetch,
        None => {
            global = member(&global_object(), "fetch")
                .and_then(|found| found.dyn_into::<Function>().ok())
                .ok_or_else(|| TypeError::new("there is no `fetch` here: give one as option"))?;
            &global
        }
    };
    let promise = fetch.call2(&JsValue::UNDEFINED, &request.url.as_str().into(), &init)?;
    let answer = settled(&promise).await?;
    JsAnswer::from_value(&answer, abort)
        .map_err(|_| TypeError::new("`fetch` gave something else than a Response").into())
}

fn init(request: &Request<JsValue>, abort: &AbortOnDrop) -> Members {
    let headers = Members::new();
    for (name, value) in &request.headers {
        headers.set_text(name, value);
    }
    let init = Members::new();
    init.set_text("method", request.method.as_str());
    init.set("headers", &headers);
    init.set("signal", &abort.signal_and(request.signal.as_ref()));
    init.set_text("redirect", request.redirect.as_str());
    // An address without a host is that of the page's own worker, which knows the player by a cookie.
    if request.url.starts_with('/') {
        init.set_text("credentials", "same-origin");
        // Its cookie is replaced even if the page is left meanwhile: the old one is spent.
        init.set("keepalive", &JsValue::TRUE);
    }
    if request.no_referrer {
        init.set_text("referrerPolicy", "no-referrer");
    }
    match &request.body {
        Some(Body::Json(body) | Body::Raw(body)) => init.set("body", body),
        Some(Body::Form(text) | Body::Text(text)) => init.set_text("body", text),
        Some(Body::Stream(body)) => {
            init.set("body", body);
            init.set_text("duplex", "half");
        }
        None => {}
    }
    init
}
