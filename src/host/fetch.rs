//! Sending a request by the Fetch API.
//!
//! `fetch` gets an address and an init object, not a `Request`: injected functions know that form
//! best, and it costs least.

use js_sys::{Function, Object, Promise, Reflect, TypeError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReferrerPolicy, RequestInit, RequestRedirect};

use super::abort::AbortOnDrop;
use super::answer::JsAnswer;
use super::value::member;
use crate::core::request::{Body, Redirect, Request};

/// Sends by `fetch`, or by the global one.
pub async fn send(
    fetch: Option<&Function>,
    request: Request<JsValue>,
) -> Result<JsAnswer, JsValue> {
    let abort = AbortOnDrop::new()?;
    let init = init(&request, &abort)?;
    let global;
    let fetch = match fetch {
        Some(fetch) => fetch,
        None => {
            global = member(&js_sys::global(), "fetch")
                .and_then(|found| found.dyn_into::<Function>().ok())
                .ok_or_else(|| TypeError::new("there is no `fetch` here: give one as option"))?;
            &global
        }
    };
    let promise = fetch.call2(&JsValue::UNDEFINED, &request.url.into(), &init)?;
    let answer = JsFuture::from(Promise::resolve(&promise)).await?;
    JsAnswer::from_value(&answer, abort)
        .ok_or_else(|| TypeError::new("`fetch` gave something else than a Response").into())
}

fn init(request: &Request<JsValue>, abort: &AbortOnDrop) -> Result<RequestInit, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    let headers = Object::new();
    for (name, value) in &request.headers {
        Reflect::set(&headers, &name.into(), &value.into())?;
    }
    init.set_headers(&headers);
    init.set_signal(Some(abort.signal().unchecked_ref()));
    init.set_redirect(match request.redirect {
        Redirect::Follow => RequestRedirect::Follow,
        Redirect::Error => RequestRedirect::Error,
        Redirect::Manual => RequestRedirect::Manual,
    });
    if request.no_referrer {
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    }
    match &request.body {
        Some(Body::Json(body) | Body::Raw(body)) => init.set_body(body),
        Some(Body::Stream(body)) => {
            init.set_body(body);
            Reflect::set(&init, &"duplex".into(), &"half".into())?;
        }
        None => {}
    }
    Ok(init)
}
