//! The arguments of one call.

use js_sys::{Array, Date, JsString, Number, Reflect, Symbol};
use wasm_bindgen::prelude::*;

use super::fields::{Fields, pairs};
use crate::core::error::{Error, code};
use crate::core::host::{As, Value};
use crate::core::query::Query;
use crate::core::request::{Body, Call, Method};
use crate::core::route::Route;
use crate::core::settings::check_headers;
use crate::core::text::join;

const NAMES: &[&str] = &[
    "query", "as", "full", "signal", "timeout", "playerId", "headers",
];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify, catch)]
    fn to_json(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// The call that the arguments describe.
pub fn read(
    method: &JsValue,
    route: &JsValue,
    body: &JsValue,
    options: &JsValue,
) -> Result<Call<JsValue>, Error<JsValue>> {
    let fields = Fields::new(options, NAMES, "a call")?;
    let headers = fields.headers("headers")?;
    check_headers(&headers)?;
    Ok(Call {
        method: Method::named(&method.as_string().unwrap_or_default())?,
        route: read_route(route)?,
        query: read_query(fields.get("query"))?,
        body: read_body(body)?,
        form: read_form(&fields)?,
        full: fields.flag("full")?,
        signal: read_signal(&fields)?,
        timeout: fields.milliseconds("timeout")?,
        player_id: fields.text("playerId")?,
        headers,
    })
}

fn read_route(route: &JsValue) -> Result<Route, Error<JsValue>> {
    if let Some(path) = route.as_string() {
        return Route::from_path(&path);
    }
    let segments = route
        .dyn_ref::<Array>()
        .and_then(|segments| segments.iter().map(|segment| scalar(&segment)).collect())
        .ok_or_else(|| {
            Error::config(
                code::INVALID_ROUTE,
                format!(
                    "a route is a string like \"/runtime/player\" or an array of strings and numbers like [\"admin\", \"players\", id], not {}",
                    match Array::is_array(route) {
                        true => "an array of other things".to_owned(),
                        false => route.kind(),
                    }
                ),
            )
        })?;
    let segments: Vec<String> = segments;
    Route::from_segments(&segments)
}

fn read_query(given: Option<JsValue>) -> Result<Query, Error<JsValue>> {
    let mut query = Query::default();
    let Some(given) = given else {
        return Ok(query);
    };
    let pairs = pairs(&given).ok_or_else(|| {
        Error::config(
            code::INVALID_QUERY,
            format!(
                "`query` is an object of names and values, not {}",
                given.kind()
            ),
        )
    })?;
    for (name, value) in pairs {
        if value.is_undefined() || value.is_null() {
            continue;
        }
        let text = query_text(&value).ok_or_else(|| {
            Error::config(
                code::INVALID_QUERY,
                format!(
                    "`{name}` in `query` must be a string, a finite number, a boolean, a Date, or an array of these"
                ),
            )
        })?;
        query.add(name, text)?;
    }
    Ok(query)
}

/// A list is written with commas, as the services read theirs.
fn query_text(value: &JsValue) -> Option<String> {
    match value.dyn_ref::<Array>() {
        Some(list) => {
            let texts: Option<Vec<String>> = list.iter().map(|value| scalar(&value)).collect();
            Some(join(texts?.iter(), ","))
        }
        None => scalar(value),
    }
}

fn scalar(value: &JsValue) -> Option<String> {
    if let Some(text) = value.as_string() {
        return Some(text);
    }
    if let Some(flag) = value.as_bool() {
        return Some(if flag { "true" } else { "false" }.to_owned());
    }
    if let Some(number) = value.as_f64() {
        let text = || {
            Number::from(number)
                .to_string_with_radix(10)
                .ok()
                .map(String::from)
        };
        return number.is_finite().then(text).flatten();
    }
    let date = value.dyn_ref::<Date>()?;
    (!date.get_time().is_nan()).then(|| String::from(&date.to_iso_string()))
}

fn read_body(body: &JsValue) -> Result<Option<Body<JsValue>>, Error<JsValue>> {
    if body.is_undefined() {
        return Ok(None);
    }
    Ok(Some(match tag(body).as_deref() {
        Some("ReadableStream") => Body::Stream(body.clone()),
        Some("FormData" | "Blob" | "File" | "URLSearchParams" | "ArrayBuffer" | "Uint8Array") => {
            Body::Raw(body.clone())
        }
        _ => Body::Json(stringify(body)?),
    }))
}

/// What the platform calls an object; the same across realms.
fn tag(value: &JsValue) -> Option<String> {
    if !value.is_object() {
        return None;
    }
    Reflect::get(value, &Symbol::to_string_tag())
        .ok()?
        .as_string()
}

fn stringify(body: &JsValue) -> Result<JsValue, Error<JsValue>> {
    const WRONG: &str = "the body can't be written as JSON";
    match to_json(body) {
        Ok(json) if json.is_instance_of::<JsString>() || json.is_string() => Ok(json),
        Ok(_) => Err(Error::config(
            code::INVALID_BODY,
            format!("{WRONG}: it is a {}", body.kind()),
        )),
        Err(thrown) => Err(Error::config(
            code::INVALID_BODY,
            format!("{WRONG}: does it hold a BigInt, or itself? (`cause` says more)"),
        )
        .caused_by(thrown)),
    }
}

fn read_form(fields: &Fields) -> Result<As, Error<JsValue>> {
    match fields.text("as")?.as_deref() {
        None | Some("json") => Ok(As::Json),
        Some("text") => Ok(As::Text),
        Some("bytes") => Ok(As::Bytes),
        Some("blob") => Ok(As::Blob),
        Some("response") => Ok(As::Response),
        Some(_) => Err(Error::option(
            "as",
            "\"json\", \"text\", \"bytes\", \"blob\" or \"response\"",
        )),
    }
}

/// Signals of other realms and of libraries are fine: what counts is what they can.
fn read_signal(fields: &Fields) -> Result<Option<JsValue>, Error<JsValue>> {
    let Some(signal) = fields.get("signal") else {
        return Ok(None);
    };
    let listens = signal
        .get("addEventListener")
        .is_some_and(|found| found.is_function());
    if listens
        && signal
            .get("aborted")
            .is_some_and(|found| found.as_bool().is_some())
    {
        return Ok(Some(signal));
    }
    Err(Error::option("signal", "an AbortSignal"))
}
