//! The arguments of one call.

use wasm_bindgen::prelude::*;

use super::fields::{Fields, list, pairs};
use super::retry;
use crate::core::error::{Error, code};
use crate::core::method::Method;
use crate::core::query::{Query, Scalar};
use crate::core::request::{As, Body, Call};
use crate::core::route::Route;
use crate::core::settings::check_headers;
use crate::core::text::concat;
use crate::core::value::Value;
use crate::host::js;

/// Options of calls.
pub const NAMES: &[&str] = &[
    "query",
    "base",
    "as",
    "full",
    "signal",
    "timeout",
    "totalTimeout",
    "retry",
    "playerId",
    "headers",
];

/// The call that the arguments describe.
pub fn read(
    method: &JsValue,
    route: &JsValue,
    body: &JsValue,
    options: &JsValue,
) -> Result<Call<JsValue>, Error<JsValue>> {
    let fields = Fields::new(options, NAMES, "a call")?;
    let method = Method::named(&method.as_string().unwrap_or_default())?;
    begin(method, read_route(route)?, body, &fields)
}

/// A call with the options that every call has.
pub fn begin(
    method: Method,
    route: Route,
    body: &JsValue,
    fields: &Fields,
) -> Result<Call<JsValue>, Error<JsValue>> {
    let mut call = Call::new(method, route);
    call.headers = fields.headers("headers")?;
    check_headers(&call.headers)?;
    fill(&mut call, body, fields)?;
    Ok(call)
}

/// The call that sends a form with files.
pub fn read_upload(
    route: &JsValue,
    form: &JsValue,
    options: &JsValue,
) -> Result<Call<JsValue>, Error<JsValue>> {
    if !js::is(form, "[object FormData]") {
        return Err(Error::config(
            code::INVALID_BODY,
            concat(&["upload takes a FormData, not ", &form.kind()]),
        ));
    }
    read(&"POST".into(), route, form, options)
}

/// One field after the other: a literal would hold each field's clean-up once per field behind it.
pub fn fill(
    call: &mut Call<JsValue>,
    body: &JsValue,
    fields: &Fields,
) -> Result<(), Error<JsValue>> {
    call.query = read_query(fields.get("query")?)?;
    call.body = read_body(body)?;
    call.base = fields.text("base")?;
    call.form = read_form(fields)?;
    call.full = fields.flag("full")?;
    call.signal = fields.signal("signal")?;
    call.timeout = fields.milliseconds("timeout")?;
    call.total_timeout = fields.milliseconds("totalTimeout")?;
    call.retry = retry::read(fields)?;
    call.player_id = fields.text("playerId")?;
    Ok(())
}

/// A route, as a caller writes it.
pub fn read_route(route: &JsValue) -> Result<Route, Error<JsValue>> {
    if let Some(path) = route.as_string() {
        return Route::from_path(&path);
    }
    let segments = list(route, scalar).ok_or_else(|| {
        let given = match js::is(route, js::LIST) {
            true => "an array of other things".to_owned(),
            false => route.kind(),
        };
        Error::config(
            code::INVALID_ROUTE,
            concat(&[
                "a route is a string like \"/runtime/player\" or an array of strings and numbers like [\"admin\", \"players\", id], not ",
                &given,
            ]),
        )
    })?;
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
            concat(&[
                "`query` is an object of names and values, not ",
                &given.kind(),
            ]),
        )
    })?;
    for (name, value) in pairs {
        add_query(&mut query, name, &value)?;
    }
    Ok(query)
}

/// Adds a parameter, unless there is nothing in it.
pub fn add_query(query: &mut Query, name: String, value: &JsValue) -> Result<(), Error<JsValue>> {
    if value.is_undefined() || value.is_null() {
        return Ok(());
    }
    let values = query_values(value).ok_or_else(|| {
        Error::config(
            code::INVALID_QUERY,
            concat(&["`", &name, "` in `query` must be a string, a finite number, a boolean, a Date, or an array of these"]),
        )
    })?;
    query.add(name, values)
}

/// How it is written, the service's definition says.
fn query_values(value: &JsValue) -> Option<Vec<Scalar>> {
    match js::is(value, js::LIST) {
        true => list(value, query_value),
        false => Some(vec![query_value(value)?]),
    }
}

fn query_value(value: &JsValue) -> Option<Scalar> {
    match value.as_bool() {
        Some(flag) => Some(Scalar::Flag(flag)),
        None => scalar(value).map(Scalar::Text),
    }
}

fn scalar(value: &JsValue) -> Option<String> {
    if js::is(value, js::DATE) {
        return js::iso(value);
    }
    let is_scalar = match value.as_f64() {
        Some(number) => number.is_finite(),
        None => value.is_string() || value.as_bool().is_some(),
    };
    is_scalar.then(|| js::to_text(value).unwrap_or_default())
}

fn read_body(body: &JsValue) -> Result<Option<Body<JsValue>>, Error<JsValue>> {
    if body.is_undefined() {
        return Ok(None);
    }
    let class = js::class_of(body).unwrap_or_default();
    Ok(Some(match class.as_str() {
        "[object ReadableStream]" => Body::Stream(body.clone()),
        "[object FormData]"
        | "[object Blob]"
        | "[object File]"
        | "[object URLSearchParams]"
        | "[object ArrayBuffer]" => Body::Raw(body.clone()),
        _ if js::is_view(body) => Body::Raw(body.clone()),
        // JSON would say that there is nothing in them.
        "[object Map]" | "[object Set]" | "[object Promise]" => return Err(not_json(&class)),
        _ => Body::Json(stringify(body)?),
    }))
}

const WRONG: &str = "the body can't be written as JSON";

fn not_json(kind: &str) -> Error<JsValue> {
    Error::config(code::INVALID_BODY, concat(&[WRONG, ": it is a ", kind]))
}

fn stringify(body: &JsValue) -> Result<JsValue, Error<JsValue>> {
    match js::to_json(body) {
        Ok(json) if json.is_string() => Ok(json),
        Ok(_) => Err(not_json(&body.kind())),
        Err(thrown) => Err(Error::config(
            code::INVALID_BODY,
            concat(&[
                WRONG,
                ": does it hold a BigInt, or itself? (`cause` says more)",
            ]),
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
